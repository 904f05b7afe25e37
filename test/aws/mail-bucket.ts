import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { setTimeout as pause } from 'node:timers/promises'
import type { TakeMail } from '../deployed/place.ts'

const lookEveryMs = 500

/** The mails that a receipt rule puts into a bucket, from now on. */
export const openMailBucket = (Bucket: string) => {
  const s3 = new S3Client({})
  const seen = new Set<string>()
  let came = 0

  const unseen = async (): Promise<readonly string[]> => {
    const found: { readonly key: string; readonly at: number }[] = []
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket }))
      for (const { Key: key = '', LastModified } of Contents)
        if (!seen.has(key)) found.push({ key, at: LastModified?.getTime() ?? 0 })
    for (const { key } of found) seen.add(key)
    return found.toSorted((a, b) => a.at - b.at).map(({ key }) => key)
  }

  const watch = async (take: TakeMail): Promise<void> => {
    for (;;) {
      await pause(lookEveryMs)
      for (const Key of await unseen()) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
        await take((await Body?.transformToByteArray()) ?? new Uint8Array(), [])
        came += 1
      }
    }
  }

  return {
    /** How many came. */
    count: (): number => came,
    deliver: async (take: TakeMail): Promise<void> => {
      // What lies there already is of earlier trials.
      await unseen()
      watch(take).catch((error: unknown) => {
        process.stderr.write(`The mails can't be read: ${String(error)}\n`)
        process.exit(1)
      })
    },
  }
}
