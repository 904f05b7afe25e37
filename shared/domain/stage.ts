import type { Approval, Decision, Dossier, EventOf, Stage, Step } from './events.ts'
import type { ApplicationId, EmployeeNo } from './ids.ts'
import type { Channel } from './events.ts'
import type { Day, Instant } from './time.ts'

export type StageStatus =
  | 'open'
  | 'approved'
  | 'rejected'
  | 'returned'
  | 'qualified'
  | 'below-standard'
  | 'withdrawn'
  | 'expired'
  | 'closed'
  | 'completed'
  | 'upheld'
  | 'annulled'

/** One round of one stage, from the moment at which its approvers were asked. */
export interface StageRecord {
  /** Null for the review and the hand-over, which belong to no application. */
  readonly applicationId: ApplicationId | null
  readonly stage: Stage
  /** Counted from 1; an amendment opens the next. */
  readonly round: number
  readonly status: StageStatus
  readonly openedAt: Instant
  readonly dueOn: Day
  readonly asked: readonly Approval[]
  /** What those asked decide on, as it stood when the stage was opened. */
  readonly dossier: Dossier
  /** Those asked whom a mail did not reach. */
  readonly unreachable: readonly EmployeeNo[]
  /** Those who were told that it waits, without being asked. */
  readonly told: readonly EmployeeNo[]
  /** What is still to happen by itself while the stage is open, in order of time. */
  readonly timetable: readonly Step[]
  readonly decision: Decision | null
  readonly decidedBy: EmployeeNo | null
  readonly onBehalfOf: EmployeeNo | null
  readonly decidedAt: Instant | null
  readonly channel: Channel | null
  readonly reason: string | null
}

/** What may be answered where, in the order in which it is offered. */
export const decisionsOf: Readonly<Record<Stage, readonly Decision[]>> = {
  branch: ['approve', 'reject', 'return'],
  hq: ['approve', 'reject', 'return'],
  'centre-review': ['qualified', 'below-standard'],
  // Nothing is decided: naming someone for every client ends it.
  'hand-over': [],
  dispute: ['uphold', 'annul'],
}

/** The answers that must be explained to those whom they concern. */
export const needsReason: Readonly<Record<Decision, boolean>> = {
  approve: false,
  reject: true,
  return: true,
  qualified: false,
  'below-standard': true,
  uphold: false,
  annul: true,
}

const statusAfter: Readonly<Record<Decision, StageStatus>> = {
  approve: 'approved',
  reject: 'rejected',
  return: 'returned',
  qualified: 'qualified',
  'below-standard': 'below-standard',
  uphold: 'upheld',
  annul: 'annulled',
}

export const openedStage = ({ data }: EventOf<'stage-opened'>, at: Instant): StageRecord => ({
  ...data,
  status: 'open',
  openedAt: at,
  told: [],
  unreachable: [],
  decision: null,
  decidedBy: null,
  onBehalfOf: null,
  decidedAt: null,
  channel: null,
  reason: null,
})

/** The stage after the first step of its timetable was done. */
export const remindedStage = (stage: StageRecord, { data }: EventOf<'stage-reminded'>): StageRecord => ({
  ...stage,
  asked: [...stage.asked, ...data.asked],
  timetable: stage.timetable.slice(1),
})

/** The stage after an escalation; one out of turn leaves its timetable as it is. */
export const escalatedStage = (stage: StageRecord, { data }: EventOf<'stage-escalated'>): StageRecord => {
  const { asked, told, atOnce, next } = data
  return {
    ...stage,
    asked: [...stage.asked, ...asked],
    told: [...new Set([...stage.told, ...told])],
    timetable: atOnce ? stage.timetable : [...stage.timetable.slice(1), ...(next === null ? [] : [next])],
  }
}

/** Who decided, when and by which way. */
export interface Attribution {
  readonly at: Instant
  readonly by: EmployeeNo
  readonly onBehalfOf: EmployeeNo | null
  readonly channel: Channel
}

export const decidedStage = (
  stage: StageRecord,
  { data }: EventOf<'stage-decided'>,
  { at, by, onBehalfOf, channel }: Attribution,
): StageRecord => ({
  ...stage,
  status: statusAfter[data.decision],
  timetable: [],
  decision: data.decision,
  decidedBy: by,
  onBehalfOf,
  decidedAt: at,
  channel,
  reason: data.reason,
})

/** Whether what was decided counts no more. A dispute that ended so is what made it so. */
export const isAnnulled = ({ stage, status }: StageRecord): boolean => stage !== 'dispute' && status === 'annulled'

/** The stage after it ended without a decision. */
export const endedStage = (stage: StageRecord, status: 'withdrawn' | 'expired' | 'closed' | 'completed'): StageRecord =>
  stage.status === 'open' ? { ...stage, status, timetable: [] } : stage
