import type { Channel } from './events.ts'
import type { ApprovalId, AssistantId, EmployeeNo } from './ids.ts'
import type { RefusalCode } from './refusal.ts'

/** Why a mail of somebody who was not asked decided nothing. */
export type ReasonForStranger =
  /** It went to no address of a request, or to one that is worth nothing. */
  | 'not-addressed'
  /** Its address is that of a request to somebody else. */
  | 'not-asked'

/** Why a mail decided nothing that came to the address of a request, and is answered to whoever was asked. */
export type ReasonForApprover =
  /** Who wrote it is not known for sure. */
  | 'not-authentic'
  | 'no-answer'
  | 'several-answers'
  /** The stage is decided on its page alone. */
  | 'page-only'
  /** The stage ended without a decision. */
  | 'withdrawn'
  | 'expired'
  | 'closed'
  /** Somebody else is asked by now. */
  | 'reassigned'
  | 'too-many-codes'
  | 'calendar-not-published'
  | RefusalCode

interface Answering {
  readonly kind: 'send-answer'
  readonly id: string
  /** The id of the mail that it answers, in angle brackets; null where that is not to be named. */
  readonly inReplyTo: string | null
}

/** To tell the approver, at the registered address, why a mail decided nothing. */
export interface AnswerToApprover extends Answering {
  readonly assistantId: AssistantId
  readonly approvalId: ApprovalId
  readonly to: EmployeeNo
  readonly reason: ReasonForApprover
  /** Says why, in the approver's language: as things stood when the mail was considered, whenever the answer goes out. */
  readonly sentence: string
  /** By which way it was decided, where it had been before. */
  readonly channel: Channel | null
}

/** To tell whoever wrote a mail why it decided nothing, and nothing of any case. */
export interface AnswerToStranger extends Answering {
  readonly assistantId: null
  readonly to: { readonly address: string }
  readonly reason: ReasonForStranger
}

/** To answer, once, a mail that decided nothing. */
export type SendAnswer = AnswerToApprover | AnswerToStranger
