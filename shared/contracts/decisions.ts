import * as z from 'zod'
import { Decision, Stage, Track } from '../domain/kinds.ts'
import {
  applicationId,
  assistantId,
  branchId,
  centreId,
  day,
  employeeNo,
  instant,
  oneOf,
  prose,
  secret,
  teamId,
} from './fields.ts'

const track = oneOf(Track.options)

export const SecretBody = z.strictObject({ secret })

/** Until when the code that was mailed is valid. */
export const CodeView = z.object({ validUntil: instant }).meta({ id: 'Code' })

export const DecisionBody = z.strictObject({
  secret,
  /** Asked for where the policy's `stepUp` is `mail-code`. */
  code: z.string().max(20).nullish(),
  decision: oneOf(Decision.options),
  /** Which dossier was read: a decision on facts that have changed since is refused. */
  dossierHash: z.string().max(64).optional(),
  reason: z
    .union([z.literal('').transform(() => null), prose()])
    .nullish()
    .meta({ type: ['string', 'null'], description: 'needed to reject, to return, and to find below the standard' }),
})

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
    /** What is known of the case now, in the reader's language. */
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

const disputer = { employeeNo, secret }

export const DisputerBody = z.strictObject(disputer)

export const DisputeBody = z.strictObject({
  ...disputer,
  reason: z
    .union([z.literal('').transform(() => null), prose(1000)])
    .nullish()
    .meta({ type: ['string', 'null'] }),
})

/** A decision, as it is shown to those in whose name it was made, and its dispute. */
export const DisputableView = ReceiptView.extend({
  stage: oneOf(Stage.options),
  applicationId: applicationId.optional(),
  assistant: z.object({ id: assistantId, name: z.string() }),
  reason: z.string().nullable(),
  disputableUntil: instant,
  /** What the people in it are called, by their numbers. */
  names: z.record(z.string(), z.string()),
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
