import { addDays, Day } from '../../../shared/domain/time.ts'
import { mainlandCalendar } from '../../../shared/policy/mainland-calendar.ts'

const isWeekday = (day: Day): boolean => {
  const weekday = new Date(day).getUTCDay()
  return weekday > 0 && weekday < 6
}

const daysFrom = (first: Day, last: Day): readonly Day[] => {
  const days: Day[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  return days
}

/** What the page must know of the calendar: its last day, and where it differs from Monday to Friday. */
export const pageCalendar = {
  lastDay: mainlandCalendar.lastDay,
  exceptions: daysFrom(Day.parse('2024-01-01'), mainlandCalendar.lastDay).filter(
    (day) => isWeekday(day) !== mainlandCalendar.isWorkingDay(day),
  ),
}
