import { withPolicy } from './adopting.ts'
import { type Application, withLastStage } from './application.ts'
import { withApplication, withHandOver, withStage } from './changing.ts'
import { annulled, upheld, withDispute, withDisputeOpened } from './evolve-dispute.ts'
import { amendedParticulars, type AssistantCase, findApplication, type HandOver, liveApplication } from './assistant.ts'
import { withYearEvent } from './evolve-year.ts'
import type { ApplicationStage, EventOf, RecordedEvent } from './events.ts'
import type { ApplicationId, EmployeeNo } from './ids.ts'
import { withUndelivered } from './reaching.ts'
import {
  type Attribution,
  decidedStage,
  endedStage,
  escalatedStage,
  openedStage,
  remindedStage,
  type StageRecord,
} from './stage.ts'
import { noTraining } from './training.ts'

const filed = (
  recorded: RecordedEvent,
  data: EventOf<'onboarding-filed'>['data'] | EventOf<'transfer-filed'>['data'],
  own: Pick<Application, 'procedure' | 'purpose' | 'early' | 'grounds' | 'reviewRound'>,
): Application => ({
  id: data.applicationId,
  status: 'open',
  stage: 'branch',
  round: 1,
  filedBy: data.filedBy,
  filedAt: recorded.at,
  policyVersion: recorded.policyVersion,
  note: data.note,
  stages: [],
  amendBy: null,
  amendmentEnds: null,
  effectiveAt: null,
  ...own,
})

const begun = (recorded: RecordedEvent & EventOf<'onboarding-filed'>): AssistantCase => ({
  id: recorded.data.assistantId,
  version: recorded.seq,
  hash: recorded.hash,
  changedAt: recorded.at,
  status: 'candidate',
  particulars: recorded.data.particulars,
  applications: [
    filed(recorded, recorded.data, {
      procedure: 'onboarding',
      purpose: recorded.data.purpose,
      early: false,
      grounds: null,
      reviewRound: null,
    }),
  ],
  onPostSince: null,
  reviewDueOn: null,
  reviewCallAt: null,
  reviews: [],
  exit: null,
  handOver: null,
  disputes: [],
  undelivered: [],
  training: noTraining,
  portfolio: [],
  performance: {},
  violations: [],
  qualifications: null,
  grade: null,
  exitsBegun: 0,
  approvalCount: 0,
})

/** The case with the approvals of an event counted: the next one's number follows. */
const counted = (
  state: AssistantCase,
  { data }: EventOf<'stage-opened' | 'stage-reminded' | 'stage-escalated' | 'approvers-added'>,
): AssistantCase => ({ ...state, approvalCount: state.approvalCount + data.asked.length })

const withOpened = (state: AssistantCase, event: EventOf<'stage-opened'>, opened: StageRecord): AssistantCase => {
  const { applicationId, stage, round } = event.data
  if (stage === 'dispute') return withDisputeOpened(counted(state, event), opened)
  if (stage === 'hand-over') return withHandOver(counted(state, event), () => opened)
  return applicationId === null
    ? {
        ...counted(state, event),
        reviews: state.reviews.map((review) => (review.round === round ? { ...review, stage: opened } : review)),
      }
    : withApplication(counted(state, event), applicationId, (application) => ({
        ...application,
        stages: [...application.stages, opened],
      }))
}

/** HQ can have been asked before, where the branch's consent was annulled since. */
const nextRound = ({ stages }: Application, next: ApplicationStage): number =>
  stages.filter(({ stage }) => stage === next).length + 1

const withDecision = (
  state: AssistantCase,
  event: EventOf<'stage-decided'>,
  attribution: Attribution,
): AssistantCase => {
  const { applicationId, decision, amendBy, amendmentEnds } = event.data
  const decided = withStage(state, event.data, (stage) => decidedStage(stage, event, attribution))
  if (applicationId === null || event.data.stage === 'dispute') return decided
  const isLastConsent = event.data.stage === 'hq'
  switch (decision) {
    case 'approve':
      return withApplication(decided, applicationId, (application) =>
        isLastConsent
          ? { ...application, status: 'approved' }
          : { ...application, stage: 'hq', round: nextRound(application, 'hq') },
      )
    case 'return':
      return withApplication(decided, applicationId, (application) => ({
        ...application,
        status: 'returned',
        amendBy,
        amendmentEnds,
      }))
    case 'reject':
      return failed(
        withApplication(decided, applicationId, (application) => ({ ...application, status: 'rejected' })),
        applicationId,
      )
    case 'qualified':
    case 'below-standard':
    case 'uphold':
    case 'annul':
      return decided
  }
}

/**
 * A candidate whose application fails is not appointed; a refused transfer leaves the assistant on the post. Clients of a
 * consent that has been annulled since are handed over as those of someone who leaves (art. 9).
 */
const failed = (state: AssistantCase, applicationId: ApplicationId): AssistantCase => {
  if (findApplication(state, applicationId)?.procedure !== 'onboarding') return state
  if (state.portfolio.length === 0) return { ...state, status: 'not-appointed' }
  const round = state.exitsBegun + 1
  return { ...state, status: 'not-appointed', exitsBegun: round, handOver: { round, stage: null } }
}

const ended = (state: AssistantCase, applicationId: ApplicationId, status: 'withdrawn' | 'expired'): AssistantCase =>
  failed(
    withApplication(state, applicationId, (application) => ({
      ...application,
      status,
      amendBy: null,
      amendmentEnds: null,
      stages: withLastStage(application, (stage) => endedStage(stage, status)),
    })),
    applicationId,
  )

