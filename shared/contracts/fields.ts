import * as z from 'zod'
import type {
  ApplicationId,
  ApprovalId,
  AssistantId,
  BranchId,
  CentreId,
  ClientId,
  EmployeeNo,
  TeamId,
} from '../domain/ids.ts'
import * as ids from '../domain/ids.ts'
import { type Mistake, mistakeTexts } from '../text/mistakes.ts'
import { Day as DomainDay, Instant as DomainInstant } from '../domain/time.ts'
import type { Day, Instant } from '../domain/time.ts'

// Control characters could forge mail headers, directional ones could disguise what an approver reads.
// Line breaks and tabs are left to the fields that take several lines. The last one stands where bytes were no UTF-8.
const hidden = /(?![\n\r\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufffd]/u

const readable = (text: string): boolean => text.isWellFormed() && !hidden.test(text)

/** The error of a check: what the mistake is called in the texts for people. */
const mistake = (error: Mistake): { readonly error: Mistake } => ({ error })

/** One line that people read: a name, a title. */
export const line = (max = 100) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => readable(text) && !/[\n\r\t]/.test(text), mistake('readable-line'))

/** Text that people read, of several lines if need be. */
export const prose = (max = 4000) => z.string().trim().min(1).max(max).refine(readable, mistake('readable'))

/** A text that the domain's schema of an id or a time accepts; its JSON schema stays that of a text. */
const checked = <Brand extends string>(
  schema: { readonly safeParse: (value: unknown) => { success: boolean } },
  otherwise: Mistake,
  description: object,
) =>
  z
    .string()
    .refine((text) => schema.safeParse(text).success, { ...mistake(otherwise), abort: true })
    .meta({ description: mistakeTexts.en[otherwise], ...description }) as unknown as z.ZodType<Brand, string>

const { registered, assistant, application, approval } = ids.idPatterns
const written = ({ source }: RegExp) => ({ pattern: source })

export const employeeNo = checked<EmployeeNo>(ids.EmployeeNo, 'registered', written(registered))
export const branchId = checked<BranchId>(ids.BranchId, 'registered', written(registered))
export const centreId = checked<CentreId>(ids.CentreId, 'registered', written(registered))
export const teamId = checked<TeamId>(ids.TeamId, 'registered', written(registered))
export const clientId = checked<ClientId>(ids.ClientId, 'registered', written(registered))
/** What HR calls an item of a plan, or a metric: a code, since it goes out with events. */
export const code = z
  .string()
  .regex(registered, mistake('registered'))
  .meta({ description: mistakeTexts.en.registered })
export const assistantId = checked<AssistantId>(ids.AssistantId, 'assistant-id', written(assistant))
export const applicationId = checked<ApplicationId>(ids.ApplicationId, 'application-id', written(application))
export const approvalId = checked<ApprovalId>(ids.ApprovalId, 'approval-id', written(approval))
export const day = checked<Day>(DomainDay, 'day', { format: 'date' })
export const instant = checked<Instant>(DomainInstant, 'instant', { format: 'date-time' })

/** What the fragment of a link held. */
export const secret = z.string().min(1).max(200)

/** An address that a mail can be sent to. */
export const email = z.email().max(254)

/** A list that names nothing twice; `key` tells what makes two of its members the same. */
export const distinct = <Member extends z.ZodType>(
  member: Member,
  max: number,
  key: (value: z.output<Member>) => string,
) =>
  z
    .array(member)
    .max(max)
    .refine((list) => new Set(list.map(key)).size === list.length, mistake('twice'))

/** The API's enum of the values that a domain enum has. */
export const oneOf = <Value extends string>(values: readonly Value[]) => z.enum(values as [Value, ...Value[]])
