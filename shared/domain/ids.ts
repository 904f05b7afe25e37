import * as z from 'zod/mini'

const code = (pattern: RegExp) => z.string().check(z.regex(pattern))

/** Letters, digits, dots, dashes and underscores: safe in a URL, a key and a mail. */
const registered = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** A person's number in the bank's HR records. */
export const EmployeeNo = code(registered).brand<'EmployeeNo'>()
export type EmployeeNo = z.infer<typeof EmployeeNo>

export const BranchId = code(registered).brand<'BranchId'>()
export type BranchId = z.infer<typeof BranchId>

export const CentreId = code(registered).brand<'CentreId'>()
export type CentreId = z.infer<typeof CentreId>

export const TeamId = code(registered).brand<'TeamId'>()
export type TeamId = z.infer<typeof TeamId>

/** The alphabet of generated ids: no letter that is read as another (Crockford's base 32). */
export const idAlphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** One post of one person, from the first application to its end: eight characters, 40 random bits. */
export const AssistantId = code(/^[0-9a-hjkmnp-tv-z]{8}$/).brand<'AssistantId'>()
export type AssistantId = z.infer<typeof AssistantId>

/** The assistant's id and the application's number within the case: `7k3m9q2d-1`. */
export const ApplicationId = code(/^[0-9a-hjkmnp-tv-z]{8}-[1-9][0-9]{0,3}$/).brand<'ApplicationId'>()
export type ApplicationId = z.infer<typeof ApplicationId>

/**
 * One approver asked in one round of one stage: the assistant's id and three characters.
 * Eleven characters in all, so that `approval+<id>.<secret of 256 bits>` keeps to the 64 characters that
 * RFC 5321 grants the local part of an address.
 */
export const ApprovalId = code(/^[0-9a-hjkmnp-tv-z]{8}[0-9a-z]{3}$/).brand<'ApprovalId'>()
export type ApprovalId = z.infer<typeof ApprovalId>

export const applicationIdOf = (assistantId: AssistantId, ordinal: number): ApplicationId =>
  ApplicationId.parse(`${assistantId}-${ordinal}`)

export const approvalIdOf = (assistantId: AssistantId, ordinal: number): ApprovalId =>
  ApprovalId.parse(`${assistantId}${ordinal.toString(36).padStart(3, '0')}`)

/** The case that an application or an approval belongs to: its id begins with the case's. */
export const assistantIdOf = (id: ApplicationId | ApprovalId): AssistantId => AssistantId.parse(id.slice(0, 8))
