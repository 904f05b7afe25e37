import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApprovalId } from '../../shared/domain/ids.ts'

/** The secrets in the links of approvals. */
export interface Secrets {
  /** 256 bits in base64url, always the same for an approval, so that a mail can be written again without storing it. */
  readonly of: (approval: ApprovalId) => Promise<string>
  readonly matches: (approval: ApprovalId, secret: string) => Promise<boolean>
}

/** Derives each secret from the approval's id under a key that never leaves KMS. */
export const secrets = (client: KMSClient, keyId: string): Secrets => {
  const of = async (approval: ApprovalId): Promise<string> => {
    const { Mac } = await client.send(
      new GenerateMacCommand({
        KeyId: keyId,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from(`approval-link/${approval}`),
      }),
    )
    if (Mac === undefined) throw new Error('KMS answered GenerateMac without a MAC.')
    return Buffer.from(Mac).toString('base64url')
  }
  // Digests are of one length, whatever was sent, so the comparison takes the same time for every wrong secret.
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return {
    of,
    matches: async (approval, secret) => timingSafeEqual(digest(await of(approval)), digest(secret)),
  }
}
