import { ApprovalId } from '../../shared/domain/ids.ts'
import { type Answer, readAnswer } from './answer.ts'
import { type SignOfMachine, signOfMachine } from './automatic.ts'
import { textOf } from './body.ts'
import { parseMail, type ParsedMail, valuesOf } from './parsed-mail.ts'
import { authorOf, isAuthentic, messageIdOf, type Verdicts } from './sender.ts'

/** A mail as SES hands it over. */
export interface ReceivedMail {
  readonly raw: Uint8Array
  /** Envelope sender; empty for the null sender. */
  readonly returnPath: string
  /** Envelope recipients. */
  readonly recipients: readonly string[]
  readonly verdicts: Verdicts
}

/** The request that a mail answers, and the secret that it was sent with; neither is checked yet. */
export interface AddressedApproval {
  readonly approvalId: ApprovalId
  readonly secret: string
}

export interface Reply {
  readonly type: 'reply'
  /** For `In-Reply-To` of the answer; null where none may stand there. */
  readonly messageId: string | null
  /** The one author's address in lower case; null where there is none or several. */
  readonly from: string | null
  /** Whether it comes from the domain of that address. */
  readonly isAuthentic: boolean
  /** Null where the mail went to no such address, or to several. */
  readonly approval: AddressedApproval | null
  /** Whether its author wrote it to that address: what they wrote to others can be sent on to it, signed as ever. */
  readonly isToApproval: boolean
  readonly answer: Answer
}

export type Reading =
  /** A machine wrote it: it is never answered. */
  { readonly type: 'automatic'; readonly sign: SignOfMachine } | Reply

const localPart = /^approval\+([0-9a-z]{11})\.([\w-]{43})$/i

/** The id of an approval is in lower case; the secret is taken as it arrived, even from a gateway that folds case. */
const addressedBy = (local: string): readonly AddressedApproval[] => {
  const [, id = '', secret = ''] = localPart.exec(local) ?? []
  const approvalId = ApprovalId.safeParse(id.toLowerCase())
  return approvalId.success ? [{ approvalId: approvalId.data, secret }] : []
}

const approvalOf = (recipients: readonly string[], inboundDomain: string): AddressedApproval | null => {
  const inbound = `@${inboundDomain.toLowerCase()}`
  const locals = recipients
    .filter((address) => address.toLowerCase().endsWith(inbound))
    .map((address) => address.slice(0, -inbound.length))
  const [addressed, ...others] = [...new Set(locals)].flatMap(addressedBy)
  return addressed === undefined || others.length > 0 ? null : addressed
}

/** Whether the mail's own head, which its signature covers unlike the envelope, names the address of the approval. */
const isTo = (mail: ParsedMail, { approvalId, secret }: AddressedApproval, inboundDomain: string): boolean => {
  const address = `approval+${approvalId}.${secret}@${inboundDomain}`.toLowerCase()
  return [...valuesOf(mail, 'to'), ...valuesOf(mail, 'cc')].some((value) => value.toLowerCase().includes(address))
}

/**
 * Reads a mail that arrived at the inbound domain. Decides nothing and checks no secret: what it finds is what the
 * mail claims, except for `isAuthentic`. Never throws; of a mail that can not be read, only the envelope is left.
 */
export const readReply = async (received: ReceivedMail, inboundDomain: string): Promise<Reading> => {
  const mail = await parseMail(received.raw)
  const sign = signOfMachine(mail, received.returnPath)
  if (sign !== null) return { type: 'automatic', sign }
  const from = authorOf(mail)
  const approval = approvalOf(received.recipients, inboundDomain)
  return {
    type: 'reply',
    messageId: messageIdOf(mail),
    from,
    isAuthentic: isAuthentic(mail, from, received.verdicts),
    approval,
    isToApproval: approval !== null && isTo(mail, approval, inboundDomain),
    answer: readAnswer(textOf(mail)),
  }
}
