import * as z from 'zod'
import { Decision, ExitGround, Procedure, Source, Stage, Track } from '../domain/events.ts'
import type { Mistake } from '../text/mistakes.ts'
import {
  applicationId,
  assistantId,
  branchId,
  centreId,
  day,
  distinct,
  email,
  employeeNo,
  instant,
  line,
  prose,
  teamId,
} from './fields.ts'

/** The API's enum of the values that a domain enum has. */
const oneOf = <Value extends string>(values: readonly Value[]) => z.enum(values as [Value, ...Value[]])

const track = oneOf(Track.options)
const source = oneOf(Source.options)

/** Everyone asked for a consent: all are asked, the first answer counts. */
const approvers = distinct(employeeNo, 20, (approver) => approver).min(1)

export const PersonBody = z.strictObject({
  name: line(),
  email,
  post: z.enum(['staff', 'relationship-manager']),
  centreId: centreId.nullish(),
  teamId: teamId.nullish(),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
})

export const PersonView = PersonBody.extend({ employeeNo }).meta({ id: 'Person' })

export const DelegationBody = z
  .strictObject({
    /** Null where nobody stands in: the other approvers are asked, else the level above is told. */
    delegate: employeeNo.nullable(),
    from: day,
    until: day,
    reason: line(500),
  })
  .refine(({ from, until }) => from <= until, { error: 'until-before-from' satisfies Mistake, path: ['until'] })

/** What an approver says of their own absence; a delegation of null ends the one that there is. */
export const AbsenceBody = z.strictObject({
  secret: z.string().min(1).max(200),
  code: z.string().max(20),
  delegation: DelegationBody.nullable(),
})

export const AbsenceView = z
  .object({
    employeeNo,
    name: z.string(),
    delegation: z
      .object({
        delegate: employeeNo.nullable(),
        delegateName: z.string().nullable(),
        from: day,
        until: day,
        reason: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'Absence' })
export type AbsenceView = z.infer<typeof AbsenceView>

export const HqBody = z.strictObject({ name: line(), approvers })
export const BranchBody = z.strictObject({ name: line(), approvers })
export const CentreBody = z.strictObject({
  name: line(),
  branchId,
  head: employeeNo,
  teams: distinct(z.strictObject({ id: teamId, name: line(), leader: employeeNo }), 50, (team) => team.id),
})

export const BranchView = BranchBody.extend({ id: branchId }).meta({ id: 'Branch' })
export const CentreView = CentreBody.extend({ id: centreId }).meta({ id: 'Centre' })

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

export const TransferBody = z.strictObject({
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

export const SecretBody = z.strictObject({ secret: z.string().min(1).max(200) })

/** Until when the code that was mailed is valid. */
export const CodeView = z.object({ validUntil: instant }).meta({ id: 'Code' })

export const DecisionBody = z.strictObject({
  secret: z.string().min(1).max(200),
  /** Asked for where the policy's `stepUp` is `mail-code`. */
  code: z.string().max(20).nullish(),
  decision: oneOf(Decision.options),
  reason: z
    .union([z.literal('').transform(() => null), prose()])
    .nullish()
    .meta({ type: 'string', description: 'needed to reject, to return, and to find below the standard' }),
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
    status: z.enum(['candidate', 'on-post', 'transferred', 'exited', 'not-appointed']),
    onPostSince: day.nullable(),
    reviewDueOn: day.nullable(),
    /** Whether the anniversary has passed and the review is still not decided. */
    reviewOverdue: z.boolean(),
    review: StageView.nullable(),
    clientCount: z.int(),
    clientCap: z.int(),
    mentor: employeeNo.nullable(),
    trainingPlan: z.null(),
    exit: ExitView.nullable(),
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

/** Someone who was asked, be it on behalf of an approver who is away. */
const AskedView = z.object({
  employeeNo,
  name: z.string(),
  onBehalfOf: employeeNo.nullable(),
  onBehalfOfName: z.string().nullable(),
})

export const DossierView = z
  .object({
    approvalId: z.string(),
    /** Whose link it is. */
    approver: AskedView,
    stage: oneOf(Stage.options),
    applicationId: applicationId.optional(),
    assistant: z.object({
      id: assistantId,
      employeeNo,
      name: z.string(),
      track,
      centreId,
      branchId,
      teamId: teamId.nullable(),
    }),
    allowed: z.array(oneOf(Decision.options)),
    /** Of the allowed decisions, those that need a reason. */
    reasonNeeded: z.array(oneOf(Decision.options)),
    dueOn: day,
    /** Working days left, the last one included; null where the calendar is not published so far. */
    workingDaysLeft: z.int().nullable(),
    /** Whether a decision needs a mailed code. */
    codeNeeded: z.boolean(),
    article: z.string(),
    /** What was known of the case when the approver was asked, in the reader's language. */
    facts: z.array(z.object({ label: z.string(), value: z.string() })),
    /** SHA-256 of what was known, as the decision will record it. */
    dossierHash: z.string(),
    /** Who else was asked: the first answer counts. */
    alsoAsked: z.array(AskedView),
  })
  .meta({ id: 'Dossier' })
export type DossierView = z.infer<typeof DossierView>

export const ReceiptView = z
  .object({
    approvalId: z.string(),
    decision: oneOf(Decision.options),
    decidedBy: employeeNo,
    onBehalfOf: employeeNo.nullable(),
    decidedAt: instant,
    channel: z.string(),
  })
  .meta({ id: 'Receipt' })
export type ReceiptView = z.infer<typeof ReceiptView>

const disputer = { employeeNo, secret: z.string().min(1).max(200) }

export const DisputerBody = z.strictObject(disputer)

export const DisputeBody = z.strictObject({
  ...disputer,
  reason: z
    .union([z.literal('').transform(() => null), prose(1000)])
    .nullish()
    .meta({ type: 'string' }),
})

/** A decision, as it is shown to those in whose name it was made, and its dispute. */
export const DisputableView = ReceiptView.extend({
  stage: oneOf(Stage.options),
  applicationId: applicationId.optional(),
  assistant: z.object({ id: assistantId, name: z.string() }),
  reason: z.string().nullable(),
  disputableUntil: instant,
  dispute: z
    .object({
      disputedBy: employeeNo,
      disputedAt: instant,
      effect: z.enum(['held-back', 'begun']),
      status: z.enum(['open', 'upheld', 'annulled']),
    })
    .nullable(),
}).meta({ id: 'DisputableDecision' })
export type DisputableView = z.infer<typeof DisputableView>

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
