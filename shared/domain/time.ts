import { Temporal } from 'temporal-polyfill'
import * as z from 'zod/mini'

/** Years of more digits have a sign, and would not sort as text. */
const hasPlainYear = (text: string): boolean => /^\d{4}-/.test(text)

const isInstant = (text: string): boolean => {
  try {
    return hasPlainYear(text) && Temporal.Instant.from(text).toString({ fractionalSecondDigits: 3 }) === text
  } catch {
    return false
  }
}

const isDay = (text: string): boolean => {
  try {
    return hasPlainYear(text) && Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

/** A moment, RFC 3339 in UTC with milliseconds (`2025-03-03T01:00:00.000Z`), so that text order is time order. */
export const Instant = z.string().check(z.refine(isInstant)).brand<'Instant'>()
export type Instant = z.infer<typeof Instant>

const instantOf = (instant: Temporal.Instant): Instant => instant.toString({ fractionalSecondDigits: 3 }) as Instant

/** The instant that an RFC 3339 text names, with whatever offset and precision; null for a text that names none. */
export const instantFrom = (text: string): Instant | null => {
  try {
    return hasPlainYear(text) ? instantOf(Temporal.Instant.from(text)) : null
  } catch {
    return null
  }
}

/** A calendar day, `YYYY-MM-DD`, in the bank's time zone. */
export const Day = z.string().check(z.refine(isDay)).brand<'Day'>()
export type Day = z.infer<typeof Day>

/** An IANA name: `Asia/Shanghai`. */
export type TimeZone = string

/** A wall-clock time, `HH:MM`. */
export type TimeOfDay = string

export const dayOf = (instant: Instant, zone: TimeZone): Day =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString() as Day

/** The moment at which `day` shows `time` on the bank's clocks; `00:00` is the day's first moment. */
export const atTime = (day: Day, time: TimeOfDay, zone: TimeZone): Instant =>
  instantOf(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant())

/** `days` may be negative. */
export const addDays = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString() as Day

/** The same day some years on; 29 February becomes 28 February where there is none. */
export const addYears = (day: Day, years: number): Day => Temporal.PlainDate.from(day).add({ years }).toString() as Day

/** The same day a year on; 29 February becomes 28 February (art. 4). */
export const anniversaryOf = (day: Day): Day => addYears(day, 1)

/** Whole days from the first to the second; negative where that is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days

/** Whole seconds from the first to the second. */
export const secondsBetween = (from: Instant, to: Instant): number =>
  Temporal.Instant.from(from).until(to, { largestUnit: 'seconds' }).seconds

export const addMinutes = (instant: Instant, minutes: number): Instant =>
  instantOf(Temporal.Instant.from(instant).add({ minutes }))
