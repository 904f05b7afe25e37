import * as z from 'zod/mini'

const code = (pattern: RegExp) => z.string().check(z.regex(pattern))

/** How ids are written. */
export const idPatterns = {
  /** Registered by the bank: letters, digits, dots, dashes, underscores, so safe in a URL, a key and a mail. */
  registered: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  assistant: /^[0-9a-hjkmnp-tv-z]{8}$/,
  application: /^[0-9a-hjkmnp-tv-z]{8}-[1-9][0-9]{0,3}$/,
  approval: /^[0-9a-hjkmnp-tv-z]{8}[0-9a-z]{3}$/,
} as const

/** A person's number in the bank's HR records. */
export const EmployeeNo = code(idPatterns.registered).brand<'EmployeeNo'>()
export type EmployeeNo = z.infer<typeof EmployeeNo>

export const BranchId = code(idPatterns.registered).brand<'BranchId'>()
export type BranchId = z.infer<typeof BranchId>

export const CentreId = code(idPatterns.registered).brand<'CentreId'>()
export type CentreId = z.infer<typeof CentreId>

export const TeamId = code(idPatterns.registered).brand<'TeamId'>()
export type TeamId = z.infer<typeof TeamId>

/** A client's number in the bank's records; nothing else of a client is kept. */
export const ClientId = code(idPatterns.registered).brand<'ClientId'>()
export type ClientId = z.infer<typeof ClientId>

/** The alphabet of generated ids: no letter that is read as another (Crockford's base 32). */
export const idAlphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** One post of one person, from the first application to its end: eight characters, 40 random bits. */
export const AssistantId = code(idPatterns.assistant).brand<'AssistantId'>()
export type AssistantId = z.infer<typeof AssistantId>

/** The assistant's id and the application's number within the case: `7k3m9q2d-1`. */
export const ApplicationId = code(idPatterns.application).brand<'ApplicationId'>()
export type ApplicationId = z.infer<typeof ApplicationId>

/**
 * One approver asked in one round of one stage: the assistant's id and three characters.
 * Eleven characters in all, so that `approval+<id>.<secret of 256 bits>` keeps to the 64 characters that
 * RFC 5321 grants the local part of an address.
 */
export const ApprovalId = code(idPatterns.approval).brand<'ApprovalId'>()
export type ApprovalId = z.infer<typeof ApprovalId>

export const applicationIdOf = (assistantId: AssistantId, ordinal: number): ApplicationId =>
  ApplicationId.parse(`${assistantId}-${ordinal}`)

export const approvalIdOf = (assistantId: AssistantId, ordinal: number): ApprovalId =>
  ApprovalId.parse(`${assistantId}${ordinal.toString(36).padStart(3, '0')}`)

/** The case that an application or an approval belongs to: its id begins with the case's. */
export const assistantIdOf = (id: ApplicationId | ApprovalId): AssistantId => AssistantId.parse(id.slice(0, 8))
