import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'
import { Instant, type TimeZone } from '../../shared/domain/time.ts'

/**
 * Nine in the morning in Shanghai on the first working day that the published calendar covers. A case takes more
 * than a year and working days are known for published years alone (2024 to 2026), so a clock that showed today
 * would soon run out of calendar in the middle of a newcomer's first case.
 */
const firstInstant = Instant.parse('2024-01-02T01:00:00.000Z')

/** How often a clock that nobody turns is written down. */
const saveEveryMs = 1000

/** Later years would need more digits, and then text order would no longer be time order. */
const lastInstant = Instant.parse('9999-12-31T23:59:59.999Z')

/** No date that the bank could write down. */
export class ClockOutOfRange extends Error {
  override readonly name = 'ClockOutOfRange'
}

/** Time never goes backwards: what is recorded would come before its own cause. */
export class ClockBackwards extends Error {
  override readonly name = 'ClockBackwards'
}

export interface Clock {
  readonly now: () => Instant
  /** @throws ClockBackwards */
  readonly moveTo: (instant: Instant) => void
  /** Moves to the instant, unless it is later already. */
  readonly reach: (instant: Instant) => void
  /** Writes it down for the last time. */
  readonly stop: () => void
}

const Saved = z.object({ now: Instant })

/** No parsing: it is asked for at every step of every call, and nothing comes after the last instant. */
const instantOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant

/** The instant after `duration` (ISO 8601: `P1D`, `P1Y`, `PT5M`); days, months and years are those of the bank's calendar. */
export const after = (start: Instant, duration: Temporal.Duration, zone: TimeZone): Instant => {
  try {
    const end = Temporal.Instant.from(start).toZonedDateTimeISO(zone).add(duration).toInstant()
    if (Temporal.Instant.compare(end, lastInstant) <= 0) return instantOf(end.epochMilliseconds)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
  }
  throw new ClockOutOfRange(`${duration.toString()} after ${start} is beyond ${lastInstant}.`)
}

const savedInstant = (file: string): Instant => {
  if (!existsSync(file)) return firstInstant
  const { now } = Saved.parse(JSON.parse(readFileSync(file, 'utf8')))
  // A killed process may have recorded things in the moments after it last wrote its clock down.
  return instantOf(Date.parse(now) + saveEveryMs)
}

/** The bank's clock: it runs at the pace of real time, can be turned forward, and goes on from where it stood in `file`. */
export const openClock = (file: string): Clock => {
  let base = Date.parse(savedInstant(file))
  let since = performance.now()

  const now = (): Instant => instantOf(base + Math.floor(performance.now() - since))
  const save = (): void => {
    // Renamed into place, so that whenever the process dies there is a whole file.
    writeFileSync(`${file}.new`, JSON.stringify({ now: now() }))
    renameSync(`${file}.new`, file)
  }
  const set = (instant: Instant): void => {
    base = Date.parse(instant)
    since = performance.now()
    save()
  }
  save()
  const saving = setInterval(save, saveEveryMs).unref()

  return {
    now,
    moveTo: (instant) => {
      const current = now()
      if (instant < current)
        throw new ClockBackwards(`It is ${current} already; the clock can't go back to ${instant}.`)
      set(instant)
    },
    reach: (instant) => {
      if (instant > now()) set(instant)
    },
    stop: () => {
      clearInterval(saving)
      save()
    },
  }
}
