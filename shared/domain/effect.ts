import { type AssistantCase, findApplication } from './assistant.ts'
import type { TakeEffect } from './commands.ts'
import { clockworkOf, type Context, governingPolicy } from './context.ts'
import type { DomainEvent } from './events.ts'
import { type Refusal, refuse } from './refusal.ts'
import { anniversaryOf, dayOf } from './time.ts'
import { gradeOf } from './standard.ts'
import { reviewCallTime } from './timetable.ts'
import { nextTrainingReminder } from './training-reminders.ts'

/**
 * Lets an approved application take effect, once. The moment of effect is that of HQ's consent (art. 7), however
 * much later the workflow comes to it; the year of an onboarding runs from that day (art. 4).
 */
export const takeEffect = (
  state: AssistantCase,
  { applicationId }: TakeEffect,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const application = findApplication(state, applicationId)
  if (application === null) return refuse('unknown-application')
  const effectiveAt = application.stages.at(-1)?.decidedAt ?? null
  if (application.status !== 'approved' || application.effectiveAt !== null || effectiveAt === null) {
    return refuse('not-pending', { stage: 'effect', round: '1' })
  }
  if (application.procedure === 'transfer') {
    const grade = gradeOf(state.qualifications, governingPolicy(state, context))
    return [{ type: 'transfer-took-effect', data: { applicationId, effectiveAt, grade } }]
  }
  const onPostSince = dayOf(effectiveAt, context.zone)
  const reviewDueOn = anniversaryOf(onPostSince)
  const clockwork = clockworkOf(state, context)
  const reviewCallAt = reviewCallTime(reviewDueOn, clockwork)
  const remindAt = nextTrainingReminder(state.training, onPostSince, effectiveAt, clockwork)
  return [
    {
      type: 'onboarding-took-effect',
      data: { applicationId, effectiveAt, onPostSince, reviewDueOn, reviewCallAt, remindAt },
    },
  ]
}
