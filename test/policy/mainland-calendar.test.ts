import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { addDays, Day } from '../../shared/domain/time.ts'
import { CalendarNotPublished } from '../../shared/domain/working-calendar.ts'
import { mainlandCalendar } from '../../shared/policy/mainland-calendar.ts'

/** Working days of each month, counted from an independent table of the same notices. */
const perMonth: Readonly<Record<number, readonly number[]>> = {
  2024: [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22],
  2025: [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23],
  2026: [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23],
}

const daysOf = (year: number): readonly Day[] => {
  const days: Day[] = []
  for (let day = Day.parse(`${year}-01-01`); day.startsWith(String(year)); day = addDays(day, 1)) days.push(day)
  return days
}

test.each(Object.entries(perMonth))('%s has as many working days in each month as were published', (year, expected) => {
  const counted = Array.from({ length: 12 }, () => 0)
  for (const day of daysOf(Number(year))) {
    const month = Number(day.slice(5, 7)) - 1
    if (mainlandCalendar.isWorkingDay(day)) counted[month] = (counted[month] ?? 0) + 1
  }
  expect(counted).toEqual(expected)
})

/** Every day of each year that is not what its day of the week says, from the same independent table. */
const exceptions: Readonly<Record<number, { readonly worked: string; readonly off: string }>> = {
  2024: {
    worked: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
    off:
      '01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 ' +
      '10-01 10-02 10-03 10-04 10-07',
  },
  2025: {
    worked: '01-26 02-08 04-27 09-28 10-11',
    off:
      '01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 ' +
      '10-01 10-02 10-03 10-06 10-07 10-08',
  },
  2026: {
    worked: '01-04 02-14 02-28 05-09 09-20 10-10',
    off:
      '01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 ' +
      '10-01 10-02 10-05 10-06 10-07',
  },
}

const isWeekend = (day: Day): boolean => Temporal.PlainDate.from(day).dayOfWeek >= 6

// The counts alone would let a moved Saturday pass for the Sunday beside it.
test.each(Object.entries(exceptions))(
  'in %s the weekends worked and the weekdays off are those published',
  (year, expected) => {
    const listed = (days: readonly Day[]) => days.map((day) => day.slice(5)).join(' ')
    const days = daysOf(Number(year))
    expect({
      worked: listed(days.filter((day) => isWeekend(day) && mainlandCalendar.isWorkingDay(day))),
      off: listed(days.filter((day) => !isWeekend(day) && !mainlandCalendar.isWorkingDay(day))),
    }).toEqual(expected)
  },
)

test('working days are counted across a moved weekend and the National Day week', () => {
  const after = (day: string, n: number) => mainlandCalendar.addWorkingDays(Day.parse(day), n)
  expect(after('2025-09-26', 1)).toBe('2025-09-28')
  expect(after('2025-09-26', 4)).toBe('2025-10-09')
  expect(after('2025-09-26', 6)).toBe('2025-10-11')
  expect(after('2025-10-04', 0)).toBe('2025-10-04')
})

test('a day of a year that is not published is an error, never silently a working day', () => {
  expect(mainlandCalendar.lastDay).toBe('2026-12-31')
  expect(() => mainlandCalendar.isWorkingDay(Day.parse('2027-01-04'))).toThrow(CalendarNotPublished)
  expect(() => mainlandCalendar.isWorkingDay(Day.parse('2023-12-29'))).toThrow(CalendarNotPublished)
  expect(mainlandCalendar.addWorkingDays(Day.parse('2026-12-30'), 1)).toBe('2026-12-31')
  expect(() => mainlandCalendar.addWorkingDays(Day.parse('2026-12-30'), 2)).toThrow('2027-01-01')
})