const amended = (state: AssistantCase, { data }: EventOf<'application-amended'>): AssistantCase => ({
  ...withApplication(state, data.applicationId, (application) => ({
    ...application,
    status: 'open',
    stage: data.stage,
    round: data.round,
    amendBy: null,
    amendmentEnds: null,
    purpose: data.purpose ?? application.purpose,
    grounds: data.grounds ?? application.grounds,
    note: data.note ?? application.note,
  })),
  particulars: amendedParticulars(state.particulars, data.changes),
})

/** The newest review, as the stages of events name it. */
const review = { applicationId: null, stage: 'centre-review' } as const
const handingOver = { applicationId: null, stage: 'hand-over' } as const

/** Whatever was under way ends with the post. */
const leaving = (
  state: AssistantCase,
  { data }: EventOf<'assistant-exited' | 'exit-begun'>,
  end: Pick<AssistantCase, 'status' | 'exitsBegun'> & { readonly handOver: HandOver | null },
): AssistantCase => {
  const live = liveApplication(state)
  const closed = withStage(live === null ? state : ended(state, live.id, 'withdrawn'), review, (stage) =>
    endedStage(stage, 'closed'),
  )
  const { ground, body, employeeNo, decidedOn, reasons, evidence } = data
  const { status, exitsBegun, handOver } = end
  return {
    ...closed,
    status,
    exitsBegun,
    exit: { ground, decidedBy: { body, employeeNo }, decidedOn, reasons, evidence, handOver },
  }
}

const changed = (state: AssistantCase, recorded: RecordedEvent): AssistantCase => {
  switch (recorded.type) {
    case 'onboarding-filed':
      throw new Error(`Event ${recorded.seq} begins a case that has begun.`)
    case 'transfer-filed': {
      const { early, grounds, reviewRound } = recorded.data
      const application = filed(recorded, recorded.data, {
        procedure: 'transfer',
        purpose: null,
        early,
        grounds,
        reviewRound,
      })
      return { ...state, applications: [...state.applications, application] }
    }
    case 'stage-opened':
      return withOpened(state, recorded, openedStage(recorded, recorded.at))
    case 'stage-reminded':
      return withStage(counted(state, recorded), recorded.data, (stage) => remindedStage(stage, recorded))
    case 'stage-escalated':
      return withStage(counted(state, recorded), recorded.data, (stage) => escalatedStage(stage, recorded))
    case 'approvers-added':
      return withStage(counted(state, recorded), recorded.data, (stage) => ({
        ...stage,
        asked: [...stage.asked, ...recorded.data.asked],
      }))
    case 'mail-undeliverable':
      return withUndelivered(state, { ...recorded.data, at: recorded.at })
    case 'stage-decided':
      return withDecision(state, recorded, { ...recorded, by: recorded.by as EmployeeNo })
    case 'application-withdrawn':
      return ended(state, recorded.data.applicationId, 'withdrawn')
    case 'application-amended':
      return amended(state, recorded)
    case 'application-expired':
      return ended(state, recorded.data.applicationId, 'expired')
    case 'onboarding-took-effect': {
      const { applicationId, effectiveAt, onPostSince, reviewDueOn, reviewCallAt, remindAt } = recorded.data
      return {
        ...withApplication(state, applicationId, (application) => ({ ...application, effectiveAt })),
        status: 'on-post',
        onPostSince,
        reviewDueOn,
        reviewCallAt,
        training: { ...state.training, remindAt },
      }
    }
    case 'transfer-took-effect': {
      const { applicationId, effectiveAt, grade } = recorded.data
      return {
        ...withApplication(state, applicationId, (application) => ({ ...application, effectiveAt })),
        status: 'transferred',
        grade,
      }
    }
    case 'review-called':
      return { ...state, reviews: [...state.reviews, { round: recorded.data.round, stage: null }] }
    case 'decision-disputed':
      return withDispute(state, recorded.data, { by: recorded.by as EmployeeNo, at: recorded.at })
    case 'decision-upheld':
      return upheld(state, recorded)
    case 'decision-annulled':
      return annulled(state, recorded)
    case 'policy-adopted':
      return withPolicy(state, recorded)
    case 'mentor-named':
    case 'training-plan-set':
    case 'assessment-recorded':
    case 'attendance-recorded':
    case 'training-reminded':
    case 'clients-assigned':
    case 'clients-received':
    case 'clients-released':
    case 'clients-handed-over':
    case 'violation-recorded':
    case 'performance-recorded':
    case 'qualifications-recorded':
      return withYearEvent(state, recorded)
    case 'assistant-exited':
      return leaving(state, recorded, { status: 'exited', exitsBegun: state.exitsBegun, handOver: null })
    case 'exit-begun': {
      const { round } = recorded.data
      return leaving(state, recorded, { status: 'exiting', exitsBegun: round, handOver: { round, stage: null } })
    }
    case 'exit-completed':
      return { ...withStage(state, handingOver, (stage) => endedStage(stage, 'completed')), status: 'exited' }
  }
}

/** The case after one more event; `null` stands for the case before its first. */
export const evolve = (state: AssistantCase | null, recorded: RecordedEvent): AssistantCase => {
  if (state === null) {
    if (recorded.type !== 'onboarding-filed') throw new Error(`A case can't begin with ${recorded.type}.`)
    return begun(recorded)
  }
  return { ...changed(state, recorded), version: recorded.seq, hash: recorded.hash, changedAt: recorded.at }
}
