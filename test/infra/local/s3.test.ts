import { DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, it, onTestFinished } from 'vitest'
import { createS3 } from '../../../infra/local/s3.ts'
import { serve } from '../../../infra/local/server.ts'
import { client } from './support.ts'

const setUp = async () => {
  const s3 = createS3()
  const front = await serve(s3.front.fetch, 0)
  const sdk = new S3Client(client(front.url))
  onTestFinished(async () => {
    sdk.destroy()
    await front.close()
  })
  return { s3, sdk }
}

it('gives back what was put, byte by byte', async () => {
  const { s3, sdk } = await setUp()
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  s3.put('inbox', 'incoming/a b+c', bytes)
  bytes.fill(0)
  const { Body } = await sdk.send(new GetObjectCommand({ Bucket: 'inbox', Key: 'incoming/a b+c' }))
  expect(await Body?.transformToByteArray()).toEqual(Uint8Array.from({ length: 256 }, (_, index) => index))
})

it('says which object is not there', async () => {
  const { s3, sdk } = await setUp()
  s3.put('inbox', 'incoming/1', Buffer.from('x'))
  const asked = sdk.send(new GetObjectCommand({ Bucket: 'other', Key: 'incoming/1' }))
  await expect(asked).rejects.toMatchObject({ name: 'NoSuchKey' })
})

it('says so when it is asked for anything else', async () => {
  const { sdk } = await setUp()
  const asked = sdk.send(new DeleteObjectCommand({ Bucket: 'inbox', Key: 'incoming/1' }))
  await expect(asked).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('DELETE') })
})
