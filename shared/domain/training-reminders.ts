import type { AssistantCase } from './assistant.ts'
import { clockworkOf, type Context, today } from './context.ts'
import type { DomainEvent } from './events.ts'
import { membersOf } from './organisation.ts'
import { addDays, atTime, type Day, dayOf, type Instant } from './time.ts'
import { type Clockwork, soon } from './timetable.ts'
import { itemsToPass, type PlanItem, type Training } from './training.ts'

const missingOf = ({ plan, mentor }: Training): readonly ('plan' | 'mentor')[] => [
  ...(plan === null ? (['plan'] as const) : []),
  ...(mentor === null ? (['mentor'] as const) : []),
]

const opensOn = (day: Day, { zone, policy }: Clockwork): Instant => atTime(day, policy.officeOpens, zone)

/** When the centre head is first reminded that plan or mentor is missing (art. 5). */
const firstTrainingReminder = (onPostSince: Day, clockwork: Clockwork): Instant =>
  opensOn(soon(onPostSince, clockwork.policy.training.remindAfter, clockwork), clockwork)

/** When it is said again; what is put on record meanwhile does not put that off. */
const again = ({ remindAt }: Training, now: Instant, clockwork: Clockwork): Instant => {
  const counted = opensOn(soon(dayOf(now, clockwork.zone), clockwork.policy.training.remindEvery, clockwork), clockwork)
  return remindAt !== null && remindAt > now && remindAt < counted ? remindAt : counted
}

/** The occasions that an item still gives: before it is due, the day after, and as long as it is overdue. */
const occasionsOf = (
  { dueOn }: PlanItem,
  training: Training,
  now: Instant,
  clockwork: Clockwork,
): readonly Instant[] => {
  const before = opensOn(addDays(dueOn, -clockwork.policy.training.remindBefore), clockwork)
  const after = opensOn(addDays(dueOn, 1), clockwork)
  return [before, after, again(training, now, clockwork)].filter((at) => at > now && (at >= after || at === before))
}

/** When someone is to be reminded of the training after `now`; null while nothing is missing or to be passed. */
export const nextTrainingReminder = (
  training: Training,
  onPostSince: Day,
  now: Instant,
  clockwork: Clockwork,
): Instant | null => {
  if (missingOf(training).length > 0) {
    const first = firstTrainingReminder(onPostSince, clockwork)
    return first > now ? first : again(training, now, clockwork)
  }
  const occasions = itemsToPass(training).flatMap((item) => occasionsOf(item, training, now, clockwork))
  return occasions.toSorted((a, b) => a.localeCompare(b))[0] ?? null
}

/** What there is to remind of on a day. */
const matterOf = (training: Training, day: Day, { policy }: Clockwork) => {
  const missing = [...missingOf(training)]
  const toPass = missing.length > 0 ? [] : itemsToPass(training)
  const soonDue = addDays(day, policy.training.remindBefore)
  return {
    missing,
    due: toPass.filter(({ dueOn }) => dueOn >= day && dueOn <= soonDue).map(({ id }) => id),
    overdue: toPass.filter(({ dueOn }) => dueOn < day).map(({ id }) => id),
  }
}

const isEmpty = (matter: ReturnType<typeof matterOf>): boolean =>
  Object.values(matter).every(({ length }) => length === 0)

/** The next reminder once the training stands as given; null off the post. */
export const remindAtAfter = (state: AssistantCase, training: Training, context: Context): Instant | null => {
  const { now } = context
  if (state.onPostSince === null) return null
  const clockwork = clockworkOf(state, context)
  const { remindAt } = training
  // What is due by now, and has not been said yet, is not dropped.
  const isDue = remindAt !== null && remindAt <= now
  return isDue && !isEmpty(matterOf(training, today(context), clockwork))
    ? remindAt
    : nextTrainingReminder(training, state.onPostSince, now, clockwork)
}

/**
 * Reminds of the training (art. 5): the centre head of a plan or mentor that is missing, later the branch as well; mentor
 * and assistant of what is to be passed soon, or is overdue.
 */
export const remindOfTraining = (state: AssistantCase, context: Context): readonly DomainEvent[] => {
  const { training, onPostSince } = state
  if (onPostSince === null) return []
  const clockwork = clockworkOf(state, context)
  const { organisation } = context
  const day = today(context)
  const matter = matterOf(training, day, clockwork)
  const escalates = day >= soon(onPostSince, clockwork.policy.training.escalateAfter, clockwork)
  const heads = membersOf(organisation, 'centre')
  // A policy can have changed since the time was counted: what it reminds of later is not said yet.
  const told = isEmpty(matter)
    ? []
    : matter.missing.length === 0
      ? [...(training.mentor === null ? [] : [training.mentor]), 'assistant' as const]
      : [...heads, ...(escalates || heads.length === 0 ? membersOf(organisation, 'branch') : [])]
  return [
    {
      type: 'training-reminded',
      data: {
        ...matter,
        told: [...new Set(told)],
        remindAt: nextTrainingReminder(training, onPostSince, context.now, clockwork),
      },
    },
  ]
}
