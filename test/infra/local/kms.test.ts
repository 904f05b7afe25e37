import { GenerateMacCommand, KMSClient, NotFoundException } from '@aws-sdk/client-kms'
import { readFileSync, statSync } from 'node:fs'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createKms } from '../../../infra/local/kms.ts'
import { serve } from '../../../infra/local/server.ts'
import { client, temporaryFolder } from './support.ts'

const setUp = async (file: string) => {
  const front = await serve((await createKms({ keyId: 'links', file })).fetch, 0)
  const kms = new KMSClient(client(front.url))
  onTestFinished(async () => {
    kms.destroy()
    await front.close()
  })
  return async (message: string, KeyId = 'links') => {
    const { Mac } = await kms.send(
      new GenerateMacCommand({ KeyId, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(message) }),
    )
    return Buffer.from(Mac ?? []).toString('hex')
  }
}

it('makes the same code of the same message, under a key that outlives it and only its owner can read', async () => {
  const file = join(temporaryFolder(), 'secret.key')
  const mac = await setUp(file)
  const code = await mac('approval-1')

  const key = Buffer.from(readFileSync(file, 'utf8'), 'hex')
  expect(key).toHaveLength(32)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(code).toBe(createHmac('sha256', key).update('approval-1').digest('hex'))
  expect(await mac('approval-2')).not.toBe(code)
  expect(await (await setUp(file))('approval-1')).toBe(code)
})

it('has a key of its own for each bank', async () => {
  const one = await setUp(join(temporaryFolder(), 'secret.key'))
  const other = await setUp(join(temporaryFolder(), 'secret.key'))
  expect(await one('approval-1')).not.toBe(await other('approval-1'))
})

it('knows no other key, and takes no more than KMS does', async () => {
  const mac = await setUp(join(temporaryFolder(), 'secret.key'))
  await expect(mac('approval-1', 'other')).rejects.toThrow(NotFoundException)
  await expect(mac('x'.repeat(4097))).rejects.toMatchObject({ name: 'ValidationException' })
})
