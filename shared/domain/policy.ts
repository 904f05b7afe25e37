import type { Body, Stage, Track } from './events.ts'
import type { Education } from './standard.ts'
import type { Day, TimeOfDay } from './time.ts'

/** How long a consent may be outstanding, in working days after the stage was opened. */
export interface StageIntervals {
  /** Every so many working days the approvers are reminded, until the stage expires. */
  readonly remindEvery: number
  /** After how many working days who is told, in order of time: the centre's head, then HQ. */
  readonly escalate: readonly { readonly after: number; readonly to: Body }[]
  /** The last day on which the stage can be decided; it expires when that day ends. */
  readonly expireAfter: number
}

/** The review's times (art. 4). */
export interface ReviewIntervals {
  /** Days before the anniversary at which the centre head is asked. */
  readonly askBefore: number
  /** Days before the anniversary at which the centre head is reminded. */
  readonly remindBefore: readonly number[]
  /** Working days between one escalation of an overdue review and the next. */
  readonly escalateEvery: number
}

/** How a decision is disputed by the one in whose name it was made. */
export interface DisputeIntervals {
  /** Hours after the decision within which it can be disputed. */
  readonly within: number
  /** Working days in which HQ is to settle it; after them HQ is told again and again, it never lapses. */
  readonly settleWithin: number
}

/** How the training is followed up (art. 5), in working days where nothing else is said. */
export interface TrainingIntervals {
  /** After taking effect, when the centre head is reminded of a plan or a mentor that is missing. */
  readonly remindAfter: number
  /** Between one reminder and the next, of what is missing or overdue. */
  readonly remindEvery: number
  /** After taking effect, when the branch is told of what is missing as well. */
  readonly escalateAfter: number
  /** Days before an item is due at which mentor and assistant are reminded. */
  readonly remindBefore: number
}

/** How the clients of someone who leaves the post are handed over (art. 9), in working days. */
export interface HandOverIntervals {
  /** In which every client is to have someone; after them the branch is told, then HQ. */
  readonly within: number
  readonly remindEvery: number
  readonly escalateEvery: number
}

/** What a relationship manager has to bring. */
export interface Standard {
  /** Either of the two suffices. */
  readonly yearsInFinance: number
  readonly yearsInBank: number
  readonly education: Education
  /** Years after a sanction was lifted in which nobody is admitted. */
  readonly sanctionFreeYears: number
  /** Average daily deposits, in yuan, that stand in for the examination. */
  readonly averageDailyDeposits: number
}

/** The rules as they stand from a day on. A running case keeps the version that it was filed under. */
export interface Policy {
  readonly version: string
  readonly from: Day
  /** Whether a decision needs a code mailed to the approver's registered address. */
  readonly stepUp: 'none' | 'mail-code'
  /** Where an authenticated reply from that address stands in for the code. */
  readonly replySuffices: Readonly<Record<Stage, boolean>>
  /** Office hours of a working day, in the bank's time zone: reminders are mailed within them. */
  readonly officeOpens: TimeOfDay
  readonly officeCloses: TimeOfDay
  readonly stages: { readonly branch: StageIntervals; readonly hq: StageIntervals }
  /** Working days for the amendment of a returned application, after which it expires. */
  readonly amendWithin: number
  readonly review: ReviewIntervals
  readonly dispute: DisputeIntervals
  /** The most clients whom an assistant may serve (art. 6). */
  readonly clientCaps: Readonly<Record<Track, number>>
  /** The part of the cap at which the centre head is warned. */
  readonly clientWarning: number
  readonly training: TrainingIntervals
  readonly handOver: HandOverIntervals
  readonly standard: Standard
  /** Years after the end of a case for which mails are kept as they were sent. The trail of events stays. */
  readonly retention: { readonly mailYears: number }
}

/** All versions of the policy. */
export interface Policies {
  /** The policy in force on a day. */
  readonly on: (day: Day) => Policy
  /** A version that a case was filed under. */
  readonly version: (version: string) => Policy
  /** All versions, oldest first. */
  readonly all: readonly Policy[]
}
