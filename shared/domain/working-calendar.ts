import { addDays, type Day, dayOfWeek } from './time.ts'

/** One year as the State Council published it. */
export interface PublishedYear {
  readonly year: number
  /** Number of the notice (文号). */
  readonly notice: string
  /** Days off, first and last included, whatever day of the week they fall on. */
  readonly holidays: readonly (readonly [first: Day, last: Day])[]
  /** Saturdays and Sundays on which people work in exchange (调休). */
  readonly workingWeekendDays: readonly Day[]
}

/** Which days are worked, as far as that is published. Each answer about a day beyond throws `CalendarNotPublished`. */
export interface WorkingCalendar {
  readonly isWorkingDay: (day: Day) => boolean
  /** The n-th working day after `day`; `day` itself for 0, worked or not. */
  readonly addWorkingDays: (day: Day, n: number) => Day
  /** How many of the days from `first` to `last`, both included, are worked. */
  readonly countWorkingDays: (first: Day, last: Day) => number
  /** The last day that is known. */
  readonly lastDay: Day
}

/** A day lies in a year whose calendar is not on record: it must never silently count as a working day. */
export class CalendarNotPublished extends Error {
  override readonly name = 'CalendarNotPublished'
}

const isWeekend = (day: Day): boolean => dayOfWeek(day) >= 6

/** @throws RangeError for years that are not in sequence: a gap would hold days that nobody knows */
export const workingCalendar = (years: readonly [PublishedYear, ...PublishedYear[]]): WorkingCalendar => {
  const [{ year: firstYear }] = years
  if (years.some(({ year }, index) => year !== firstYear + index)) {
    throw new RangeError('The published years must follow one another.')
  }
  const firstDay = `${firstYear}-01-01` as Day
  const lastDay = `${firstYear + years.length - 1}-12-31` as Day
  const holidays = years.flatMap((year) => year.holidays)
  const workedWeekends = new Set(years.flatMap((year) => year.workingWeekendDays))

  const isWorkingDay = (day: Day): boolean => {
    if (day < firstDay || day > lastDay) {
      throw new CalendarNotPublished(
        `Whether ${day} is worked is not known: the calendar covers ${firstDay} to ${lastDay}. Add the year's notice.`,
      )
    }
    if (workedWeekends.has(day)) return true
    return !isWeekend(day) && !holidays.some(([first, last]) => day >= first && day <= last)
  }

  const addWorkingDays = (from: Day, n: number): Day => {
    let day = from
    for (let left = n; left > 0;) {
      day = addDays(day, 1)
      if (isWorkingDay(day)) left -= 1
    }
    return day
  }

  const countWorkingDays = (first: Day, last: Day): number => {
    let count = 0
    for (let day = first; day <= last; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1
    return count
  }

  return { isWorkingDay, addWorkingDays, countWorkingDays, lastDay }
}
