import type { Body, Stage, Track } from './events.ts'
import type { Day, TimeOfDay } from './time.ts'

/** How long a consent may be outstanding, in working days after the stage was opened. */
export interface StageIntervals {
  /** Every so many working days the approvers are reminded, until the stage expires. */
  readonly remindEvery: number
  /** After how many working days who is told, in order of time: the unit's head, then HQ. */
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
}

/** All versions of the policy. */
export interface Policies {
  /** The policy in force on a day. */
  readonly on: (day: Day) => Policy
  /** A version that a case was filed under. */
  readonly version: (version: string) => Policy
}
