import type { ApplicationStage, Procedure } from './events.ts'
import type { ApplicationId, EmployeeNo } from './ids.ts'
import type { StageRecord } from './stage.ts'
import type { Day, Instant } from './time.ts'

export type ApplicationStatus = 'open' | 'returned' | 'approved' | 'rejected' | 'withdrawn' | 'expired'

/** A request for onboarding or transfer, from its filing to its outcome (art. 7). */
export interface Application {
  readonly id: ApplicationId
  readonly procedure: Procedure
  readonly status: ApplicationStatus
  /** Where it is, or was when it ended. */
  readonly stage: ApplicationStage
  /** Of that stage; it runs from the filing or the amendment, before the approvers are asked. */
  readonly round: number
  readonly filedBy: EmployeeNo
  readonly filedAt: Instant
  readonly policyVersion: string
  /** The aim of the post (art. 2); null for a transfer. */
  readonly purpose: string | null
  readonly note: string | null
  readonly early: boolean
  /** The grounds of excellence of an early transfer (art. 4). */
  readonly grounds: string | null
  /** The review that it came out of, if any. */
  readonly reviewRound: number | null
  readonly stages: readonly StageRecord[]
  /** While returned: the last day for the amendment, and the moment at which that day has ended. */
  readonly amendBy: Day | null
  readonly amendmentEnds: Instant | null
  readonly effectiveAt: Instant | null
}

/** Whether nothing more can happen to it. An approved application is in progress until it has taken effect. */
export const isConcluded = ({ status, effectiveAt }: Application): boolean => {
  switch (status) {
    case 'open':
    case 'returned':
      return false
    case 'approved':
      return effectiveAt !== null
    case 'rejected':
    case 'withdrawn':
    case 'expired':
      return true
  }
}

/** The application with its newest stage, which must exist, changed. */
export const withLastStage = (
  application: Application,
  change: (stage: StageRecord) => StageRecord,
): readonly StageRecord[] =>
  application.stages.map((stage, index) => (index === application.stages.length - 1 ? change(stage) : stage))
