import type { Application } from './application.ts'
import {
  type AssistantCase,
  findApplication,
  hasEnded,
  liveApplication,
  liveDispute,
  stageOfApproval,
  workflowStageOf,
} from './assistant.ts'
import type { DisputeDecision } from './commands.ts'
import { clockworkOf, type Context, governingPolicy, today } from './context.ts'
import { dossierOf } from './dossier.ts'
import { escalateAtOnce } from './escalating.ts'
import type { DomainEvent, EventOf } from './events.ts'
import { annulled, withDispute } from './evolve-dispute.ts'
import { exitForViolation } from './exiting.ts'
import type { EmployeeNo } from './ids.ts'
import { newApprovals } from './opening.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { StageRecord } from './stage.ts'
import { addMinutes, type Instant } from './time.ts'
import { amendmentTime, disputeTimetable, handOverTimetable, reviewTimetable, stageTimetable } from './timetable.ts'
import { endsThePost } from './violation.ts'

/** Until when a decision can be disputed by the one in whose name it was made. */
export const disputableUntil = (
  state: AssistantCase,
  { decidedAt }: Pick<StageRecord, 'decidedAt'>,
  context: Pick<Context, 'now' | 'zone' | 'policies'>,
): Instant | null =>
  decidedAt === null ? null : addMinutes(decidedAt, governingPolicy(state, context).dispute.within * 60)

/** The application that a decision was about, or that it brought about; null for a review that brought none. */
const applicationBehind = (state: AssistantCase, { applicationId, round }: StageRecord): Application | null =>
  applicationId === null
    ? (state.applications.find(({ reviewRound }) => reviewRound === round) ?? null)
    : findApplication(state, applicationId)

/** Whether the decision is the newest of its kind: what was built upon it since can be undone with it. */
const isNewest = (state: AssistantCase, stage: StageRecord): boolean => {
  const application = applicationBehind(state, stage)
  if (application !== null && application !== state.applications.at(-1)) return false
  if (stage.applicationId === null) return state.reviews.at(-1)?.stage === stage
  return !application?.stages.some((other) => other.stage === stage.stage && other.round > stage.round)
}

/**
 * Whether the case has gone where the decision did not lead it: by the filer's withdrawal, or by an exit on a ground of
 * its own, which comes out of no decision (art. 9). Annulling the decision must bring back neither.
 */
const hasGoneElsewhere = (state: AssistantCase, stage: StageRecord): boolean =>
  (state.exit !== null && state.exit.ground !== 'below-standard') ||
  (stage.applicationId !== null && applicationBehind(state, stage)?.status === 'withdrawn')

/** Whether what was decided has had its effect: nothing is left to be held back then. */
const effectOf = (state: AssistantCase, stage: StageRecord): EventOf<'decision-disputed'>['data']['effect'] => {
  const application = applicationBehind(state, stage)
  const hasBegun = application !== null && (application.effectiveAt !== null || application.status !== 'open')
  const isPending = application?.status === 'approved' && application.effectiveAt === null
  return hasEnded(state) || (hasBegun && !isPending) ? 'begun' : 'held-back'
}

const refusedDispute = (state: AssistantCase, stage: StageRecord, context: Context): Refusal | null => {
  const until = disputableUntil(state, stage, context)
  if (liveDispute(state) !== null) return refuse('frozen')
  if (until === null || context.now > until) return refuse('dispute-too-late', { until: until ?? '' })
  const isMoot = stage.status === 'annulled' || !isNewest(state, stage) || hasGoneElsewhere(state, stage)
  return isMoot ? refuse('dispute-moot') : null
}

