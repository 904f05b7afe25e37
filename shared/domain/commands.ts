import type { Beginning } from './next-step.ts'
import type { Body, Decision, EventOf, ExitGround, Particulars, StepUp, Undeliverable } from './events.ts'
import type { ApplicationId, ApprovalId, AssistantId, ClientId, EmployeeNo } from './ids.ts'
import type { Figures, Period } from './performance.ts'
import type { Qualifications } from './standard.ts'
import type { Day } from './time.ts'
import type { Assessment, AttendanceKind, PlanItem } from './training.ts'
import type { Violation } from './violation.ts'

/** HR asks for someone to take up the post (art. 2, 3, 7, 8). */
export interface FileOnboarding {
  readonly type: 'file-onboarding'
  readonly assistantId: AssistantId
  readonly particulars: Particulars
  readonly purpose: string
  readonly filedBy: EmployeeNo
  readonly note: string | null
}

/** HR asks for an assistant's early transfer (art. 4, 7); the ordinary one comes out of the review. */
export interface FileTransfer {
  readonly type: 'file-transfer'
  readonly early: boolean
  readonly grounds: string | null
  readonly filedBy: EmployeeNo
  readonly note: string | null
}

/** The workflow has reached a stage: its approvers are asked. */
export interface OpenStage {
  readonly type: 'open-stage'
  readonly applicationId: ApplicationId | null
  readonly begin: Exclude<Beginning, 'effect'>
  readonly round: number
}

/** An approver answers. */
export interface DecideStage {
  readonly type: 'decide-stage'
  readonly approvalId: ApprovalId
  readonly decision: Decision
  readonly reason: string | null
  /** By what the approver has shown to be the one who was asked. */
  readonly stepUp: StepUp
  /** Hash of the dossier that the approver was shown, where the answer says which it was. */
  readonly dossierHash?: string
}

/** Someone in whose name it was decided says that the decision was not theirs. */
export interface DisputeDecision {
  readonly type: 'dispute-decision'
  /** The approval by which it was made. */
  readonly approvalId: ApprovalId
  readonly reason: string | null
}

export interface Withdraw {
  readonly type: 'withdraw'
  readonly applicationId: ApplicationId
  readonly reason: string
}

/** What an amendment may change: everything but who it is about and where. */
export interface Changes {
  readonly particulars: EventOf<'application-amended'>['data']['changes']
  readonly purpose: string | null
  readonly grounds: string | null
}

export interface Amend {
  readonly type: 'amend'
  readonly applicationId: ApplicationId
  readonly changes: Changes
  readonly note: string | null
}

/** The workflow has both consents: what was applied for takes effect (art. 7). */
export interface TakeEffect {
  readonly type: 'take-effect'
  readonly applicationId: ApplicationId
}

/** A time has come at which something happens by itself. */
export interface PassTime {
  readonly type: 'pass-time'
}

/** What is open is to stand under the policy in force today. */
export interface AdoptPolicy {
  readonly type: 'adopt-policy'
}

/** Someone who was asked is away, or is there no longer: whoever can answer is asked now. */
export interface ReassessStage {
  readonly type: 'reassess-stage'
}

/** A mail did not reach its reader. */
export interface ReportUndeliverable {
  readonly type: 'report-undeliverable'
  readonly undeliverable: Undeliverable
}

/** The centre head makes someone responsible for the training (art. 5). */
export interface NameMentor {
  readonly type: 'name-mentor'
  readonly mentor: EmployeeNo
}

/** Branch and centre make the training plan, or revise it (art. 5). What an item lacks is null. */
export interface SetTrainingPlan {
  readonly type: 'set-training-plan'
  readonly items: readonly (Omit<PlanItem, 'dueOn' | 'assessment'> & {
    readonly dueOn: Day | null
    readonly assessment: PlanItem['assessment'] | null
  })[]
}

/** Someone has assessed the assistant in an item of the plan (art. 5). */
export interface RecordAssessment extends Readonly<Omit<Assessment, 'attempt'>> {
  readonly type: 'record-assessment'
}

/** The assistant took part in something (art. 5). */
export interface RecordAttendance {
  readonly type: 'record-attendance'
  readonly kind: AttendanceKind
  readonly on: Day
  readonly title: string
  readonly minutes: number | null
}

/** The assistant is to serve clients (art. 6). */
export interface AssignClients {
  readonly type: 'assign-clients'
  readonly clientIds: readonly ClientId[]
  readonly mode: 'all-or-nothing' | 'each'
}

/** Whoever the case is of serves clients no more. */
export interface ReleaseClients {
  readonly type: 'release-clients'
  readonly clientIds: readonly ClientId[]
  /** As what they are given up: whoever has transferred keeps the clients of their time as an assistant. */
  readonly servedAs: 'assistant' | 'relationship-manager'
}

/** Clients get a colleague as the person responsible (art. 9). */
export interface HandOverClients {
  readonly type: 'hand-over-clients'
  readonly clientIds: readonly ClientId[]
  readonly to: EmployeeNo
  /** The approval by which whoever was asked names the taker; null where HR's system does. */
  readonly approvalId: ApprovalId | null
}

/** Clients come from a colleague. */
export interface ReceiveClients {
  readonly type: 'receive-clients'
  readonly clientIds: readonly ClientId[]
  readonly from: EmployeeNo
}

/** HR states what the assistant achieved in a period (art. 8). */
export interface RecordPerformance {
  readonly type: 'record-performance'
  readonly period: Period
  readonly figures: Figures
}

/** The risk department or HR reports a violation (art. 9). */
export interface RecordViolation {
  readonly type: 'record-violation'
  readonly violation: Violation
}

/** HR states what it knows for the relationship-manager standard. */
export interface RecordQualifications {
  readonly type: 'record-qualifications'
  readonly qualifications: Qualifications
}

/** HR reports that the assistant leaves the post (art. 9). */
export interface ExitPost {
  readonly type: 'exit-post'
  readonly ground: ExitGround
  readonly decidedBy: { readonly body: Body; readonly employeeNo: EmployeeNo }
  readonly decidedOn: Day
  readonly reasons: string
  readonly evidence: string | null
}

export type Command =
  | FileOnboarding
  | FileTransfer
  | OpenStage
  | DecideStage
  | DisputeDecision
  | Withdraw
  | Amend
  | TakeEffect
  | PassTime
  | AdoptPolicy
  | ReassessStage
  | ReportUndeliverable
  | NameMentor
  | SetTrainingPlan
  | RecordAssessment
  | RecordAttendance
  | AssignClients
  | ReleaseClients
  | HandOverClients
  | ReceiveClients
  | RecordPerformance
  | RecordViolation
  | RecordQualifications
  | ExitPost
