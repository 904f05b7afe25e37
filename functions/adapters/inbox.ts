import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { InboxEnvironment } from '../../shared/contracts/environment.ts'
import { readEnvironment, type Variables } from './environment.ts'
import { patience } from './patience.ts'

/** Where the mails lie that arrived. */
export interface Inbox {
  /** The whole mail as it came, by SES's id for it. @throws where it is not there (any more) */
  readonly read: (id: string) => Promise<Uint8Array>
}

const bucketInbox = (client: S3Client, { INBOX_BUCKET: bucket, INBOX_PREFIX: prefix }: InboxEnvironment): Inbox => ({
  read: async (id) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `${prefix}${id}` }))
    if (Body === undefined) throw new Error('S3 answered GetObject without a body.')
    return Body.transformToByteArray()
  },
})

/** The bucket that a function's environment variables name. */
export const createInbox = (variables: Variables): Inbox =>
  bucketInbox(new S3Client({ requestHandler: patience }), readEnvironment(InboxEnvironment, variables))
