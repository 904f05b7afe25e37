import type { ReceiptView } from '../../shared/contracts/decisions.ts'
import type { ApplicationView, AssistantView, EventView } from '../../shared/contracts/resources.ts'
import type { System } from '../adapters/system.ts'
import type { TrainingPlanView } from '../../shared/contracts/year.ts'
import type { Application } from '../../shared/domain/application.ts'
import {
  type AssistantCase,
  type Exit,
  type HandOver,
  handOverOf,
  liveDispute,
  liveReview,
} from '../../shared/domain/assistant.ts'
import type { RecordedEvent } from '../../shared/domain/events.ts'
import type { ApplicationId, ApprovalId } from '../../shared/domain/ids.ts'
import type { Policies } from '../../shared/domain/policy.ts'
import { clientCapOf } from '../../shared/domain/portfolio.ts'
import { standingTo } from '../../shared/domain/standard.ts'
import { type Assessment, attemptsAt, isPassed, lacksPlan, type Training } from '../../shared/domain/training.ts'
import type { StageRecord } from '../../shared/domain/stage.ts'
import { dayOf, type Instant, type TimeZone } from '../../shared/domain/time.ts'

const stageView = ({
  stage,
  status,
  round,
  openedAt,
  dueOn,
  decision,
  decidedBy,
  onBehalfOf,
  decidedAt,
  channel,
  reason,
}: StageRecord) => ({
  stage,
  status,
  round,
  openedAt,
  dueOn,
  decision,
  decidedBy,
  onBehalfOf,
  decidedAt,
  channel,
  reason,
})

/** What did not arrive of the mails about an application, or about none. */
const undeliveredViews = ({ undelivered }: AssistantCase, about: ApplicationId | null) =>
  undelivered
    .filter(({ applicationId }) => applicationId === about)
    .map(({ to, kind, at, dutyId }) => ({ to, kind, at, dutyId }))

export const applicationView = (state: AssistantCase, application: Application): ApplicationView => {
  const { id, procedure, status, stage, filedBy, filedAt, effectiveAt, policyVersion } = application
  return {
    id,
    procedure,
    assistantId: state.id,
    status,
    stage: status === 'open' || status === 'returned' ? stage : null,
    filedBy,
    filedAt,
    effectiveAt,
    policyVersion,
    early: application.early,
    purpose: application.purpose,
    grounds: application.grounds,
    note: application.note,
    amendBy: application.amendBy,
    stages: application.stages.map(stageView),
    disputed: liveDispute(state)?.applicationId === id,
    undelivered: undeliveredViews(state, id),
  }
}

const handOverView = (handOver: HandOver | null): AssistantView['handOver'] =>
  handOver?.stage ? stageView(handOver.stage) : null

const exitView = (exit: Exit | null): AssistantView['exit'] =>
  exit === null ? null : { ...exit, handOver: handOverView(exit.handOver) }

const attemptView = ({ attempt, takenOn, assessor, score, passed }: Assessment) => ({
  attempt,
  takenOn,
  assessor,
  score,
  passed,
})

/** The plan with what came of each item; null while there is none. */
export const trainingPlanView = (training: Training): TrainingPlanView | null =>
  training.plan === null
    ? null
    : {
        version: training.plan.version,
        setAt: training.plan.setAt,
        items: training.plan.items.map((item) => ({
          ...item,
          passed: isPassed(training, item),
          attempts: attemptsAt(training, item.id).map(attemptView),
        })),
      }

/** The present, as a view needs it. */
export interface Present {
  readonly now: Instant
  readonly zone: TimeZone
  readonly policies: Policies
}

/** The present of a system, as it is now. */
export const presentOf = ({ now, zone, policies }: Pick<System, 'now' | 'zone' | 'policies'>): Present => ({
  now: now(),
  zone,
  policies,
})

export const assistantView = (state: AssistantCase, { now, zone, policies }: Present): AssistantView => {
  const today = dayOf(now, zone)
  const { particulars, reviewDueOn } = state
  const review = state.reviews.at(-1)?.stage ?? null
  const awaitsReview = state.status === 'on-post' && liveReview(state) !== null
  return {
    id: state.id,
    ...particulars,
    status: state.status,
    onPostSince: state.onPostSince,
    reviewDueOn,
    reviewOverdue: awaitsReview && reviewDueOn !== null && today > reviewDueOn,
    review: review === null ? null : stageView(review),
    clientCount: state.portfolio.length,
    clientCap: clientCapOf(state, { now, zone, policies }),
    mentor: state.training.mentor,
    trainingPlan: trainingPlanView(state.training),
    withoutPlan: state.status === 'on-post' && lacksPlan(state.training),
    attendance: state.training.attendance,
    violations: [...state.violations],
    qualifications: state.qualifications,
    standard: standingTo(state, policies.on(today), today),
    grade: state.grade,
    exit: exitView(state.exit),
    handOver: handOverView(handOverOf(state)),
    disputed: liveDispute(state) !== null,
    applications: state.applications.map(({ id }) => id),
    undelivered: undeliveredViews(state, null),
  }
}

export const eventView = (event: RecordedEvent): EventView => event

/** What was decided of a stage; null where nothing was. */
export const receiptView = (
  approvalId: ApprovalId,
  { decision, decidedBy, onBehalfOf, decidedAt, channel }: StageRecord,
): ReceiptView | null =>
  decision === null || decidedBy === null || decidedAt === null || channel === null
    ? null
    : { approvalId, decision, decidedBy, onBehalfOf, decidedAt, channel }
