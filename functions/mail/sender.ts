import type { Verdict } from '../../shared/contracts/inbound-mail.ts'
import { type ParsedMail, valuesOf } from './parsed-mail.ts'

/** What SES found out about a mail before it handed it over. */
export interface Verdicts {
  readonly spf: Verdict
  readonly dkim: Verdict
  readonly dmarc: Verdict
}

/** Whole header values: a bare address, or one in angle brackets behind a name, and nothing after it. */
const bareAddress = /^([^\s<>"'(),:;\\@]+@[a-z0-9.-]+)$/i
const namedAddress = /^([^<>]*)<([^\s<>"'(),:;\\@]+@[a-z0-9.-]+)>$/i
const quotedStrings = /"(?:[^"\\]|\\.)*"/g

/**
 * The address of the one author in lower case; null where there is none, or several, or where two readers could
 * find different ones. Stricter than RFC 5322, because the receiver's checks read the same line in their own way.
 */
export const authorOf = (mail: ParsedMail): string | null => {
  const [value, ...others] = valuesOf(mail, 'from')
  if (value === undefined || others.length > 0 || value.length > 1000) return null
  const named = namedAddress.exec(value)
  const address = named === null ? bareAddress.exec(value)?.[1] : named[2]
  const name = (named?.[1] ?? '').replaceAll(quotedStrings, '')
  return address === undefined || /["@,:;]/.test(name) ? null : address.toLowerCase()
}

/** The domain that signed; null where the signature names none or several. */
const signerOf = (signature: string): string | null => {
  const domains = signature
    .split(';')
    .map((tag) => tag.replaceAll(/\s+/g, ''))
    .filter((tag) => tag.startsWith('d='))
    .map((tag) => tag.slice(2).toLowerCase())
  return domains.length === 1 ? (domains[0] ?? null) : null
}

/** Whether a signature of one domain speaks for mails from the other: the same, or a parent that is no top level. */
const isAligned = (signer: string | null, domain: string): boolean =>
  signer === domain || (signer !== null && /[^.]\.[^.]/.test(signer) && domain.endsWith(`.${signer}`))

/**
 * Whether a mail comes from the domain that its author's address names: DMARC passed, or where the domain publishes
 * no policy, DKIM passed and every signature is of that domain or its parent. The verdict does not say which
 * signature passed, hence every one.
 */
export const isAuthentic = (mail: ParsedMail, author: string | null, { dkim, dmarc }: Verdicts): boolean => {
  if (author === null || dmarc === 'FAIL') return false
  if (dmarc === 'PASS') return true
  const domain = author.slice(author.indexOf('@') + 1)
  const signatures = valuesOf(mail, 'dkim-signature')
  return dkim === 'PASS' && signatures.length > 0 && signatures.map(signerOf).every((by) => isAligned(by, domain))
}

/** The mail's own id as it may stand in a header of the answer; null where it has none or one that may not. */
export const messageIdOf = (mail: ParsedMail): string | null => {
  const [id, ...others] = valuesOf(mail, 'message-id')
  return id !== undefined && others.length === 0 && /^<[!-;=?-~]{1,250}>$/.test(id) ? id : null
}
