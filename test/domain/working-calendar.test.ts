import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, Day } from '../../shared/domain/time.ts'
import { CalendarNotPublished, type PublishedYear, workingCalendar } from '../../shared/domain/working-calendar.ts'

const day = (text: string): Day => Day.parse(text)

const year = (number: number, holidays: readonly (readonly [string, string])[] = [], worked: readonly string[] = []) =>
  ({
    year: number,
    notice: `Notice for ${number}`,
    holidays: holidays.map(([first, last]) => [day(first), day(last)] as const),
    workingWeekendDays: worked.map(day),
  }) satisfies PublishedYear

/** 1 May 2030 is a Wednesday, 1 January 2031 too. The notice of 2031 begins in the December before, as that of 2019 did. */
const calendar = workingCalendar([
  year(2030, [['2030-05-01', '2030-05-05']], ['2030-04-28', '2030-05-11']),
  year(2031, [['2030-12-31', '2031-01-01']], ['2030-12-29']),
])

const worked = (from: string, to: string): readonly string[] => {
  const found: string[] = []
  for (let at = day(from); at <= to; at = addDays(at, 1)) if (calendar.isWorkingDay(at)) found.push(at.slice(5))
  return found
}

test('Monday to Friday are worked, Saturday and Sunday are not', () => {
  expect(worked('2030-06-03', '2030-06-09')).toEqual(['06-03', '06-04', '06-05', '06-06', '06-07'])
})

test('a holiday is off from its first day to its last, and the weekends moved for it are worked', () => {
  expect(worked('2030-04-27', '2030-05-05')).toEqual(['04-28', '04-29', '04-30'])
  expect(worked('2030-05-06', '2030-05-12')).toEqual(['05-06', '05-07', '05-08', '05-09', '05-10', '05-11'])
})

test('a notice moves days of the December before its year', () => {
  expect(worked('2030-12-28', '2031-01-02')).toEqual(['12-29', '12-30', '01-02'])
})

test('working days are added from the day after; none leaves the day as it is, worked or not', () => {
  expect(calendar.addWorkingDays(day('2030-04-30'), 1)).toBe('2030-05-06')
  expect(calendar.addWorkingDays(day('2030-05-03'), 1)).toBe('2030-05-06')
  expect(calendar.addWorkingDays(day('2030-12-30'), 1)).toBe('2031-01-02')
  expect(calendar.addWorkingDays(day('2030-04-30'), 0)).toBe('2030-04-30')
  expect(calendar.addWorkingDays(day('2030-05-03'), 0)).toBe('2030-05-03')
})

test('what would need a day that is not published is an error, whichever way it is asked', () => {
  expect(() => calendar.isWorkingDay(day('2029-12-31'))).toThrow(CalendarNotPublished)
  expect(calendar.isWorkingDay(day('2030-01-01'))).toBe(true)
  expect(() => calendar.isWorkingDay(day('2032-01-01'))).toThrow(CalendarNotPublished)
  // Weekends are no exception: a notice may have them worked.
  expect(() => calendar.isWorkingDay(day('2032-01-03'))).toThrow(CalendarNotPublished)
  expect(calendar.addWorkingDays(day('2031-12-30'), 1)).toBe('2031-12-31')
  expect(() => calendar.addWorkingDays(day('2031-12-30'), 2)).toThrow(CalendarNotPublished)
})

test('the error says which day was asked, where the calendar ends and what to do', () => {
  expect(() => calendar.isWorkingDay(day('2032-02-03'))).toThrow(
    expect.objectContaining({
      name: 'CalendarNotPublished',
      message: expect.stringMatching(/2032-02-03.*2031-12-31.*Add the year's notice/),
    }),
  )
})

test.each([
  ['a gap', [year(2030), year(2032)]],
  ['the wrong order', [year(2031), year(2030)]],
  ['a year twice', [year(2030), year(2030)]],
] as const)('years with %s make no calendar', (_, years) => {
  expect(() => workingCalendar(years)).toThrow(RangeError)
})

test('the n-th working day is worked, and n of the days up to it are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 360 }), fc.integer({ min: 1, max: 250 }), (days, n) => {
      const from = addDays(day('2030-01-01'), days)
      const to = calendar.addWorkingDays(from, n)
      expect(calendar.isWorkingDay(to)).toBe(true)
      expect(worked(addDays(from, 1), to)).toHaveLength(n)
    }),
  )
})
