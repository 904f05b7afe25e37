import type { Application } from './application.ts'
import { type AssistantCase, findApplication, liveApplication, workflowStageOf } from './assistant.ts'
import { withApplication, withStage } from './changing.ts'
import type { EventOf } from './events.ts'
import type { ApplicationId, EmployeeNo } from './ids.ts'
import { endedStage, type StageRecord } from './stage.ts'
import type { Instant } from './time.ts'

/** The case with a decision in dispute; nobody has been asked to settle it yet. */
export const withDispute = (
  state: AssistantCase,
  { applicationId, stage: disputed, round, approvalId, reason, effect }: EventOf<'decision-disputed'>['data'],
  { by: disputedBy, at }: { readonly by: EmployeeNo; readonly at: Instant },
): AssistantCase => {
  const dispute = { approvalId, applicationId, disputed, round, disputedBy, at, reason, effect, stage: null }
  return { ...state, disputes: [...state.disputes, dispute] }
}

export const withDisputeOpened = (state: AssistantCase, stage: StageRecord): AssistantCase => ({
  ...state,
  disputes: state.disputes.map((dispute, index) =>
    index === state.disputes.length - 1 ? { ...dispute, stage } : dispute,
  ),
})

/** The decision stands: the stage that was interrupted, if any, goes on with times of its own. */
export const upheld = (
  before: AssistantCase,
  { data: { resumed, amendment } }: EventOf<'decision-upheld'>,
): AssistantCase => {
  const live = liveApplication(before)
  const state =
    amendment === null || live === null
      ? before
      : withApplication(before, live.id, (application) => ({ ...application, ...amendment }))
  const interrupted = workflowStageOf(state)
  return resumed === null || interrupted === null
    ? state
    : withStage(state, interrupted, (stage) => ({ ...stage, ...resumed }))
}

/** A stage as it counts once what it was built upon has fallen: what was decided is void, what was open is over. */
const voided = (stage: StageRecord): StageRecord =>
  stage.decision === null ? endedStage(stage, 'closed') : { ...stage, status: 'annulled', timetable: [] }

const voidedFrom = ({ stages }: Application, first: (stage: StageRecord) => boolean): readonly StageRecord[] => {
  const from = stages.findIndex(first)
  return stages.map((stage, index) => (from >= 0 && index >= from ? voided(stage) : stage))
}

/** Reviews that were called because of what has now been annulled are over, or were never asked. */
const withoutLiveReview = (state: AssistantCase): AssistantCase => ({
  ...state,
  reviews: state.reviews
    .filter(({ stage }) => stage !== null)
    .map((review) => (review.stage === null ? review : { ...review, stage: endedStage(review.stage, 'closed') })),
})

/** The consent counts no more: the application is back at its stage, in the next round, and so is the person. */
const consentAnnulled = (
  state: AssistantCase,
  id: ApplicationId,
  { stage: disputed, round }: EventOf<'decision-annulled'>['data'],
): AssistantCase => {
  if (disputed !== 'branch' && disputed !== 'hq') return state
  const reopened = withApplication(withoutLiveReview(state), id, (application) => ({
    ...application,
    status: 'open',
    stage: disputed,
    round: round + 1,
    amendBy: null,
    amendmentEnds: null,
    effectiveAt: null,
    stages: voidedFrom(application, (stage) => stage.stage === disputed && stage.round === round),
  }))
  return findApplication(state, id)?.procedure === 'onboarding'
    ? {
        ...reopened,
        status: 'candidate',
        handOver: null,
        onPostSince: null,
        reviewDueOn: null,
        reviewCallAt: null,
        training: { ...reopened.training, remindAt: null },
      }
    : { ...reopened, status: 'on-post', exit: null, grade: null }
}

/** The review counts no more: what it brought about is undone, and it is called again. */
const reviewAnnulled = (state: AssistantCase, round: number): AssistantCase => {
  const last = state.applications.at(-1)
  const undone =
    last === undefined || last.reviewRound !== round
      ? state
      : withApplication(state, last.id, (application) => ({
          ...application,
          status: 'withdrawn',
          effectiveAt: null,
          amendBy: null,
          amendmentEnds: null,
          stages: voidedFrom(application, () => true),
        }))
  const reviews = undone.reviews.map((review) =>
    review.round === round && review.stage !== null ? { ...review, stage: voided(review.stage) } : review,
  )
  return {
    ...undone,
    status: 'on-post',
    exit: null,
    grade: null,
    reviews: [...reviews, { round: reviews.length + 1, stage: null }],
  }
}

export const annulled = (state: AssistantCase, { data }: EventOf<'decision-annulled'>): AssistantCase =>
  data.applicationId === null ? reviewAnnulled(state, data.round) : consentAnnulled(state, data.applicationId, data)
