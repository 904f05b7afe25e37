import type { AssistantCase } from './assistant.ts'
import type { NameMentor, SetTrainingPlan } from './commands.ts'
import type { Context } from './context.ts'
import type { DomainEvent } from './events.ts'
import { type Refusal, refuse } from './refusal.ts'
import { type PlanItem, requiredTopics } from './training.ts'
import { remindAtAfter } from './training-reminders.ts'

/** Names the person responsible for the training, in place of any named before (art. 5). */
export const nameMentor = (
  state: AssistantCase,
  { mentor }: NameMentor,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  if (state.status !== 'on-post') return refuse('not-on-post', { status: state.status })
  if (mentor === state.particulars.employeeNo) return refuse('not-oneself', { person: mentor }, '/employeeNo')
  if (!context.organisation.people.has(mentor)) return refuse('unknown-person', { person: mentor }, '/employeeNo')
  if (mentor === state.training.mentor) return []
  const remindAt = remindAtAfter(state, { ...state.training, mentor }, context)
  return [{ type: 'mentor-named', data: { mentor, remindAt, client: context.origin.client } }]
}

type Draft = SetTrainingPlan['items'][number]

/** What a plan must not lack: the four topics, a day within the year and an assessment for each item (art. 5). */
const refusedPlan = (state: AssistantCase, items: readonly Draft[]): Refusal | null => {
  const lacking = requiredTopics.filter((topic) => !items.some((item) => item.topic === topic))
  if (lacking.length > 0) return refuse('topics-lacking', { topics: lacking.join(', ') }, '/items')
  const [from, until] = [state.onPostSince ?? '', state.reviewDueOn ?? '']
  for (const [index, { title, dueOn, assessment }] of items.entries()) {
    if (dueOn === null) return refuse('day-lacking', { title }, `/items/${index}/dueOn`)
    if (assessment === null) return refuse('assessment-lacking', { title }, `/items/${index}/assessment`)
    if (dueOn < from || dueOn > until)
      return refuse('outside-the-year', { title, from, until }, `/items/${index}/dueOn`)
  }
  return null
}

const isWhole = (item: Draft): item is Draft & PlanItem => item.dueOn !== null && item.assessment !== null

/** Makes the training plan, or revises it; earlier versions stay in the record. */
export const setTrainingPlan = (
  state: AssistantCase,
  { items: drafts }: SetTrainingPlan,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  if (state.status !== 'on-post') return refuse('not-on-post', { status: state.status })
  const refusal = refusedPlan(state, drafts)
  if (refusal !== null) return refusal
  const items = drafts.filter(isWhole)
  const { plan } = state.training
  if (plan !== null && context.digest(plan.items) === context.digest(items)) return []
  const version = (plan?.version ?? 0) + 1
  const planned = { ...state.training, plan: { version, items, setAt: context.now } }
  const remindAt = remindAtAfter(state, planned, context)
  return [{ type: 'training-plan-set', data: { version, items, remindAt, client: context.origin.client } }]
}
