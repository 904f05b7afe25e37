import * as z from 'zod'
import type { ApplicationId, ApprovalId, AssistantId, BranchId, CentreId, EmployeeNo, TeamId } from '../domain/ids.ts'
import * as ids from '../domain/ids.ts'
import { Day as DomainDay, Instant as DomainInstant } from '../domain/time.ts'
import type { Day, Instant } from '../domain/time.ts'

// Control characters could forge mail headers, directional ones could disguise what an approver reads.
// eslint-disable-next-line no-control-regex -- they are what is refused
const hidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/u

const readable = (text: string): boolean => text.isWellFormed() && !hidden.test(text)

const unreadable = 'must hold no control or directional characters'

/** One line that people read: a name, a title. */
export const line = (max = 100) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => readable(text) && !/[\n\r\t]/.test(text), { error: `${unreadable} and no line breaks` })

/** Text that people read, of several lines if need be. */
export const prose = (max = 4000) => z.string().trim().min(1).max(max).refine(readable, { error: unreadable })

/** A text that the domain's schema of an id or a time accepts; its JSON schema stays that of a text. */
const checked = <Brand extends string>(
  schema: { readonly safeParse: (value: unknown) => { success: boolean } },
  what: string,
) =>
  z
    .string()
    .refine((text) => schema.safeParse(text).success, { error: `must be ${what}` })
    .meta({ description: what }) as unknown as z.ZodType<Brand, string>

const registered = '1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit'

export const employeeNo = checked<EmployeeNo>(ids.EmployeeNo, registered)
export const branchId = checked<BranchId>(ids.BranchId, registered)
export const centreId = checked<CentreId>(ids.CentreId, registered)
export const teamId = checked<TeamId>(ids.TeamId, registered)
export const assistantId = checked<AssistantId>(ids.AssistantId, 'the id of an assistant')
export const applicationId = checked<ApplicationId>(ids.ApplicationId, 'the id of an application')
export const approvalId = checked<ApprovalId>(ids.ApprovalId, 'the id of an approval')
export const day = checked<Day>(DomainDay, 'a day of the calendar, YYYY-MM-DD')
export const instant = checked<Instant>(DomainInstant, 'a moment in UTC, YYYY-MM-DDThh:mm:ss.sssZ')

/** An address that a mail can be sent to. */
export const email = z.email().max(254)
