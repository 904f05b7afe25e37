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

test('weekends that are worked in exchange for a holiday are working days, and the holiday is not', () => {
  const worked = (day: string) => mainlandCalendar.isWorkingDay(Day.parse(day))
  expect(
    ['2024-02-04', '2024-10-12', '2025-01-26', '2025-09-28', '2026-02-28', '2026-10-10'].filter(worked),
  ).toHaveLength(6)
  expect(['2024-02-12', '2024-06-10', '2025-02-04', '2025-10-08', '2026-01-02', '2026-06-19'].filter(worked)).toEqual(
    [],
  )
})

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
