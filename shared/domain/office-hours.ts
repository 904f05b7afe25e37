import type { Policy } from './policy.ts'
import { addDays, atTime, dayOf, type Instant, type TimeZone } from './time.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/**
 * The first moment from `now` on that lies in the office hours of a working day. Where the calendar is not published
 * yet, every day counts: a reminder late at night is better than none.
 */
export const officeMoment = (
  now: Instant,
  { zone, calendar, policy }: { readonly zone: TimeZone; readonly calendar: WorkingCalendar; readonly policy: Policy },
): Instant => {
  const today = dayOf(now, zone)
  const isWorked = (day: typeof today): boolean => day > calendar.lastDay || calendar.isWorkingDay(day)
  if (isWorked(today) && now < atTime(today, policy.officeCloses, zone)) {
    const opens = atTime(today, policy.officeOpens, zone)
    return now < opens ? opens : now
  }
  let day = addDays(today, 1)
  while (!isWorked(day)) day = addDays(day, 1)
  return atTime(day, policy.officeOpens, zone)
}
