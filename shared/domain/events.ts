import * as z from 'zod/mini'
import { ApplicationId, ApprovalId, AssistantId, BranchId, CentreId, EmployeeNo, TeamId } from './ids.ts'
import {
  Actor,
  ApplicationStage,
  Body,
  Channel,
  Decision,
  ExitGround,
  Procedure,
  Source,
  Stage,
  Track,
} from './kinds.ts'
import { Criterion, Grade } from './standard.ts'
import { Day, Instant } from './time.ts'
import { Violation } from './violation.ts'
import { event, yearEvents } from './year-events.ts'
import { YearRecord } from './year-record.ts'

export type {
  Actor,
  ApplicationStage,
  Body,
  Channel,
  Decision,
  ExitGround,
  Procedure,
  Source,
  Stage,
  Track,
  WorkflowStage,
} from './kinds.ts'

/** What HR states about an assistant. */
export const Particulars = z.object({
  employeeNo: EmployeeNo,
  name: z.string(),
  email: z.string(),
  track: Track,
  source: Source,
  sourceNote: z.nullable(z.string()),
  centreId: CentreId,
  branchId: BranchId,
  teamId: z.nullable(TeamId),
})
export type Particulars = z.infer<typeof Particulars>

/** Someone asked; the id is theirs alone, for one round of one stage. */
export const Approval = z.object({
  id: ApprovalId,
  approver: EmployeeNo,
  /** The absent approver for whom a delegate is asked. */
  onBehalfOf: z.nullable(EmployeeNo),
})
export type Approval = z.infer<typeof Approval>

/** By what an approver showed to be the one who was asked, beyond the secret of the request. */
export const StepUp = z.enum(['none', 'mail-code', 'reply'])
export type StepUp = z.infer<typeof StepUp>

const Named = z.object({ employeeNo: EmployeeNo, name: z.string() })

/** What approvers decide on, as it stood when they were asked: codes and names, in no language. */
export const Dossier = z.object({
  assistant: z.object({
    id: AssistantId,
    employeeNo: EmployeeNo,
    name: z.string(),
    track: Track,
    centreId: CentreId,
    branchId: BranchId,
    teamId: z.nullable(TeamId),
  }),
  procedure: z.nullable(Procedure),
  source: Source,
  sourceNote: z.nullable(z.string()),
  /** Names of the units. */
  centre: z.string(),
  team: z.nullable(z.string()),
  branch: z.string(),
  purpose: z.nullable(z.string()),
  grounds: z.nullable(z.string()),
  note: z.nullable(z.string()),
  filedBy: z.nullable(Named),
  onPostSince: z.nullable(Day),
  reviewDueOn: z.nullable(Day),
  /** What was decided before in the same application, or in reviews, in order. */
  earlier: z.array(
    z.object({
      stage: Stage,
      round: z.number(),
      decision: Decision,
      decidedBy: Named,
      reason: z.nullable(z.string()),
      /** Whether it counts no more, since it was disputed. */
      annulled: z.boolean(),
    }),
  ),
  /** What the risk department has reported, the newest last. */
  violations: z.array(Violation),
  /** What is on file of the time on the post; null before it has begun. */
  year: z.nullable(YearRecord),
  /** Who says that the last of those was not theirs, where that is what is to be settled. */
  dispute: z.nullable(z.object({ disputedBy: Named, reason: z.nullable(z.string()) })),
})
export type Dossier = z.infer<typeof Dossier>

/** What happens to an open stage by itself when its time comes. */
export const Step = z.object({ at: Instant, act: z.enum(['remind', 'escalate', 'expire']), to: Body })
export type Step = z.infer<typeof Step>

const StageRef = { applicationId: z.nullable(ApplicationId), stage: Stage, round: z.number() }
const FilingFacts = {
  applicationId: ApplicationId,
  filedBy: EmployeeNo,
  note: z.nullable(z.string()),
  /** The API client that filed; null where the application came out of a review. */
  client: z.nullable(z.string()),
}

const ExitFacts = {
  ground: ExitGround,
  body: Body,
  employeeNo: EmployeeNo,
  decidedOn: Day,
  reasons: z.string(),
  evidence: z.nullable(z.string()),
  client: z.nullable(z.string()),
}

/** That a mail did not reach its reader: it came back, or was complained of. */
export const Undeliverable = z.object({
  /** The duty that the mail fulfilled. */
  dutyId: z.string(),
  kind: z.enum(['bounce', 'complaint']),
  to: z.union([EmployeeNo, z.literal('assistant')]),
  applicationId: z.nullable(ApplicationId),
  /** The approval that the mail asked for, if it did. */
  approvalId: z.nullable(ApprovalId),
})
export type Undeliverable = z.infer<typeof Undeliverable>

