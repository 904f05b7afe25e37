import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { AnchorsEnvironment } from '../../shared/contracts/environment.ts'
import type { Anchor } from '../../shared/domain/evidence.ts'
import { readEnvironment, type Variables } from './environment.ts'

/** Where the heads of the chains are kept outside the table, where nobody can change them any more. */
export interface Anchors {
  /** Keeps a head for its day, once: what was kept for the day before stays. @returns what is kept */
  readonly keep: (anchor: Omit<Anchor, 'key'>) => Promise<Anchor>
}

const preconditionFailed = 412

const bucketAnchors = (client: S3Client, bucket: string): Anchors => {
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

/** The bucket that a function's environment variables name. */
export const createAnchors = (variables: Variables): Anchors =>
  bucketAnchors(new S3Client({}), readEnvironment(AnchorsEnvironment, variables).ANCHOR_BUCKET)
