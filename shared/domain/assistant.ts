import { type Application, isConcluded } from './application.ts'
import type { Body, EventOf, ExitGround, Particulars, Undeliverable } from './events.ts'
import type { ApplicationId, ApprovalId, AssistantId, EmployeeNo } from './ids.ts'
import type { StageRecord } from './stage.ts'
import type { Figures } from './performance.ts'
import type { Portfolio } from './portfolio.ts'
import type { Grade, Qualifications } from './standard.ts'
import type { Day, Instant } from './time.ts'
import type { Training } from './training.ts'
import type { Violation } from './violation.ts'

export type AssistantStatus = 'candidate' | 'on-post' | 'exiting' | 'transferred' | 'exited' | 'not-appointed'

/** The review of the year (art. 4): called, then open until the centre head decides it. */
export interface Review {
  readonly round: number
  /** Null until the centre head has been asked. */
  readonly stage: StageRecord | null
}

export interface Exit {
  readonly ground: ExitGround
  readonly decidedBy: { readonly body: Body; readonly employeeNo: EmployeeNo }
  readonly decidedOn: Day
  readonly reasons: string
  readonly evidence: string | null
  /** How the clients who were left are handed over; null where there were none. */
  readonly handOver: HandOver | null
}

/** The hand-over of the clients of someone who leaves, or is not appointed after all (art. 9). */
export interface HandOver {
  readonly round: number
  /** Null until the centre head has been asked who takes them. */
  readonly stage: StageRecord | null
}

/** That someone says that a decision in their name was not theirs. The case stands still until it is settled. */
export interface Dispute extends Pick<StageRecord, 'applicationId' | 'round'> {
  /** The approval by which the disputed decision was made. */
  readonly approvalId: ApprovalId
  /** The stage that was decided. */
  readonly disputed: StageRecord['stage']
  readonly disputedBy: EmployeeNo
  readonly at: Instant
  readonly reason: string | null
  readonly effect: EventOf<'decision-disputed'>['data']['effect']
  /** How HQ settles it; null until its approvers are asked. */
  readonly stage: StageRecord | null
}

/** A mail about the case that did not reach its reader. */
export interface Undelivered extends Undeliverable {
  readonly at: Instant
}

/** One person's post, from the application that asks for it to its end. */
export interface AssistantCase {
  readonly id: AssistantId
  /** Number of the last event. */
  readonly version: number
  /** Hash of the last event. */
  readonly hash: string
  /** When the last event was recorded. */
  readonly changedAt: Instant
  readonly status: AssistantStatus
  readonly particulars: Particulars
  /** In the order of filing; only the last can be in progress. */
  readonly applications: readonly Application[]
  readonly onPostSince: Day | null
  readonly reviewDueOn: Day | null
  /** When the centre head is asked for the review. */
  readonly reviewCallAt: Instant | null
  readonly reviews: readonly Review[]
  readonly exit: Exit | null
  /**
   * That of a candidate who is not appointed, and has clients because a consent counted once; null where there is none. That
   * of someone who leaves the post stands with the exit.
   */
  readonly handOver: HandOver | null
  /** In the order in which decisions were disputed; only the last can be open. */
  readonly disputes: readonly Dispute[]
  readonly undelivered: readonly Undelivered[]
  readonly training: Training
  readonly portfolio: Portfolio
  /** What the assistant achieved, by period (art. 8). */
  readonly performance: Readonly<Record<string, Figures>>
  /** In the order of being reported. */
  readonly violations: readonly Violation[]
  /** Null until HR has stated them. */
  readonly qualifications: Qualifications | null
  /** As a relationship manager, once transferred, as far as the facts tell. */
  readonly grade: Grade | null
  /** How many hand-overs have begun, by an exit or without: numbers the next one. */
  readonly exitsBegun: number
  /** How many approvals have been asked in all: numbers the next one. */
  readonly approvalCount: number
}

/** The particulars after an amendment; what it leaves out stays as it was. */
export const amendedParticulars = (
  particulars: Particulars,
  changes: EventOf<'application-amended'>['data']['changes'],
): Particulars => ({
  ...particulars,
  ...(Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Particulars>),
})

export const findApplication = (state: AssistantCase, id: ApplicationId): Application | null =>
  state.applications.find((application) => application.id === id) ?? null

/** The application that is still in progress: open, returned, or approved and about to take effect. */
export const liveApplication = (state: AssistantCase): Application | null => {
  const last = state.applications.at(-1)
  return last === undefined || isConcluded(last) ? null : last
}

/** The review that has been called and not yet decided. */
export const liveReview = (state: AssistantCase): Review | null => {
  const last = state.reviews.at(-1)
  return last !== undefined && (last.stage === null || last.stage.status === 'open') ? last : null
}

/** The dispute that is not settled yet: while there is one, the case is frozen. */
export const liveDispute = (state: AssistantCase): Dispute | null => {
  const last = state.disputes.at(-1)
  return last !== undefined && (last.stage === null || last.stage.status === 'open') ? last : null
}

/** The hand-over of whoever has no post any more, be it complete or not. */
export const handOverOf = ({ exit, handOver }: Pick<AssistantCase, 'exit' | 'handOver'>): HandOver | null =>
  exit === null ? handOver : exit.handOver

/** Every stage that anyone was ever asked to decide. */
export const stagesOf = (state: AssistantCase): readonly StageRecord[] => {
  const handOver = handOverOf(state)
  return [
    ...state.applications.flatMap((application) => application.stages),
    ...state.reviews.flatMap((review) => (review.stage === null ? [] : [review.stage])),
    ...(handOver?.stage ? [handOver.stage] : []),
    ...state.disputes.flatMap((dispute) => (dispute.stage === null ? [] : [dispute.stage])),
  ]
}

/** The stage that a dispute has interrupted, or would. */
export const workflowStageOf = (state: AssistantCase): StageRecord | null =>
  stagesOf(state).find(({ status, stage }) => status === 'open' && stage !== 'dispute') ?? null

/** The stage that waits for a decision; a case never has two. What a dispute interrupts waits for its settlement. */
export const openStageOf = (state: AssistantCase): StageRecord | null => {
  const dispute = liveDispute(state)
  return dispute === null ? workflowStageOf(state) : dispute.stage
}

/** The stage in which an approval was asked. */
export const stageOfApproval = (state: AssistantCase, id: ApprovalId): StageRecord | null =>
  stagesOf(state).find((stage) => stage.asked.some((approval) => approval.id === id)) ?? null

/** Whether clients are left of someone who has no post any more (art. 9). */
export const hasClientsLeft = (state: Pick<AssistantCase, 'exit' | 'handOver' | 'portfolio'>): boolean =>
  Boolean(handOverOf(state)) && state.portfolio.length > 0

export const hasEnded = (state: AssistantCase): boolean => {
  switch (state.status) {
    case 'candidate':
    case 'on-post':
    case 'exiting':
      return false
    case 'transferred':
    case 'exited':
      return true
    case 'not-appointed':
      return !hasClientsLeft(state)
  }
}
