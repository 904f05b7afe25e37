import * as z from 'zod'
import { CriterionName, Education, Grade } from '../domain/standard.ts'
import { AttendanceKind, Topic } from '../domain/training.ts'
import { Severity } from '../domain/violation.ts'
import {
  assistantId,
  clientId,
  day,
  distinct,
  employeeNo,
  instant,
  line,
  oneOf,
  code,
  prose,
  secret,
} from './fields.ts'

/** Points, years or amounts: finite, and few enough digits to be read. */
const amount = (most: number) => z.number().min(0).max(most)

export const MentorBody = z.strictObject({ employeeNo, by: employeeNo })

/** What an item lacks is for the regulation to refuse (art. 5), so a day or an assessment may be missing here. */
const PlanItemBody = z.strictObject({
  id: code,
  topic: oneOf(Topic.options),
  title: line(),
  dueOn: day.nullish(),
  assessment: z.strictObject({ kind: line(50), passMark: amount(1000).nullish() }).nullish(),
})

export const TrainingPlanBody = z.strictObject({
  by: employeeNo,
  items: distinct(PlanItemBody, 60, ({ id }) => id),
})

export const AssessmentBody = z.strictObject({
  itemId: code,
  takenOn: day,
  assessor: employeeNo,
  score: amount(1000).nullish(),
  passed: z.boolean(),
})

export const AttendanceBody = z.strictObject({
  kind: oneOf(AttendanceKind.options),
  on: day,
  title: line(),
  minutes: z.int().min(1).max(1440).nullish(),
})

export const ViolationBody = z.strictObject({
  reportedBy: employeeNo,
  on: day,
  severity: oneOf(Severity.options),
  sanctioned: z.boolean(),
  sanctionLiftedOn: day.nullish(),
  description: prose(1000),
  evidence: prose(1000),
})

export const QualificationsBody = z.strictObject({
  by: employeeNo.optional(),
  yearsInFinance: amount(80).nullish(),
  yearsInBank: amount(80).nullish(),
  education: oneOf(Education.options).nullish(),
  lendingQualification: z.boolean().nullish(),
  examination: z.strictObject({ passed: z.boolean(), takenOn: day, grade: oneOf(Grade.options).nullish() }).nullish(),
  /** In yuan. */
  averageDailyDeposits: amount(1e12).nullish(),
})

export const AssignmentBody = z.strictObject({ by: employeeNo.optional() })

export const AssignmentsBody = z.strictObject({
  by: employeeNo.optional(),
  clientIds: distinct(clientId, 100, (id) => id).min(1),
  mode: z.enum(['all-or-nothing', 'each']).default('all-or-nothing'),
})

/** Who takes which client. */
const Namings = distinct(z.strictObject({ clientId, to: employeeNo }), 100, (naming) => naming.clientId).min(1)

export const HandOverBody = z.strictObject({ by: employeeNo, clients: Namings })

/** What is sent from the page of whoever was asked to name them. */
export const HandOverPageBody = z.strictObject({
  secret,
  /** Asked for where the policy's `stepUp` is `mail-code`. */
  code: z.string().max(20).nullish(),
  clients: Namings,
})

const Named = z.object({ employeeNo, name: z.string() })

/** The clients who are left to hand over, as whoever was asked sees them. */
export const HandOverView = z
  .object({
    approvalId: z.string(),
    approver: Named,
    assistant: Named.extend({ id: assistantId }),
    /** Of the exit, or that the assistant is not appointed; in the reader's language. */
    ground: z.string(),
    clients: z.array(clientId),
    dueOn: day,
    codeNeeded: z.boolean(),
  })
  .meta({ id: 'HandOver' })

export const HandedOverView = z.object({ left: z.int() }).meta({ id: 'HandedOver' })

const Assessed = z.object({
  attempt: z.int(),
  takenOn: day,
  assessor: employeeNo,
  score: z.number().nullable(),
  passed: z.boolean(),
})

export const TrainingPlanView = z
  .object({
    version: z.int(),
    setAt: instant,
    items: z.array(
      z.object({
        id: z.string(),
        topic: oneOf(Topic.options),
        title: z.string(),
        dueOn: day,
        assessment: z.object({ kind: z.string(), passMark: z.number().nullable() }),
        passed: z.boolean(),
        /** Every try, the first one first. */
        attempts: z.array(Assessed),
      }),
    ),
  })
  .meta({ id: 'TrainingPlan' })
export type TrainingPlanView = z.infer<typeof TrainingPlanView>

export const AssessmentView = Assessed.extend({ itemId: z.string() }).meta({ id: 'Assessment' })

const Total = z.object({ count: z.int(), minutes: z.int() })
export const AttendanceView = z.object({ meeting: Total, training: Total, coaching: Total }).meta({ id: 'Attendance' })

export const ViolationView = z
  .object({
    reportedBy: employeeNo,
    on: day,
    severity: oneOf(Severity.options),
    sanctioned: z.boolean(),
    sanctionLiftedOn: day.nullable(),
    description: z.string(),
    evidence: z.string(),
  })
  .meta({ id: 'Violation' })

export const QualificationsView = z
  .object({
    yearsInFinance: z.number().nullable(),
    yearsInBank: z.number().nullable(),
    education: oneOf(Education.options).nullable(),
    lendingQualification: z.boolean().nullable(),
    examination: z.object({ passed: z.boolean(), takenOn: day, grade: oneOf(Grade.options).nullable() }).nullable(),
    averageDailyDeposits: z.number().nullable(),
  })
  .meta({ id: 'Qualifications' })

export const CriterionView = z
  .object({
    criterion: oneOf(CriterionName.options),
    standing: z.enum(['met', 'not-met', 'unknown']),
    /** The facts that say so, by their names. */
    from: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  })
  .meta({ id: 'Criterion' })

export const ClientView = z.object({ clientId, since: instant }).meta({ id: 'Client' })

export const AssignmentsView = z
  .object({
    clients: z.array(
      z.object({
        clientId,
        outcome: z.enum(['assigned', 'already-assigned', 'refused']),
        /** Why it was refused. */
        code: z.string().nullable(),
      }),
    ),
    clientCount: z.int(),
    clientCap: z.int(),
  })
  .meta({ id: 'Assignments' })
export type AssignmentsView = z.infer<typeof AssignmentsView>

const Responsible = z.object({ employeeNo, assistantId: assistantId.nullable() })

export const ResponsibilityView = z
  .object({
    clientId,
    /** Null while nobody is responsible. */
    responsible: Responsible.nullable(),
    /** The latest who were, oldest first; `until` is null for whoever is. */
    history: z.array(
      // `by` is who made it so: an employee, or `system` where a client named nobody.
      Responsible.extend({ by: z.string(), from: instant, until: instant.nullable() }),
    ),
    /** Cursor of those before them. */
    next: z.string().nullable(),
  })
  .meta({ id: 'Responsibility' })
export type ResponsibilityView = z.infer<typeof ResponsibilityView>
