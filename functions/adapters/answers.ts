import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { Instant } from '../../shared/domain/time.ts'
import { isWritten } from './conditional.ts'
import { answerKey, expiresAfter, type Item } from './items.ts'

/** A call with an idempotency key. */
export interface Claim {
  /** The API client; keys of different clients never meet. */
  readonly client: string
  readonly key: string
  /** Digest of method, path and body: the same key with another request is a mistake of the client. */
  readonly request: string
}

/** The answer that a call with an idempotency key got, kept to be given again byte for byte. */
export interface Answer extends Claim {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How long an answer is kept, in seconds: longer than any client goes on retrying. */
const keptFor = 30 * 24 * 60 * 60

export interface Answers {
  /** The answer to a call with the key, or the claim of one that has none yet. */
  readonly find: (client: string, key: string) => Promise<Answer | Claim | null>
  /** Takes the key for a request that has its effect by and by; false if it is another's, or was answered meanwhile. */
  readonly claim: (claim: Claim, now: Instant) => Promise<boolean>
  /**
   * Keeps the answer of a call whose effect, where it has one, is on record already; false if the key is another's, or
   * was answered meanwhile.
   */
  readonly keep: (answer: Answer, now: Instant) => Promise<boolean>
}

export const answerItem = (answer: Answer | Claim, now: Instant): Item => ({
  ...answerKey(answer.client, answer.key),
  ...marshall({ ...answer, ...expiresAfter(keptFor, now) }),
})

export const answers = (client: DynamoDBClient, table: string): Answers => {
  /** Puts what is kept of a call in the place of nothing, or of the claim of the same request. */
  const put = (kept: Answer | Claim, now: Instant): Promise<boolean> =>
    isWritten(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: answerItem(kept, now),
          ConditionExpression: 'attribute_not_exists(pk) OR (#request = :request AND attribute_not_exists(#status))',
          ExpressionAttributeNames: { '#request': 'request', '#status': 'status' },
          ExpressionAttributeValues: marshall({ ':request': kept.request }),
        }),
      ),
    )

  return {
    find: async (caller, key) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: answerKey(caller, key), ConsistentRead: true }),
      )
      return Item === undefined ? null : (unmarshall(Item) as Answer | Claim)
    },
    claim: put,
    keep: put,
  }
}
