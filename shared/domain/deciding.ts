import { type AssistantCase, findApplication, liveDispute, stageOfApproval } from './assistant.ts'
import type { DecideStage } from './commands.ts'
import { clockworkOf, type Context, governingPolicy, today } from './context.ts'
import { currentDossier } from './dossier.ts'
import type { Approval, DomainEvent, EventOf } from './events.ts'
import { ApplicationStage, type Decision, type Procedure } from './kinds.ts'
import { exitEvent } from './exiting.ts'
import { settled } from './disputing.ts'
import { refusedApprovers, refusedTraining, requireCalendar, transferFiled } from './filing.ts'
import { mayDecide } from './four-eyes.ts'
import type { EmployeeNo } from './ids.ts'
import { approversOf, delegateOf } from './organisation.ts'
import { type Refusal, refuse } from './refusal.ts'
import { decisionsOf, isAnnulled, needsReason, type StageRecord } from './stage.ts'
import { standingTo } from './standard.ts'
import { isSteppedUp } from './step-up.ts'
import { amendmentTime } from './timetable.ts'

/** What may be answered to an open stage today: nobody is found short of the standard before the year is over (art. 9). */
export const allowedDecisions = (stage: StageRecord, context: Pick<Context, 'now' | 'zone'>): readonly Decision[] => {
  if (stage.status !== 'open') return []
  const yearIsOver = today(context) >= stage.dueOn
  return decisionsOf[stage.stage].filter((decision) => decision !== 'below-standard' || yearIsOver)
}

/** Whether the last day is not over yet, be its expiry recorded or not. */
const isInTime = ({ timetable }: StageRecord, { now }: Pick<Context, 'now'>): boolean =>
  !timetable.some(({ act, at }) => act === 'expire' && at <= now)

/** Whether someone who was asked is still who answers for the unit, for themselves or for whom they stand in. */
const isApproverStill = (
  { stage }: StageRecord,
  { approver, onBehalfOf }: Omit<Approval, 'id'>,
  { organisation, ...present }: Pick<Context, 'organisation' | 'now' | 'zone'>,
): boolean => {
  const principal = onBehalfOf ?? approver
  const standsIn = onBehalfOf === null || delegateOf(organisation, principal, today(present)) === approver
  return standsIn && approversOf(organisation, stage).includes(principal)
}

/** Those who were asked and can still answer in the place in which they were. */
export const askedStill = (
  stage: StageRecord,
  context: Pick<Context, 'organisation' | 'now' | 'zone'>,
): readonly EmployeeNo[] =>
  stage.asked.filter((approval) => isApproverStill(stage, approval, context)).map(({ approver }) => approver)

/** Whether an approval of an open stage still counts for its holder. */
export const answersStill = (
  state: AssistantCase,
  stage: StageRecord,
  approval: Approval,
  context: Pick<Context, 'organisation' | 'now' | 'zone'>,
): boolean =>
  isInTime(stage, context) && isApproverStill(stage, approval, context) && mayDecide(state, stage, approval.approver)

/** Whether a dispute holds up a stage: nobody can answer it before HQ has settled that. */
export const isFrozen = (state: AssistantCase, { stage }: Pick<StageRecord, 'stage'>): boolean =>
  stage !== 'dispute' && liveDispute(state) !== null

const procedureOf = (state: AssistantCase, { applicationId }: StageRecord): Procedure | null =>
  applicationId === null ? null : (findApplication(state, applicationId)?.procedure ?? null)

/**
 * Refuses to bring whoever has not passed the training nearer to a transfer: the plan can have been revised since it was
 * filed (art. 5). Nor does the review put anyone forward to whose transfer nobody could consent.
 */
const refusedPutForward = (
  state: AssistantCase,
  stage: StageRecord,
  { approver, onBehalfOf }: Approval,
  { decision }: DecideStage,
  context: Context,
): Refusal | null => {
  if (decision === 'qualified') {
    const filers = [approver, onBehalfOf ?? approver]
    return refusedTraining(state) ?? refusedApprovers(state.particulars.employeeNo, filers, context)
  }
  return decision === 'approve' && procedureOf(state, stage) === 'transfer' ? refusedTraining(state) : null
}