/** Everything that can happen to an assistant's case, in the past tense. */
export const DomainEvent = z.discriminatedUnion('type', [
  event('onboarding-filed', {
    ...FilingFacts,
    assistantId: AssistantId,
    particulars: Particulars,
    purpose: z.string(),
  }),
  event('transfer-filed', {
    ...FilingFacts,
    early: z.boolean(),
    grounds: z.nullable(z.string()),
    /** The round of the review that found the assistant qualified; null for an early transfer. */
    reviewRound: z.nullable(z.number()),
  }),
  event('stage-opened', {
    ...StageRef,
    asked: z.array(Approval),
    dueOn: Day,
    dossier: Dossier,
    /** What will happen by itself, in order of time. */
    timetable: z.array(Step),
  }),
  event('stage-reminded', {
    ...StageRef,
    /** Approvers who were named since the stage was opened and are asked from now on too. */
    asked: z.array(Approval),
  }),
  event('stage-escalated', {
    ...StageRef,
    to: Body,
    /** Those of that body who are told, as far as they are not asked themselves. */
    told: z.array(EmployeeNo),
    asked: z.array(Approval),
    /** Whether it was done out of turn, because nobody who was asked is there to answer. */
    atOnce: z.boolean(),
    /** The next escalation, for a stage that never expires. */
    next: z.nullable(Step),
  }),
  event('approvers-added', {
    ...StageRef,
    /** Approvers who are asked because those asked before are not there. */
    asked: z.array(Approval),
  }),
  event('mail-undeliverable', Undeliverable.shape),
  event('stage-decided', {
    ...StageRef,
    approvalId: ApprovalId,
    decision: Decision,
    reason: z.nullable(z.string()),
    stepUp: StepUp,
    /** SHA-256 of the dossier that was decided on. */
    dossierHash: z.string(),
    /** That dossier, where the facts had changed since the stage was opened; null where they had not. */
    dossier: z.nullable(Dossier),
    /** How the assistant stood to the relationship-manager standard that day, where that was what was decided. */
    standard: z.nullable(z.array(Criterion)),
    /** The last day for the amendment, where the decision is `return`. */
    amendBy: z.nullable(Day),
    amendmentEnds: z.nullable(Instant),
  }),
  event('application-withdrawn', { applicationId: ApplicationId, reason: z.string(), client: z.nullable(z.string()) }),
  event('application-amended', {
    applicationId: ApplicationId,
    stage: ApplicationStage,
    round: z.number(),
    changes: z.partial(z.omit(Particulars, { employeeNo: true, centreId: true, branchId: true })),
    purpose: z.nullable(z.string()),
    grounds: z.nullable(z.string()),
    note: z.nullable(z.string()),
    client: z.nullable(z.string()),
  }),
  event('application-expired', { applicationId: ApplicationId, stage: ApplicationStage, round: z.number() }),
  event('onboarding-took-effect', {
    applicationId: ApplicationId,
    effectiveAt: Instant,
    onPostSince: Day,
    reviewDueOn: Day,
    /** When the centre head is asked for the review. */
    reviewCallAt: Instant,
    /** When someone is first reminded of the training; null where nothing is missing or due. */
    remindAt: z.nullable(Instant),
  }),
  event('transfer-took-effect', {
    applicationId: ApplicationId,
    effectiveAt: Instant,
    /** The grade as a relationship manager, as far as the facts tell. */
    grade: z.nullable(Grade),
  }),
  ...yearEvents,
  event('review-called', { round: z.number() }),
  event('decision-disputed', {
    ...StageRef,
    /** The approval by which the disputed decision was made. */
    approvalId: ApprovalId,
    reason: z.nullable(z.string()),
    /** Whether what was decided could still be held back, or had begun to have its effect. */
    effect: z.enum(['held-back', 'begun']),
  }),
  event('decision-upheld', {
    ...StageRef,
    /** The times, counted anew, of the stage that the dispute interrupted; null where none was open. */
    resumed: z.nullable(z.object({ dueOn: Day, timetable: z.array(Step) })),
    /** The times, counted anew, of an application that is with its filer; null where none is. */
    amendment: z.nullable(z.object({ amendBy: Day, amendmentEnds: Instant })),
  }),
  event('decision-annulled', StageRef),
  event('policy-adopted', {
    /** The application in progress, which stands under the version from now on; null where there is none. */
    applicationId: z.nullable(ApplicationId),
    version: z.string(),
    /** The new times of the open stage; null where none is open. */
    stage: z.nullable(z.object({ dueOn: Day, timetable: z.array(Step) })),
    /** The new times of a returned application. */
    amendment: z.nullable(z.object({ amendBy: Day, amendmentEnds: Instant })),
    /** When the centre head is asked for the review. */
    reviewCallAt: z.nullable(Instant),
    client: z.nullable(z.string()),
  }),
  event('assistant-exited', ExitFacts),
  event('exit-begun', {
    ...ExitFacts,
    /** Which exit of the case it is: an annulled review undoes one. */
    round: z.number(),
  }),
  event('exit-completed', {}),
])
export type DomainEvent = z.infer<typeof DomainEvent>
export type EventOf<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>

/** An event as it is kept: numbered within the case from 1 and chained to the one before it. */
export const RecordedEvent = z.intersection(
  z.object({
    seq: z.number(),
    at: Instant,
    by: Actor,
    onBehalfOf: z.nullable(EmployeeNo),
    channel: Channel,
    policyVersion: z.string(),
    /** Hash of the event before; 64 zeros for the first. */
    previousHash: z.string(),
    /** SHA-256 of the event without this member, as RFC 8785 canonical JSON, in lower-case hexadecimal. */
    hash: z.string(),
  }),
  DomainEvent,
)
export type RecordedEvent = z.infer<typeof RecordedEvent>
