import { type AssistantCase, openStageOf, stageOfApproval, type Undelivered } from './assistant.ts'
import { withStage } from './changing.ts'
import type { ReportUndeliverable } from './commands.ts'
import { type Context, today } from './context.ts'
import { askedStill } from './deciding.ts'
import { escalateAtOnce } from './escalating.ts'
import type { Approval, DomainEvent } from './events.ts'
import type { EmployeeNo } from './ids.ts'
import { newApprovals } from './opening.ts'
import { approversOf, delegateOf, isAbsent } from './organisation.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { StageRecord } from './stage.ts'

/** Whether someone who was asked can be expected to answer today. */
const isThere = (
  { approver, onBehalfOf }: Approval,
  unreachable: readonly EmployeeNo[],
  stage: StageRecord,
  context: Context,
): boolean => {
  const { organisation } = context
  if (unreachable.includes(approver)) return false
  const principal = onBehalfOf ?? approver
  if (!approversOf(organisation, stage.stage).includes(principal)) return false
  return onBehalfOf === null
    ? !isAbsent(organisation, approver, today(context))
    : delegateOf(organisation, principal, today(context)) === approver
}

/** Asks whoever can answer and was not asked; tells the level above where that leaves nobody, unless it knows. */
const reassessed = (
  state: AssistantCase,
  stage: StageRecord,
  unreachable: readonly EmployeeNo[],
  context: Context,
): readonly DomainEvent[] => {
  const asked = newApprovals(state, stage, askedStill(stage, context), context)
  const { applicationId, round } = stage
  if (asked.length > 0) return [{ type: 'approvers-added', data: { applicationId, stage: stage.stage, round, asked } }]
  const isAwaited = stage.asked.some((approval) => isThere(approval, unreachable, stage, context))
  const escalation = escalateAtOnce(stage, stage.timetable, context.organisation)
  const isOfUse = !isAwaited && stage.told.length === 0 && escalation.data.told.length > 0
  return isOfUse ? [escalation] : []
}

/** Looks again who can answer the open stage, after someone's absence became known. */
export const reassessStage = (state: AssistantCase, context: Context): readonly DomainEvent[] | Refusal => {
  const stage = openStageOf(state)
  const events = stage === null ? [] : reassessed(state, stage, stage.unreachable, context)
  return events.length === 0 ? refuse('nothing-due') : events
}

/** Records that a mail did not reach its reader, once, and treats whoever was asked by it as absent. */
export const reportUndeliverable = (
  state: AssistantCase,
  { undeliverable }: ReportUndeliverable,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const { dutyId, kind, to, approvalId } = undeliverable
  const isKnown = state.undelivered.some((known) => known.dutyId === dutyId && known.kind === kind)
  if (isKnown) return refuse('nothing-due')
  const about = approvalId === null ? null : stageOfApproval(state, approvalId)
  const applicationId = about?.applicationId ?? undeliverable.applicationId
  const recorded: DomainEvent = { type: 'mail-undeliverable', data: { ...undeliverable, applicationId } }
  const stage = openStageOf(state)
  const wasAsked = stage?.asked.some(({ id }) => id === approvalId) === true
  if (stage === null || !wasAsked || to === 'assistant') return [recorded]
  return [recorded, ...reassessed(state, stage, [...stage.unreachable, to], context)]
}

/** Keeps what did not arrive; whoever is asked by it counts as out of reach, also on a stage that a dispute interrupts. */
export const withUndelivered = (state: AssistantCase, undelivered: Undelivered): AssistantCase => {
  const { to, approvalId } = undelivered
  const kept = { ...state, undelivered: [...state.undelivered, undelivered] }
  const stage = approvalId === null ? null : stageOfApproval(state, approvalId)
  return stage?.status !== 'open' || to === 'assistant'
    ? kept
    : withStage(kept, stage, (open) => ({ ...open, unreachable: [...open.unreachable, to] }))
}
