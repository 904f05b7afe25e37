import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import * as z from 'zod'
import { expect, onTestFinished, test } from 'vitest'
import { storedSecret } from '../../../functions/adapters/stored-secret.ts'
import { AwsError, awsJson } from '../../../infra/local/aws-json.ts'
import { serve } from '../../../infra/local/server.ts'
import { client } from '../../infra/local/support.ts'

const arn = 'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:smtp-AbCdEf'

/** Secrets Manager with one secret, which answers each reading with the next of `versions`. */
const setUp = async (...versions: readonly object[]) => {
  let reads = 0
  const front = awsJson('secretsmanager', '1.1', {
    GetSecretValue: (input) => {
      const { SecretId } = z.object({ SecretId: z.string() }).parse(input)
      if (SecretId !== arn) throw new AwsError('ResourceNotFoundException', `There is no secret ${SecretId}.`)
      const version = versions[reads]
      reads += 1
      if (version === undefined) throw new AwsError('InternalServiceError', 'Not now.')
      return version
    },
  })
  const { url, close } = await serve(front.fetch, 0)
  const sdk = new SecretsManagerClient(client(url))
  onTestFinished(async () => {
    sdk.destroy()
    await close()
  })
  return { sdk, reads: () => reads }
}

test('a secret is read once, however many ask for it', async () => {
  const { sdk, reads } = await setUp({ SecretString: 'first' }, { SecretString: 'second' })
  const secret = storedSecret(sdk, arn)
  expect(reads()).toBe(0)
  expect(await Promise.all([secret.read(), secret.read()])).toEqual(['first', 'first'])
  expect(await secret.read()).toBe('first')
  expect(reads()).toBe(1)
})

test('a secret that is to be forgotten is read again', async () => {
  const { sdk } = await setUp({ SecretString: 'first' }, { SecretString: 'second' })
  const secret = storedSecret(sdk, arn)
  await secret.read()
  secret.forget()
  expect(await secret.read()).toBe('second')
})

test('a reading that failed is tried again', async () => {
  const { sdk } = await setUp({ SecretBinary: 'AAAA' }, { SecretString: 'there' })
  const secret = storedSecret(sdk, arn)
  await expect(secret.read()).rejects.toThrow('has no text: store the password as its plaintext')
  expect(await secret.read()).toBe('there')
})

test('a secret that does not exist throws', async () => {
  const { sdk } = await setUp()
  await expect(storedSecret(sdk, `${arn}x`).read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
