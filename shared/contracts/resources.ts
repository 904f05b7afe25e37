import * as z from 'zod'
import { Grade } from '../domain/standard.ts'
import { Decision, ExitGround, Procedure, Source, Stage, Track } from '../domain/kinds.ts'
import {
  applicationId,
  assistantId,
  branchId,
  centreId,
  day,
  email,
  employeeNo,
  instant,
  line,
  oneOf,
  prose,
  teamId,
} from './fields.ts'
import { AttendanceView, CriterionView, QualificationsView, TrainingPlanView, ViolationView } from './year.ts'

/** A component, or null: `.nullable()` makes of a reference both at once, which nothing is. */
const orNull = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.null()])

const track = oneOf(Track.options)
const source = oneOf(Source.options)

const amendable = {
  name: line(),
  email,
  track,
  source,
  sourceNote: prose(1000).nullish(),
  teamId: teamId.nullish(),
}

export const OnboardingBody = z.strictObject({
  procedure: z.literal('onboarding'),
  assistant: z.strictObject({ employeeNo, ...amendable, centreId }),
  purpose: prose(1000),
  filedBy: employeeNo,
  note: prose().nullish(),
})

const TransferBody = z.strictObject({
  procedure: z.literal('transfer'),
  assistantId,
  early: z.boolean().default(false),
  grounds: prose().nullish(),
  filedBy: employeeNo,
  note: prose().nullish(),
})

export const ApplicationBody = z.discriminatedUnion('procedure', [OnboardingBody, TransferBody])

export const WithdrawalBody = z.strictObject({ by: employeeNo, reason: prose() })

export const AmendmentBody = z.strictObject({
  by: employeeNo,
  changes: z.strictObject({
    ...z.object(amendable).partial().shape,
    purpose: prose(1000).optional(),
    grounds: prose().optional(),
  }),
  note: prose().nullish(),
})

export const ExitBody = z.strictObject({
  ground: oneOf(ExitGround.options),
  decidedBy: z.strictObject({ body: z.enum(['hq', 'branch', 'centre']), employeeNo }),
  decidedOn: day,
  reasons: prose(),
  evidence: prose().nullish(),
})

/** A mail that came back, or was complained of. */
const UndeliveredView = z.object({
  /** An employee, or `assistant`. */
  to: z.string(),
  kind: z.enum(['bounce', 'complaint']),
  at: instant,
  dutyId: z.string(),
})

const StageView = z
  .object({
    stage: oneOf(Stage.options),
    status: z.enum([
      'open',
      'approved',
      'rejected',
      'returned',
      'qualified',
      'below-standard',
      'withdrawn',
      'expired',
      'closed',
      'completed',
      'upheld',
      'annulled',
    ]),
    round: z.int(),
    openedAt: instant,
    dueOn: day,
    decision: oneOf(Decision.options).nullable(),
    decidedBy: employeeNo.nullable(),
    onBehalfOf: employeeNo.nullable(),
    decidedAt: instant.nullable(),
    channel: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Stage' })

export const ApplicationView = z
  .object({
    id: applicationId,
    procedure: oneOf(Procedure.options),
    assistantId,
    status: z.enum(['open', 'returned', 'approved', 'rejected', 'withdrawn', 'expired']),
    /** Null once the application has ended. */
    stage: z.enum(['branch', 'hq']).nullable(),
    filedBy: employeeNo,
    filedAt: instant,
    effectiveAt: instant.nullable(),
    policyVersion: z.string(),
    early: z.boolean(),
    purpose: z.string().nullable(),
    grounds: z.string().nullable(),
    note: z.string().nullable(),
    /** The last day for the amendment, while returned. */
    amendBy: day.nullable(),
    stages: z.array(StageView),
    /** Whether a decision on it is disputed: nothing goes on until HQ has settled that. */
    disputed: z.boolean(),
    /** Mails about it that did not reach their readers. */
    undelivered: z.array(UndeliveredView),
  })
  .meta({ id: 'Application' })
export type ApplicationView = z.infer<typeof ApplicationView>

const ExitView = z
  .object({
    ground: oneOf(ExitGround.options),
    decidedBy: z.object({ body: z.enum(['hq', 'branch', 'centre']), employeeNo }),
    decidedOn: day,
    reasons: z.string(),
    evidence: z.string().nullable(),
    /** How the clients who were left are handed over; null where there were none, or nobody is asked yet. */
    handOver: orNull(StageView),
  })
  .meta({ id: 'Exit' })

export const AssistantView = z
  .object({
    id: assistantId,
    employeeNo,
    name: z.string(),
    email: z.string(),
    track,
    source,
    sourceNote: z.string().nullable(),
    centreId,
    branchId,
    teamId: teamId.nullable(),
    status: z.enum(['candidate', 'on-post', 'exiting', 'transferred', 'exited', 'not-appointed']),
    onPostSince: day.nullable(),
    reviewDueOn: day.nullable(),
    /** Whether the anniversary has passed and the review is still not decided. */
    reviewOverdue: z.boolean(),
    review: orNull(StageView),
    clientCount: z.int(),
    clientCap: z.int(),
    mentor: employeeNo.nullable(),
    trainingPlan: orNull(TrainingPlanView),
    /** Whether plan or mentor are still missing, on the post (art. 5). */
    withoutPlan: z.boolean(),
    /** How often the assistant took part in what, and for how many minutes as far as they were stated. */
    attendance: AttendanceView,
    violations: z.array(ViolationView),
    qualifications: orNull(QualificationsView),
    /** How the assistant stands to the relationship-manager standard today. */
    standard: z.array(CriterionView),
    /** As a relationship manager; null before the transfer, or where the facts don't tell. */
    grade: z.enum(Grade.options).nullable(),
    exit: orNull(ExitView),
    /** Of the clients whom someone left behind who leaves, or is not appointed (art. 9); null before anybody was asked. */
    handOver: orNull(StageView),
    /** Whether a decision is disputed: the case stands still until HQ has settled that. */
    disputed: z.boolean(),
    applications: z.array(applicationId),
    /** Mails that did not reach their readers, of the review or of no application. */
    undelivered: z.array(UndeliveredView),
  })
  .meta({ id: 'Assistant' })
export type AssistantView = z.infer<typeof AssistantView>

const PolicyTimes = z.object({
  policyVersion: z.string().nullable(),
  dueOn: day.nullable(),
  /** What happens next by itself, and when. */
  nextStep: z.object({ at: instant, act: z.string(), to: z.string() }).nullable(),
  amendBy: day.nullable(),
  reviewCallAt: instant.nullable(),
})

/** A case whose times would move, or have moved, if what is open of it stood under the policy in force. */
export const PolicyMoveView = z
  .object({
    assistantId,
    applicationId: applicationId.nullable(),
    stage: oneOf(Stage.options).nullable(),
    from: PolicyTimes,
    to: PolicyTimes,
  })
  .meta({ id: 'PolicyMove' })
export type PolicyMoveView = z.infer<typeof PolicyMoveView>

export const PolicyAdoptionBody = z.strictObject({ by: employeeNo })

export const EventView = z
  .object({
    seq: z.int(),
    type: z.string(),
    at: instant,
    by: z.string(),
    onBehalfOf: employeeNo.nullable(),
    channel: z.string(),
    policyVersion: z.string(),
    data: z.record(z.string(), z.unknown()),
    previousHash: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'Event' })
export type EventView = z.infer<typeof EventView>

/** RFC 9457. */
export const ProblemView = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    article: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .catchall(z.unknown())
  .meta({ id: 'Problem' })
export type ProblemView = z.infer<typeof ProblemView>
