import type { Application } from './application.ts'
import { type AssistantCase, liveApplication, liveReview, openStageOf } from './assistant.ts'
import { withApplication, withStage } from './changing.ts'
import { type Context, today } from './context.ts'
import type { DomainEvent, EventOf, Step } from './events.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { StageRecord } from './stage.ts'
import { type Day, dayOf, type Instant } from './time.ts'
import {
  amendmentTime,
  type Clockwork,
  endOf,
  nextReviewEscalation,
  reviewCallTime,
  reviewTimetable,
  stageTimetable,
} from './timetable.ts'

type Adopted = EventOf<'policy-adopted'>['data']

/** By what times are counted anew, and when. */
type Present = Clockwork & Pick<Context, 'now'>

/** From where a time is counted that began at a moment: a dispute that was upheld since gave it anew. */
const countedFrom = ({ disputes }: AssistantCase, began: Instant): Instant => {
  const settled = disputes.at(-1)?.stage
  return settled?.status === 'upheld' && settled.decidedAt !== null && settled.decidedAt > began
    ? settled.decidedAt
    : began
}

/** Whether the time for what is open is over, be its expiry on record or not. */
const isOver = (application: Application | null, stage: StageRecord | null, now: Instant): boolean => {
  const end = stage?.timetable.find(({ act }) => act === 'expire')?.at ?? application?.amendmentEnds ?? null
  return end !== null && end <= now
}

/** Nothing is moved into the past: a last day that would lie there becomes today. */
const notBefore = (day: Day, first: Day): Day => (day < first ? first : day)

const movedConsent = (
  state: AssistantCase,
  stage: StageRecord & { stage: 'branch' | 'hq' },
  clockwork: Present,
): Adopted['stage'] => {
  const { dueOn: counted, timetable } = stageTimetable(stage.stage, countedFrom(state, stage.openedAt), clockwork)
  const dueOn = notBefore(counted, dayOf(clockwork.now, clockwork.zone))
  const ahead = timetable.filter(({ act, at }) => act !== 'expire' && at > clockwork.now)
  const expiry: Step = { at: endOf(dueOn, clockwork.zone), act: 'expire', to: stage.stage }
  return { dueOn, timetable: [...ahead, expiry] }
}

const movedReview = (stage: StageRecord, clockwork: Present): Adopted['stage'] => {
  const ahead = reviewTimetable(stage.dueOn, stage.openedAt, clockwork).filter(({ at }) => at > clockwork.now)
  if (ahead.length > 0) return { dueOn: stage.dueOn, timetable: [...ahead] }
  // An overdue review goes up sooner, never later: who asked often enough would put it off for good.
  const counted = nextReviewEscalation(clockwork.now, clockwork)
  const [next = counted] = stage.timetable
  return { dueOn: stage.dueOn, timetable: [next.at < counted.at ? next : counted] }
}

const moved = (state: AssistantCase, stage: StageRecord, clockwork: Present): Adopted['stage'] => {
  switch (stage.stage) {
    case 'branch':
    case 'hq':
      return movedConsent(state, { ...stage, stage: stage.stage }, clockwork)
    case 'centre-review':
      return movedReview(stage, clockwork)
    case 'hand-over':
      return { dueOn: stage.dueOn, timetable: [...stage.timetable] }
    case 'dispute':
      // A frozen case is refused before; a dispute keeps its times.
      return { dueOn: stage.dueOn, timetable: [...stage.timetable] }
  }
}

const movedAmendment = (state: AssistantCase, application: Application, clockwork: Present) => {
  const { zone, now } = clockwork
  const returnedAt = application.stages.at(-1)?.decidedAt
  if (application.status !== 'returned' || !returnedAt) return null
  const counted = amendmentTime(dayOf(countedFrom(state, returnedAt), zone), clockwork)
  const amendBy = notBefore(counted.amendBy, dayOf(now, zone))
  return { amendBy, amendmentEnds: endOf(amendBy, zone) }
}

const isSame = (stage: StageRecord, adopted: Adopted['stage']): boolean =>
  adopted?.dueOn === stage.dueOn && JSON.stringify(adopted.timetable) === JSON.stringify(stage.timetable)

/**
 * Puts what is open of a case under the policy in force today: its deadlines are counted anew from where they began,
 * what has happened stays. A case keeps the policy that it was filed under until somebody asks for this.
 */
export const adoptPolicy = (state: AssistantCase, context: Context): readonly DomainEvent[] | Refusal => {
  const { zone, calendar, now, policies } = context
  const policy = policies.on(today(context))
  const clockwork = { zone, calendar, now, policy }
  const application = liveApplication(state)
  const stage = openStageOf(state)
  if (isOver(application, stage, now)) return refuse('nothing-due')
  const adopted = stage === null ? null : moved(state, stage, clockwork)
  const awaitsCall = state.status === 'on-post' && application === null && liveReview(state) === null
  const callAt =
    awaitsCall && state.reviewDueOn !== null ? reviewCallTime(state.reviewDueOn, clockwork) : state.reviewCallAt
  const amendment = application === null ? null : movedAmendment(state, application, clockwork)
  // What stands under the policy already keeps its times, those that a dispute gave it anew among them.
  const nothingMoves =
    application === null
      ? (stage === null || isSame(stage, adopted)) && callAt === state.reviewCallAt
      : application.policyVersion === policy.version
  if (nothingMoves) return refuse('nothing-due')
  return [
    {
      type: 'policy-adopted',
      data: {
        applicationId: application?.id ?? null,
        version: policy.version,
        stage: adopted,
        amendment,
        reviewCallAt: callAt,
        client: context.origin.client,
      },
    },
  ]
}

/** The case under the policy that it has adopted. */
export const withPolicy = (state: AssistantCase, { data }: EventOf<'policy-adopted'>): AssistantCase => {
  const { applicationId, version, stage: times, amendment, reviewCallAt } = data
  const adopted =
    applicationId === null
      ? state
      : withApplication(state, applicationId, (application) => ({
          ...application,
          policyVersion: version,
          ...amendment,
        }))
  const open = openStageOf(adopted)
  const timed =
    times === null || open === null ? adopted : withStage(adopted, open, (stage) => ({ ...stage, ...times }))
  return { ...timed, reviewCallAt }
}
