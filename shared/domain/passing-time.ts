import { type AssistantCase, liveApplication, liveDispute, liveReview, openStageOf } from './assistant.ts'
import { type Context, governingPolicy } from './context.ts'
import { afterSetback, askedStill } from './deciding.ts'
import type { DomainEvent, Step } from './events.ts'
import { newApprovals } from './opening.ts'
import { membersOf } from './organisation.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { StageRecord } from './stage.ts'
import type { Instant } from './time.ts'
import { nextEscalation } from './timetable.ts'
import { remindOfTraining } from './training-reminders.ts'

/** Whatever of the procedures waits has a time: an open stage its timetable, a returned application its end, the year its review. */
const procedureAlarm = (state: AssistantCase): Instant | null => {
  const stage = openStageOf(state)
  if (stage !== null) return stage.timetable[0]?.at ?? null
  const live = liveApplication(state)
  if (live !== null) return live.status === 'returned' ? live.amendmentEnds : null
  return state.status === 'on-post' && liveReview(state) === null ? state.reviewCallAt : null
}

/** When someone is next reminded of the training; nobody is while a decision is disputed. */
const trainingAlarm = (state: AssistantCase): Instant | null =>
  state.status === 'on-post' && liveDispute(state) === null ? state.training.remindAt : null

/** When something next happens to the case by itself; null while nothing will. */
export const alarmOf = (state: AssistantCase): Instant | null =>
  [procedureAlarm(state), trainingAlarm(state)].filter((at) => at !== null).toSorted((a, b) => a.localeCompare(b))[0] ??
  null

const takeStep = (state: AssistantCase, stage: StageRecord, step: Step, context: Context): readonly DomainEvent[] => {
  const { applicationId, round } = stage
  const ref = { applicationId, stage: stage.stage, round }
  const askedBefore = askedStill(stage, context)
  const asked = newApprovals(state, stage, askedBefore, context)
  switch (step.act) {
    case 'remind':
      return [{ type: 'stage-reminded', data: { ...ref, asked } }]
    case 'escalate': {
      const { zone, calendar, now } = context
      const next = nextEscalation(stage.stage, now, { zone, calendar, policy: governingPolicy(state, context) })
      const answering = [...askedBefore, ...asked.map(({ approver }) => approver)]
      const told = membersOf(context.organisation, step.to).filter((person) => !answering.includes(person))
      return [{ type: 'stage-escalated', data: { ...ref, to: step.to, told, asked, atOnce: false, next } }]
    }
    case 'expire':
      // Of what never expires no timetable says so.
      return applicationId === null || (stage.stage !== 'branch' && stage.stage !== 'hq')
        ? []
        : [
            { type: 'application-expired', data: { applicationId, stage: stage.stage, round } },
            ...afterSetback(state, context),
          ]
  }
}

/** Does the one thing that is due first; the case's next alarm tells whether more is. */
export const passTime = (state: AssistantCase, context: Context): readonly DomainEvent[] | Refusal => {
  const alarm = alarmOf(state)
  if (alarm === null || alarm > context.now) return refuse('nothing-due')
  if (alarm !== procedureAlarm(state)) return remindOfTraining(state, context)
  const stage = openStageOf(state)
  const step = stage?.timetable[0]
  if (stage !== null && step !== undefined) return takeStep(state, stage, step, context)
  const live = liveApplication(state)
  if (live !== null) {
    return [
      { type: 'application-expired', data: { applicationId: live.id, stage: live.stage, round: live.round } },
      ...afterSetback(state, context),
    ]
  }
  return [{ type: 'review-called', data: { round: state.reviews.length + 1 } }]
}
