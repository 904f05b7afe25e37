import type { ApplicationStage, Stage, Step } from './events.ts'
import type { Policy } from './policy.ts'
import { addDays, atTime, type Day, dayOf, type Instant, type TimeZone } from './time.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/** By what times are counted. */
export interface Clockwork {
  readonly zone: TimeZone
  readonly calendar: WorkingCalendar
  readonly policy: Policy
}

/** The day's end is the first moment of the next: a stage can be decided on the whole of its last day. */
export const endOf = (day: Day, zone: TimeZone): Instant => atTime(addDays(day, 1), '00:00', zone)

/** Until when a returned application can be amended, counted from a day. */
export const amendmentTime = (
  from: Day,
  { zone, calendar, policy }: Clockwork,
): { readonly amendBy: Day; readonly amendmentEnds: Instant } => {
  const amendBy = calendar.addWorkingDays(from, policy.amendWithin)
  return { amendBy, amendmentEnds: endOf(amendBy, zone) }
}

/** When an open consent is reminded, escalated and expires, counted in working days from its opening. */
export const stageTimetable = (
  stage: ApplicationStage,
  openedAt: Instant,
  { zone, calendar, policy }: Clockwork,
): { readonly dueOn: Day; readonly timetable: readonly Step[] } => {
  const { remindEvery, escalate, expireAfter } = policy.stages[stage]
  const opened = dayOf(openedAt, zone)
  const opensOn = (workingDays: number) =>
    atTime(calendar.addWorkingDays(opened, workingDays), policy.officeOpens, zone)
  const dueOn = calendar.addWorkingDays(opened, expireAfter)
  const timetable: Step[] = []
  for (let day = remindEvery; day < expireAfter; day += remindEvery) {
    // An escalation reminds those asked as well.
    if (!escalate.some(({ after }) => after === day)) timetable.push({ at: opensOn(day), act: 'remind', to: stage })
  }
  for (const { after, to } of escalate) timetable.push({ at: opensOn(after), act: 'escalate', to })
  timetable.push({ at: endOf(dueOn, zone), act: 'expire', to: stage })
  return { dueOn, timetable: timetable.toSorted((a, b) => a.at.localeCompare(b.at)) }
}

/**
 * When an open review is reminded, and when it is first escalated because the anniversary has passed (art. 4).
 * Reminders that lie behind the opening are left out; the escalation never is.
 */
export const reviewTimetable = (
  dueOn: Day,
  openedAt: Instant,
  { zone, policy }: Pick<Clockwork, 'zone' | 'policy'>,
): readonly Step[] => {
  const at = (day: Day) => atTime(day, policy.officeOpens, zone)
  const overdue = at(addDays(dueOn, 1))
  return [
    ...policy.review.remindBefore
      .map((days): Step => ({ at: at(addDays(dueOn, -days)), act: 'remind', to: 'centre' }))
      .filter((step) => step.at > openedAt)
      .toSorted((a, b) => a.at.localeCompare(b.at)),
    { at: overdue > openedAt ? overdue : openedAt, act: 'escalate', to: 'branch' },
  ]
}

/**
 * The n-th working day after a day; by days of the week where the calendar is not published so far: what it is asked for
 * can't wait for that.
 */
export const soon = (day: Day, workingDays: number, { calendar }: Pick<Clockwork, 'calendar'>): Day =>
  addDays(day, workingDays * 7 + 21) > calendar.lastDay
    ? addDays(day, workingDays)
    : calendar.addWorkingDays(day, workingDays)

/** After an overdue review was put before one level, it goes to HQ, again and again until it is decided. */
export const nextReviewEscalation = (escalatedAt: Instant, clockwork: Clockwork): Step => {
  const { zone, policy } = clockwork
  const day = soon(dayOf(escalatedAt, zone), policy.review.escalateEvery, clockwork)
  return { at: atTime(day, policy.officeOpens, zone), act: 'escalate', to: 'hq' }
}

/** By when HQ is to settle a dispute, and when it is told again. */
export const disputeTimetable = (
  openedAt: Instant,
  clockwork: Clockwork,
): { readonly dueOn: Day; readonly timetable: readonly Step[] } => {
  const { zone, policy } = clockwork
  const dueOn = soon(dayOf(openedAt, zone), policy.dispute.settleWithin, clockwork)
  return { dueOn, timetable: [{ at: atTime(dueOn, policy.officeOpens, zone), act: 'escalate', to: 'hq' }] }
}

/** By when every client is to have someone else, and when whoever is to name them is reminded (art. 9). */
export const handOverTimetable = (
  openedAt: Instant,
  clockwork: Clockwork,
): { readonly dueOn: Day; readonly timetable: readonly Step[] } => {
  const { zone, policy } = clockwork
  const { within, remindEvery } = policy.handOver
  const opened = dayOf(openedAt, zone)
  const opensOn = (day: Day) => atTime(day, policy.officeOpens, zone)
  const dueOn = soon(opened, within, clockwork)
  const reminders: Step[] = []
  for (let after = remindEvery; after <= within; after += remindEvery)
    reminders.push({ at: opensOn(soon(opened, after, clockwork)), act: 'remind', to: 'centre' })
  return { dueOn, timetable: [...reminders, { at: opensOn(addDays(dueOn, 1)), act: 'escalate', to: 'branch' }] }
}

/** What follows an escalation of a stage that never lapses; null for one that expires. */
export const nextEscalation = (stage: Stage, escalatedAt: Instant, clockwork: Clockwork): Step | null => {
  switch (stage) {
    case 'branch':
    case 'hq':
      return null
    case 'centre-review':
      return nextReviewEscalation(escalatedAt, clockwork)
    case 'hand-over': {
      const { zone, policy } = clockwork
      const day = soon(dayOf(escalatedAt, zone), policy.handOver.escalateEvery, clockwork)
      return { at: atTime(day, policy.officeOpens, zone), act: 'escalate', to: 'hq' }
    }
    case 'dispute': {
      const [next] = disputeTimetable(escalatedAt, clockwork).timetable
      return next ?? null
    }
  }
}

/** When the centre head is asked for the review of the year that ends on `dueOn`. */
export const reviewCallTime = (dueOn: Day, { zone, policy }: Pick<Clockwork, 'zone' | 'policy'>): Instant =>
  atTime(addDays(dueOn, -policy.review.askBefore), policy.officeOpens, zone)
