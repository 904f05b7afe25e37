import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms'
import { patience } from './patience.ts'
import type { Mac } from './secrets.ts'
import { unlogged } from './unlogged.ts'

/** Under a key that never leaves KMS. */
export const kmsMac = (keyId: string): Mac => {
  const client = unlogged(new KMSClient({ requestHandler: patience }))
  return async (message) => {
    const { Mac: mac } = await client.send(
      new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(message) }),
    )
    if (mac === undefined) throw new Error('KMS answered GenerateMac without a MAC.')
    return Buffer.from(mac)
  }
}