const refusedDecision = (
  state: AssistantCase,
  stage: StageRecord,
  approval: Approval,
  command: DecideStage,
  context: Context,
): Refusal | null => {
  const { approver, onBehalfOf } = approval
  const { decision, reason } = command
  if (isAnnulled(stage)) return refuse('unknown-approval')
  if (stage.decision !== null) return refuse('already-decided', { decision: stage.decision })
  if (stage.status !== 'open') return refuse('unknown-approval')
  if (isFrozen(state, stage)) return refuse('frozen')
  // Whoever got hold of somebody else's approval was not asked.
  if (context.origin.by !== approver) return refuse('unknown-approval')
  if (!isInTime(stage, context)) return refuse('unknown-approval')
  // Reassigned since: somebody else is asked for this stage now.
  if (!isApproverStill(stage, { approver, onBehalfOf }, context)) return refuse('unknown-approval')
  if (!mayDecide(state, stage, approver)) return refuse('four-eyes', { person: approver })
  if (!decisionsOf[stage.stage].includes(decision)) {
    return refuse('decision-not-allowed', { allowed: decisionsOf[stage.stage].join(', ') }, '/decision')
  }
  if (!allowedDecisions(stage, context).includes(decision)) {
    return refuse('review-not-due', { dueOn: stage.dueOn }, '/decision')
  }
  if (needsReason[decision] && reason === null) return refuse('reason-required', { decision }, '/reason')
  const refusal = refusedPutForward(state, stage, approval, command, context)
  if (refusal !== null) return refusal
  if (
    command.dossierHash !== undefined &&
    command.dossierHash !== context.digest(currentDossier(state, stage, context))
  )
    return refuse('dossier-changed')
  // Asked last: whoever is asked for a code could decide.
  return isSteppedUp(state, stage.stage, command.stepUp, context) ? null : refuse('code-required', {}, '/code')
}

/** What a decision brings about beyond itself: the review files the transfer, or ends the post (art. 4, 9). */
const consequences = (
  state: AssistantCase,
  stage: StageRecord,
  decided: EventOf<'stage-decided'>,
  approver: EmployeeNo,
  context: Context,
): readonly DomainEvent[] => {
  switch (decided.data.decision) {
    case 'qualified':
      requireCalendar(state, ApplicationStage.options, context)
      return [
        transferFiled(
          state,
          { early: false, grounds: null, filedBy: approver, note: decided.data.reason, reviewRound: stage.round },
          context,
        ),
      ]
    case 'below-standard':
      return [
        exitEvent(
          state,
          {
            ground: 'below-standard',
            decidedBy: { body: 'centre', employeeNo: approver },
            decidedOn: today(context),
            reasons: decided.data.reason ?? '',
            evidence: null,
          },
          context,
        ),
      ]
    case 'reject':
      return afterSetback(state, context)
    case 'approve':
      if (stage.stage === 'branch') requireCalendar(state, ['hq'], context)
      return []
    case 'return':
      return []
    case 'uphold':
    case 'annul':
      return settled(state, decided.data.decision, context)
  }
}

/** A transfer that failed in the time of the review sends the case back to the review (art. 4). */
export const afterSetback = (state: AssistantCase, { now }: Context): readonly EventOf<'review-called'>[] =>
  // Nobody but an assistant on the post has such a time: what failed was a transfer.
  state.reviewCallAt !== null && now >= state.reviewCallAt
    ? [{ type: 'review-called', data: { round: state.reviews.length + 1 } }]
    : []

export const decideStage = (
  state: AssistantCase,
  command: DecideStage,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const stage = stageOfApproval(state, command.approvalId)
  const approval = stage?.asked.find(({ id }) => id === command.approvalId)
  if (stage === null || approval === undefined) return refuse('unknown-approval')
  const { approver } = approval
  const refusal = refusedDecision(state, stage, approval, command, context)
  if (refusal !== null) return refusal
  const { applicationId, round } = stage
  const { approvalId, decision, reason, stepUp } = command
  const current = currentDossier(state, stage, context)
  const dossierHash = context.digest(current)
  const dossier = dossierHash === context.digest(stage.dossier) ? null : current
  const standard =
    stage.stage === 'centre-review' || procedureOf(state, stage) === 'transfer'
      ? standingTo(state, governingPolicy(state, context), today(context))
      : null
  const amendment =
    decision === 'return'
      ? amendmentTime(today(context), clockworkOf(state, context))
      : { amendBy: null, amendmentEnds: null }
  const decided: EventOf<'stage-decided'> = {
    type: 'stage-decided',
    data: {
      applicationId,
      stage: stage.stage,
      round,
      approvalId,
      decision,
      reason,
      stepUp,
      dossierHash,
      dossier,
      standard,
      ...amendment,
    },
  }
  return [decided, ...consequences(state, stage, decided, approver, context)]
}