/** Freezes the case and puts the decision before those of HQ's approvers who had no part in it. */
export const disputeDecision = (
  state: AssistantCase,
  { approvalId, reason }: DisputeDecision,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const stage = stageOfApproval(state, approvalId)
  const approval = stage?.asked.find(({ id }) => id === approvalId)
  if (stage === null || stage.stage === 'dispute' || approval?.approver !== stage.decidedBy)
    return refuse('unknown-approval')
  const { by } = context.origin
  if (by !== stage.decidedBy && by !== stage.onBehalfOf) return refuse('unknown-approval')
  if (state.disputes.some((dispute) => dispute.approvalId === approvalId)) return refuse('already-disputed')
  const refusal = refusedDispute(state, stage, context)
  if (refusal !== null) return refusal
  const { applicationId, round } = stage
  const disputed: EventOf<'decision-disputed'> = {
    type: 'decision-disputed',
    data: { applicationId, stage: stage.stage, round, approvalId, reason, effect: effectOf(state, stage) },
  }
  return [disputed, ...asked(state, disputed, context)]
}

/** Asks HQ; who is asked is judged by the case in which the decision is disputed already. */
const asked = (
  state: AssistantCase,
  { data }: EventOf<'decision-disputed'>,
  context: Context,
): readonly DomainEvent[] => {
  const { applicationId } = data
  const { now, origin, organisation } = context
  const frozen = withDispute(state, data, { by: origin.by as EmployeeNo, at: now })
  const ref = { applicationId, stage: 'dispute', round: frozen.disputes.length } as const
  const { dueOn, timetable } = disputeTimetable(now, clockworkOf(state, context))
  const approvals = newApprovals(frozen, ref, [], context)
  const dossier = dossierOf(frozen, applicationId, context)
  const opened: EventOf<'stage-opened'> = {
    type: 'stage-opened',
    data: { ...ref, asked: approvals, dueOn, dossier, timetable: [...timetable] },
  }
  return approvals.length > 0 ? [opened] : [opened, escalateAtOnce(ref, timetable, organisation)]
}

/** The stage that a dispute interrupted gets its time anew: nobody could answer in the meantime. */
const resumed = (state: AssistantCase, context: Context): EventOf<'decision-upheld'>['data']['resumed'] => {
  const stage = workflowStageOf(state)
  if (stage === null || stage.stage === 'dispute') return null
  const clockwork = clockworkOf(state, context)
  if (stage.stage === 'centre-review') {
    return { dueOn: stage.dueOn, timetable: [...reviewTimetable(stage.dueOn, context.now, clockwork)] }
  }
  const { dueOn, timetable } =
    stage.stage === 'hand-over'
      ? handOverTimetable(context.now, clockwork)
      : stageTimetable(stage.stage, context.now, clockwork)
  return { dueOn, timetable: [...timetable] }
}

/** A returned application gets its time anew as well: the filer could not amend it. */
const amendment = (state: AssistantCase, context: Context): EventOf<'decision-upheld'>['data']['amendment'] =>
  liveApplication(state)?.status === 'returned' ? amendmentTime(today(context), clockworkOf(state, context)) : null

/**
 * What is undone with the decision. Whoever is on the post again, and was punished for a serious violation in the time
 * there, leaves it for that: while the exit was under way there was none to begin (art. 9).
 */
const undone = (
  state: AssistantCase,
  data: EventOf<'decision-annulled'>['data'],
  context: Context,
): readonly DomainEvent[] => {
  const fallen: EventOf<'decision-annulled'> = { type: 'decision-annulled', data }
  const after = annulled(state, fallen)
  const { status, onPostSince, violations } = after
  const grave = violations.find((one) => endsThePost(one) && onPostSince !== null && one.on >= onPostSince)
  return status === 'on-post' && grave !== undefined ? [fallen, exitForViolation(after, grave, context)] : [fallen]
}

/** What HQ's word brings about: the decision stands and the case goes on, or it counts no more. */
export const settled = (
  state: AssistantCase,
  decision: 'uphold' | 'annul',
  context: Context,
): readonly DomainEvent[] => {
  const dispute = liveDispute(state)
  if (dispute === null) return []
  const { applicationId, disputed: stage, round } = dispute
  const ref = { applicationId, stage, round }
  return decision === 'uphold'
    ? [
        {
          type: 'decision-upheld',
          data: { ...ref, resumed: resumed(state, context), amendment: amendment(state, context) },
        },
      ]
    : undone(state, ref, context)
}
