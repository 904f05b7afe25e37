import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { Instant } from '../../shared/domain/time.ts'
import { isWritten } from './conditional.ts'
import { answerKey, expiresAfter, type Item } from './items.ts'

/** The answer that a call with an idempotency key got, kept to be given again byte for byte. */
export interface Answer {
  /** The API client; keys of different clients never meet. */
  readonly client: string
  readonly key: string
  /** Digest of method, path and body: the same key with another request is a mistake of the client. */
  readonly request: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How long an answer is kept, in seconds: longer than any client goes on retrying. */
const keptFor = 30 * 24 * 60 * 60

export interface Answers {
  readonly find: (client: string, key: string) => Promise<Answer | null>
  /** Keeps the answer of a call that changed nothing; false if the key was answered meanwhile. */
  readonly keep: (answer: Answer, now: Instant) => Promise<boolean>
}

export const answerItem = (answer: Answer, now: Instant): Item => ({
  ...answerKey(answer.client, answer.key),
  ...marshall({ ...answer, ...expiresAfter(keptFor, now) }),
})

export const answers = (client: DynamoDBClient, table: string): Answers => ({
  find: async (caller, key) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: answerKey(caller, key), ConsistentRead: true }),
    )
    return Item === undefined ? null : (unmarshall(Item) as Answer)
  },
  keep: (answer, now) => {
    const kept = new PutItemCommand({
      TableName: table,
      Item: answerItem(answer, now),
      ConditionExpression: 'attribute_not_exists(pk)',
    })
    return isWritten(client.send(kept))
  },
})
