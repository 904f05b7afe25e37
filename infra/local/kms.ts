import { createHmac, randomBytes } from 'node:crypto'
import type { Hono } from 'hono'
import * as z from 'zod'
import { AwsError, awsJson } from './aws-json.ts'
import { keptSecret } from './secret-file.ts'

/** HMAC_256 keys are as long as the hash. */
const keyBytes = 32

/** What KMS takes in one GenerateMac. */
const maxMessageBytes = 4096

const GenerateMac = z.object({
  KeyId: z.string(),
  MacAlgorithm: z.literal('HMAC_SHA_256'),
  Message: z.base64().transform((text) => Buffer.from(text, 'base64')),
})

/** KMS with the one key `keyId`, which is made on the first start and kept in `file`. */
export const createKms = async (options: { readonly keyId: string; readonly file: string }): Promise<Hono> => {
  const secret = await keptSecret(options.file, () => randomBytes(keyBytes).toString('hex'))
  const key = Buffer.from(secret, 'hex')
  if (key.length !== keyBytes) throw new Error(`${options.file} doesn't hold a key of ${keyBytes} bytes.`)

  return awsJson('TrentService', '1.1', {
    GenerateMac: (input) => {
      const { KeyId, MacAlgorithm, Message } = GenerateMac.parse(input)
      if (KeyId !== options.keyId) throw new AwsError('NotFoundException', `There is no key ${KeyId}.`)
      if (Message.length < 1 || Message.length > maxMessageBytes)
        throw new AwsError('ValidationException', `Message must be 1 to ${maxMessageBytes} bytes.`)
      return { KeyId, MacAlgorithm, Mac: createHmac('sha256', key).update(Message).digest('base64') }
    },
  })
}
