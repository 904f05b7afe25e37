import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { AssistantId } from '../../shared/domain/ids.ts'

/** What a secret lets its bearer do; a secret for one purpose is worth nothing for another. */
export type Purpose = 'approval-link' | 'dispute-link' | 'absence-link'

/**
 * The secrets in links and the codes in mails. Each is derived from what it is for, so that none has to be stored: KMS
 * gives the key of a case, which stays in memory, and that gives the rest.
 */
export interface Secrets {
  /** 256 bits in base64url, always the same for a subject, so that a mail can be written again. */
  readonly of: (purpose: Purpose, subject: string) => Promise<string>
  readonly matches: (purpose: Purpose, subject: string, secret: string) => Promise<boolean>
  /** Whatever the case of its letters, for a secret that came through mail servers: of 256 bits, 223 remain. */
  readonly matchesFolded: (purpose: Purpose, subject: string, secret: string) => Promise<boolean>
  /** Six digits, others for every issue of a subject's code, counted from 1. */
  readonly code: (subject: string, issue: number) => Promise<string>
}

/** Codes are six digits. */
const codes = 1_000_000n

// Digests are of one length, whatever was sent, so the comparison takes the same time for every wrong secret.
const digest = (text: string) => createHash('sha256').update(text).digest()
export const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))

/** The MAC of a message under a key that nobody sees. */
export type Mac = (message: string) => Promise<Buffer>

/** Enough for the cases that somebody mails about and answers at a time; the oldest is forgotten first. */
const mostRemembered = 1000

/** Asks once for a key that is wanted again soon. */
const remembering = (mac: Mac): ((message: string) => Promise<KeyObject>) => {
  const known = new Map<string, Promise<KeyObject>>()
  return (message) => {
    const before = known.get(message)
    if (before !== undefined) return before
    // A buffer may be a slice of 64 KiB, all of which would be remembered with it: a key has bytes of its own.
    const asked = mac(message).then((bytes) => createSecretKey(bytes))
    known.set(message, asked)
    // What failed is asked for anew; whoever waits for this one hears of it.
    asked.catch(() => known.delete(message))
    const [oldest] = known.keys()
    if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest)
    return asked
  }
}

/** Whatever is about a case has that case's key: it begins with the case's id. Anything else has a key of its own. */
const keyNameOf = (subject: string): string => {
  const begin = subject.slice(0, 8)
  return `key/${AssistantId.safeParse(begin).success ? begin : subject}`
}

/** Derives secrets and codes; `by` gives the keys. */
export const secrets = (by: Mac): Secrets => {
  const keyOf = remembering(by)
  const mac = async (subject: string, message: string): Promise<Buffer> =>
    createHmac('sha256', await keyOf(keyNameOf(subject)))
      .update(message)
      .digest()
  const of: Secrets['of'] = async (purpose, subject) =>
    (await mac(subject, `${purpose}/${subject}`)).toString('base64url')
  return {
    of,
    matches: async (purpose, subject, secret) => isSame(await of(purpose, subject), secret),
    matchesFolded: async (purpose, subject, secret) =>
      isSame((await of(purpose, subject)).toLowerCase(), secret.toLowerCase()),
    code: async (subject, issue) => {
      // 256 bits are so many more than a million that every code is as likely as the next.
      const number = BigInt(`0x${(await mac(subject, `code/${subject}/${issue}`)).toString('hex')}`) % codes
      return String(number).padStart(6, '0')
    },
  }
}
