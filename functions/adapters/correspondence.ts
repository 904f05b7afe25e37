import { type DynamoDBClient, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { tableKeys } from '../../shared/contracts/table.ts'
import type { SendAnswer } from '../../shared/domain/send-answer.ts'
import type { Day, Instant } from '../../shared/domain/time.ts'
import { answerCountKey, expiresAfter, newDutyItem } from './items.ts'

/** How many answers a day an approval gets, or an address: a machine that nobody recognises stops there. */
const answersADay = 10
/** Seconds after which nothing asks for a day's count any more. */
const keptFor = 3 * 24 * 60 * 60

/** The answers to mails that decided nothing. */
export interface Correspondence {
  /** Puts the duty to answer a mail on record: once for each mail, and so many a day. Each change is made in whole. */
  readonly put: (duty: SendAnswer, today: Day, now: Instant) => Promise<'put' | 'put-before' | 'too-many'>
}

export const correspondence = (client: DynamoDBClient, table: string): Correspondence => {
  const write = (duty: SendAnswer, today: Day, now: Instant) =>
    new TransactWriteItemsCommand({
      TransactItems: [
        {
          Put: { TableName: table, Item: newDutyItem(duty, now), ConditionExpression: 'attribute_not_exists(pk)' },
        },
        {
          Update: {
            TableName: table,
            Key: answerCountKey(duty, today),
            UpdateExpression: `SET ${tableKeys.timeToLive} = :expires ADD answers :one`,
            ConditionExpression: 'attribute_not_exists(answers) OR answers < :most',
            ExpressionAttributeValues: marshall({
              ':expires': expiresAfter(keptFor, now)[tableKeys.timeToLive],
              ':one': 1,
              ':most': answersADay,
            }),
          },
        },
      ],
    })

  return {
    put: async (duty, today, now) => {
      try {
        await client.send(write(duty, today, now))
        return 'put'
      } catch (error) {
        // Anything else, two answers at one moment among it, is tried again with the whole mail.
        if (!(error instanceof TransactionCanceledException)) throw error
        const [put, count] = (error.CancellationReasons ?? []).map(({ Code }) => Code === 'ConditionalCheckFailed')
        if (put === true) return 'put-before'
        if (count === true) return 'too-many'
        throw error
      }
    },
  }
}
