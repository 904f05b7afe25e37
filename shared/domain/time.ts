import { getISO } from 'temporal-polyfill/fns/Calendar'
import * as Instants from 'temporal-polyfill/fns/Instant'
import * as PlainDates from 'temporal-polyfill/fns/PlainDate'
import * as PlainTimes from 'temporal-polyfill/fns/PlainTime'
import * as ZonedDateTimes from 'temporal-polyfill/fns/ZonedDateTime'
import * as z from 'zod/mini'

// The date library's functions by name, not its classes: a bundle then holds those that are used.

/** Years of more digits have a sign, and would not sort as text. */
const hasPlainYear = (text: string): boolean => /^\d{4}-/.test(text)

const instantOf = (instant: Instants.Record): Instant =>
  Instants.toString(instant, { fractionalSecondDigits: 3 }) as Instant

const dateOf = (day: string): PlainDates.Record => PlainDates.fromString(day, getISO)

const dayFrom = (date: PlainDates.Record): Day => PlainDates.toString(date) as Day

const isInstant = (text: string): boolean => {
  try {
    return hasPlainYear(text) && instantOf(Instants.fromString(text)) === text
  } catch {
    return false
  }
}

const isDay = (text: string): boolean => {
  try {
    return hasPlainYear(text) && PlainDates.toString(dateOf(text)) === text
  } catch {
    return false
  }
}

/** A moment, RFC 3339 in UTC with milliseconds (`2025-03-03T01:00:00.000Z`), so that text order is time order. */
export const Instant = z.string().check(z.refine(isInstant)).brand<'Instant'>()
export type Instant = z.infer<typeof Instant>

/** The instant that an RFC 3339 text names, with whatever offset and precision; null for a text that names none. */
export const instantFrom = (text: string): Instant | null => {
  try {
    return hasPlainYear(text) ? instantOf(Instants.fromString(text)) : null
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
  dayFrom(ZonedDateTimes.toPlainDate(Instants.toZonedDateTimeISO(Instants.fromString(instant), zone)))

/** The moment at which `day` shows `time` on the bank's clocks; `00:00` is the day's first moment. */
export const atTime = (day: Day, time: TimeOfDay, zone: TimeZone): Instant =>
  instantOf(
    ZonedDateTimes.toInstant(
      PlainDates.toZonedDateTime(dateOf(day), { timeZone: zone, plainTime: PlainTimes.fromString(time) }),
    ),
  )

/** `days` may be negative. */
export const addDays = (day: Day, days: number): Day => dayFrom(PlainDates.addDays(dateOf(day), days))

/** The same day some years on; 29 February becomes 28 February where there is none. */
export const addYears = (day: Day, years: number): Day => dayFrom(PlainDates.addYears(dateOf(day), years))

/** Months on; the last day of a month that has no such day. */
export const addMonths = (day: Day, months: number): Day => dayFrom(PlainDates.addMonths(dateOf(day), months))

/** The same day a year on; 29 February becomes 28 February (art. 4). */
export const anniversaryOf = (day: Day): Day => addYears(day, 1)

/** Whole days from the first to the second; negative where that is earlier. */
export const daysBetween = (from: Day, to: Day): number => PlainDates.diffDays(dateOf(from), dateOf(to))

/** From Monday, 1, to Sunday, 7. */
export const dayOfWeek = (day: Day): number => PlainDates.dayOfWeek(dateOf(day))

/** Whole seconds from the first to the second. */
export const secondsBetween = (from: Instant, to: Instant): number =>
  Math.trunc(Instants.diffSeconds(Instants.fromString(from), Instants.fromString(to)))

export const addMinutes = (instant: Instant, minutes: number): Instant =>
  instantOf(Instants.addMinutes(Instants.fromString(instant), minutes))
