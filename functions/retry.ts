import type { System } from './adapters/system.ts'

/** What is worked on changed under every try; nothing was stored and the caller may try again. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy'
}

/** What a try comes to where something has changed since it looked. */
export const changed = Symbol('changed')

/** How often something is tried again because what it works on has changed. */
export const tries = 16

/** Milliseconds of a pause before the next try, at most: twice as long every time, so that however many can get through. */
const pauseBefore = (attempted: number): number => Math.random() * Math.min(10 * 2 ** attempted, 1000)

/**
 * Looks and acts, again from the start where something has changed in between. `doing` says what, for whoever reads the log.
 * @throws TooBusy
 */
export const retry = async <Result>(
  { pause }: Pick<System, 'pause'>,
  doing: string,
  attempt: (isFirst: boolean) => Promise<Result | typeof changed>,
): Promise<Result> => {
  for (let attempted = 1; attempted <= tries; attempted += 1) {
    const result = await attempt(attempted === 1)
    if (result !== changed) return result
    await pause(pauseBefore(attempted))
  }
  throw new TooBusy(`Something changed ${tries} times during this: ${doing}.`)
}
