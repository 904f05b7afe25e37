import type { Done } from './adapters/duties.ts'
import type { System } from './adapters/system.ts'

/** Milliseconds after which what was done is struck off once more, where that failed. */
const strikePauses = [200, 1000, 3000] as const

/**
 * Strikes off what was done, together. Where that fails it is tried again for some seconds: a mail that was sent and stays
 * on record comes twice.
 */
export const strikeOff = async (
  { duties, now, pause }: Pick<System, 'duties' | 'now' | 'pause'>,
  done: readonly Done[],
): Promise<void> => {
  for (const ms of strikePauses) {
    try {
      await duties.complete(done, now())
      return
    } catch {
      await pause(ms)
    }
  }
  await duties.complete(done, now())
}
