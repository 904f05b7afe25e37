import type { Decision, Stage } from './events.ts'
import type { ApplicationId, ApprovalId, AssistantId, EmployeeNo } from './ids.ts'
import type { NextStep } from './next-step.ts'
import type { SendAnswer } from './send-answer.ts'
import type { Day, Instant } from './time.ts'

/** What a mail tells or asks. */
export type Notice =
  | 'decision-request'
  | 'escalation'
  | 'returned'
  | 'rejected'
  | 'withdrawn'
  | 'expired'
  | 'took-effect'
  | 'exited'
  | 'receipt'
  | 'decided'
  | 'disputed'
  | 'upheld'
  | 'annulled'
  | 'hand-over-request'
  | 'exit-begun'
  | 'training-missing'
  | 'training-due'
  | 'near-cap'

/**
 * How a stage ended that was not approved, or that another execution has gone on from; the workflow has an error for
 * each.
 */
export type Setback =
  | 'rejected'
  | 'returned'
  | 'withdrawn'
  | 'expired'
  | 'belowStandard'
  | 'exited'
  | 'superseded'
  | 'disputed'

/** One round of one stage. */
export interface StageRef {
  readonly applicationId: ApplicationId | null
  readonly stage: Stage
  readonly round: number
}

/** To mail one notice to one person. */
export interface SendMail {
  readonly kind: 'send-mail'
  readonly id: string
  readonly assistantId: AssistantId
  readonly notice: Notice
  /** The assistant is mailed at the address that HR filed, everyone else at that of their record. */
  readonly to: EmployeeNo | 'assistant'
  readonly applicationId: ApplicationId | null
  /** The approval that the mail is about: one that it asks for, or that was decided. */
  readonly approvalId: ApprovalId | null
}

/** To make the workflow go on from where the record stands. Done when the record shows that it did. */
export interface ResumeWorkflow {
  readonly kind: 'resume-workflow'
  readonly id: string
  readonly assistantId: AssistantId
  /** The stage whose task waits for an answer; null where an execution is to be started. */
  readonly ended: StageRef | null
  /** The error that answers it, or null where it succeeded. */
  readonly setback: Setback | null
  /** What the workflow comes to next; null after a setback. */
  readonly next: NextStep | null
}

/** To mail a code by which someone shows to be who they say; worth nothing once it is no longer valid. */
export interface SendCode {
  readonly kind: 'send-code'
  readonly id: string
  /** The case that it is about; null where the code is for no case. */
  readonly assistantId: AssistantId | null
  readonly to: EmployeeNo
  /** What the code is good for: the approval of that id, or `absence-` and the number of whoever will be away. */
  readonly subject: string
  /** Which of the subject's codes it is. */
  readonly issue: number
  /** What was answered by mail and waits for the code; null where nothing was. */
  readonly answer: { readonly decision: Decision; readonly reason: string | null } | null
  readonly validUntil: Instant
}

/** To remind someone of all that waits on them, whatever case gave the occasion: one mail a working day. */
export interface SendDigest {
  readonly kind: 'send-digest'
  readonly id: string
  readonly assistantId: AssistantId
  readonly to: EmployeeNo
  /** When it was escalated to them; null where they were asked, and have had a mail of it. */
  readonly escalatedAt: Instant | null
}

/** To publish the events of the case that are not published yet, up to the last one of a commit. */
export interface PublishEvents {
  readonly kind: 'publish-events'
  readonly id: string
  readonly assistantId: AssistantId
  /** Number of the commit's last event that the outside hears of. */
  readonly upTo: number
}

/** To keep the head of the case's chain of events outside the table, once a day on which it grew. */
export interface AnchorHead {
  readonly kind: 'anchor-head'
  readonly id: string
  readonly assistantId: AssistantId
  /** The day on which it grew. */
  readonly day: Day
  /** When that day is over. */
  readonly dueAt: Instant
}

/** To reduce what is kept of an ended case to what the audit must keep, once its time is over. */
export interface ReduceCase {
  readonly kind: 'reduce-case'
  readonly id: string
  readonly assistantId: AssistantId
  /** Number of the event with which it ended. */
  readonly endedWith: number
  readonly dueAt: Instant
}

/** What is done by a mail, which can come back. */
export type MailDuty = SendMail | SendCode | SendDigest | SendAnswer

/** Something to be done outside the record because of what was recorded (the outbox). */
export type Duty = MailDuty | ResumeWorkflow | PublishEvents | AnchorHead | ReduceCase
