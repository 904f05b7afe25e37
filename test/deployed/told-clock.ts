import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, openClock } from '../../infra/local/clock.ts'

/** Clocks of this process that the functions of a stack follow. */
export interface ToldClocks {
  /** A clock that starts where that of a new embedded system does. */
  readonly open: () => Clock
  /** Resolves when the functions go by the clock as it was turned last. */
  readonly told: () => Promise<void>
}

export const toldClocks = (folder: string, setClock: (offsetMs: number) => Promise<void>): ToldClocks => {
  let opened = 0
  let told = Promise.resolve()

  const tell = (clock: Clock): void => {
    const offsetMs = Date.parse(clock.now()) - Date.now()
    told = told.then(() => setClock(offsetMs))
  }

  return {
    open: () => {
      opened += 1
      const own = join(folder, `clock-${opened}`)
      mkdirSync(own, { recursive: true })
      const clock = openClock(join(own, 'clock.json'))
      tell(clock)
      return {
        ...clock,
        moveTo: (instant) => {
          clock.moveTo(instant)
          tell(clock)
        },
        reach: (instant) => {
          clock.reach(instant)
          tell(clock)
        },
      }
    },
    told: () => told,
  }
}
