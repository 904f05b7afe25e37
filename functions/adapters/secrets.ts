import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms'
import { createHash, timingSafeEqual } from 'node:crypto'

/** What a secret lets its bearer do; a secret for one purpose is worth nothing for another. */
export type Purpose = 'approval-link' | 'dispute-link' | 'absence-link'

/** The secrets in links and the codes in mails. Each is derived from what it is for, so that none has to be stored. */
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

/** Derives secrets and codes under a key that never leaves KMS. */
export const secrets = (client: KMSClient, keyId: string): Secrets => {
  const mac = async (message: string): Promise<Buffer> => {
    const { Mac } = await client.send(
      new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(message) }),
    )
    if (Mac === undefined) throw new Error('KMS answered GenerateMac without a MAC.')
    return Buffer.from(Mac)
  }
  const of: Secrets['of'] = async (purpose, subject) => (await mac(`${purpose}/${subject}`)).toString('base64url')
  return {
    of,
    matches: async (purpose, subject, secret) => isSame(await of(purpose, subject), secret),
    matchesFolded: async (purpose, subject, secret) =>
      isSame((await of(purpose, subject)).toLowerCase(), secret.toLowerCase()),
    code: async (subject, issue) => {
      // 256 bits are so many more than a million that every code is as likely as the next.
      const number = BigInt(`0x${(await mac(`code/${subject}/${issue}`)).toString('hex')}`) % codes
      return String(number).padStart(6, '0')
    },
  }
}
