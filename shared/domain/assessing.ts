import type { AssistantCase } from './assistant.ts'
import type { RecordAssessment, RecordAttendance } from './commands.ts'
import { type Context, today } from './context.ts'
import type { DomainEvent } from './events.ts'
import { type Refusal, refuse } from './refusal.ts'
import { type Assessment, attemptsAt } from './training.ts'
import { remindAtAfter } from './training-reminders.ts'

/** More tries than this are a mistake of whoever sends them; a case holds as much as its snapshot can. */
const mostAssessments = 300

const refusedAssessment = (state: AssistantCase, command: RecordAssessment, context: Context): Refusal | null => {
  const { itemId, takenOn, assessor, score, passed } = command
  const { plan, assessments } = state.training
  if (state.status !== 'on-post') return refuse('not-on-post', { status: state.status })
  if (plan === null) return refuse('no-training-plan')
  const item = plan.items.find(({ id }) => id === itemId)
  if (item === undefined) return refuse('unknown-item', { item: itemId }, '/itemId')
  if (takenOn > today(context)) return refuse('date-in-future', { today: today(context) }, '/takenOn')
  if (assessor === state.particulars.employeeNo) return refuse('not-oneself', { person: assessor }, '/assessor')
  const { passMark } = item.assessment
  if (score !== null && passMark !== null && score >= passMark !== passed)
    return refuse('score-contradicts', { score: String(score), passMark: String(passMark) }, '/passed')
  return assessments.length < mostAssessments ? null : refuse('too-many', { most: String(mostAssessments) })
}

/** Keeps a try at an item's assessment; every try stays on record (art. 5). */
export const recordAssessment = (
  state: AssistantCase,
  command: RecordAssessment,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const refusal = refusedAssessment(state, command, context)
  if (refusal !== null) return refusal
  const { itemId, takenOn, assessor, score, passed } = command
  const { training } = state
  const attempt = attemptsAt(training, itemId).length + 1
  const assessment: Assessment = { itemId, attempt, takenOn, assessor, score, passed }
  const assessed = { ...training, assessments: [...training.assessments, assessment] }
  const remindAt = remindAtAfter(state, assessed, context)
  return [{ type: 'assessment-recorded', data: { ...assessment, remindAt, client: context.origin.client } }]
}

/** Keeps that the assistant took part in a meeting of the centre, a general training or a coaching (art. 5). */
export const recordAttendance = (
  state: AssistantCase,
  { kind, on, title, minutes }: RecordAttendance,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  if (state.status !== 'on-post') return refuse('not-on-post', { status: state.status })
  if (on > today(context)) return refuse('date-in-future', { today: today(context) }, '/on')
  return [{ type: 'attendance-recorded', data: { kind, on, title, minutes, client: context.origin.client } }]
}
