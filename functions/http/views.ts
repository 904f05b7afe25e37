import type {
  ApplicationView,
  AssistantView,
  DossierView,
  EventView,
  ReceiptView,
} from '../../shared/contracts/resources.ts'
import type { Application } from '../../shared/domain/application.ts'
import { type AssistantCase, findApplication, liveReview } from '../../shared/domain/assistant.ts'
import { allowedDecisions } from '../../shared/domain/deciding.ts'
import type { RecordedEvent } from '../../shared/domain/events.ts'
import type { ApprovalId } from '../../shared/domain/ids.ts'
import type { Locale, Organisation } from '../../shared/domain/organisation.ts'
import type { Policies } from '../../shared/domain/policy.ts'
import { needsReason, type StageRecord } from '../../shared/domain/stage.ts'
import { dayOf, type Instant, type TimeZone } from '../../shared/domain/time.ts'
import { dossierLabels } from '../../shared/text/dossier.ts'
import { terms } from '../../shared/text/terms.ts'

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
  }
}

/** The present, as a view needs it. */
export interface Present {
  readonly now: Instant
  readonly zone: TimeZone
  readonly policies: Policies
}

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
    clientCount: 0,
    clientCap: policies.on(today).clientCaps[particulars.track],
    mentor: null,
    trainingPlan: null,
    exit: state.exit,
    applications: state.applications.map(({ id }) => id),
  }
}

export const eventView = (event: RecordedEvent): EventView => event

/** What an approver decides on, in their language. */
export const dossierView = (
  approvalId: ApprovalId,
  stage: StageRecord,
  state: AssistantCase,
  organisation: Organisation,
  locale: Locale,
  { now, zone }: Present,
): DossierView => {
  const { employeeNo, name, track, centreId, branchId, teamId } = state.particulars
  const allowed = [...allowedDecisions(stage, { now, zone })]
  return {
    approvalId,
    stage: stage.stage,
    ...(stage.applicationId === null ? {} : { applicationId: stage.applicationId }),
    assistant: { id: state.id, employeeNo, name, track, centreId, branchId, teamId },
    allowed,
    reasonNeeded: allowed.filter((decision) => needsReason[decision]),
    dueOn: stage.dueOn,
    article: stage.stage === 'centre-review' ? '4' : '7',
    facts: factsOf(approvalId, stage, state, organisation, locale),
  }
}

const factsOf = (
  approvalId: ApprovalId,
  stage: StageRecord,
  state: AssistantCase,
  organisation: Organisation,
  locale: Locale,
): DossierView['facts'] => {
  const labels = dossierLabels[locale]
  const words = terms[locale]
  const { particulars } = state
  const application = stage.applicationId === null ? null : findApplication(state, stage.applicationId)
  const nameOf = (employeeNo: Application['filedBy']) => organisation.people.get(employeeNo)?.name ?? employeeNo
  const principal = stage.asked.find(({ id }) => id === approvalId)?.onBehalfOf
  const team = organisation.centre.teams.find(({ id }) => id === particulars.teamId)
  const known: readonly (readonly [keyof typeof labels, string | null | undefined])[] = [
    ['procedure', application === null ? null : words.procedure[application.procedure]],
    ['track', words.track[particulars.track]],
    ['source', words.source[particulars.source]],
    ['sourceNote', particulars.sourceNote],
    ['centre', organisation.centre.name],
    ['team', team?.name],
    ['branch', organisation.branch.name],
    ['purpose', application?.purpose],
    ['grounds', application?.grounds],
    ['note', application?.note],
    ['filedBy', application === null ? null : nameOf(application.filedBy)],
    ['onPostSince', state.onPostSince],
    ['reviewDueOn', state.reviewDueOn],
    ['onBehalfOf', principal && nameOf(principal)],
  ]
  const earlier = (application?.stages ?? [])
    .filter((other) => other !== stage && other.decision !== null && other.decidedBy !== null)
    .map((other) => ({
      label: `${words.stage[other.stage]} (${other.round})`,
      value: [
        other.decision && words.decision[other.decision],
        other.decidedBy && nameOf(other.decidedBy),
        other.reason,
      ]
        .filter(Boolean)
        .join(' · '),
    }))
  return [...known.flatMap(([name, value]) => (value ? [{ label: labels[name], value }] : [])), ...earlier]
}

/** What was decided; the stage must have been. */
export const receiptView = (
  approvalId: ApprovalId,
  { decision, decidedBy, onBehalfOf, decidedAt, channel }: StageRecord,
): ReceiptView | null =>
  decision === null || decidedBy === null || decidedAt === null || channel === null
    ? null
    : { approvalId, decision, decidedBy, onBehalfOf, decidedAt, channel }
