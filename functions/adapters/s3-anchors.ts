import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import type { Anchor } from '../../shared/domain/evidence.ts'
import type { Anchors } from './anchors.ts'
import { patience } from './patience.ts'

const preconditionFailed = 412

/** Heads as objects of a bucket, one for each case and day. */
export const bucketAnchors = (bucket: string): Anchors => {
  const client = new S3Client({ requestHandler: patience })

  const read = async (key: string): Promise<Omit<Anchor, 'key'>> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    if (Body === undefined) throw new Error('S3 answered GetObject without a body.')
    return JSON.parse(await Body.transformToString()) as Omit<Anchor, 'key'>
  }

  return {
    keep: async (anchor) => {
      const key = `anchors/${anchor.assistantId}/${anchor.day}.json`
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: JSON.stringify(anchor),
            ContentType: 'application/json',
            IfNoneMatch: '*',
          }),
        )
        return { ...anchor, key }
      } catch (error) {
        if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== preconditionFailed) throw error
        return { ...(await read(key)), key }
      }
    },
  }
}
