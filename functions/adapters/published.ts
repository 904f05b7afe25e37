import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { AssistantId } from '../../shared/domain/ids.ts'
import { isWritten } from './conditional.ts'
import { publishedKey } from './items.ts'

/** How far the events of each case have been published. */
export interface Published {
  /** Number of the last event that the bus has taken, and all before it; null where it has taken none. */
  readonly cursor: (id: AssistantId) => Promise<number | null>
  /** Moves the cursor forward. One that is there already, or further, stays. */
  readonly advance: (id: AssistantId, seq: number) => Promise<void>
}

/** Moves the cursor of a case forward. Its condition fails where it is there already, or further. */
export const cursorUpdate = (
  table: string,
  id: AssistantId,
  seq: number,
): NonNullable<TransactWriteItem['Update']> => ({
  TableName: table,
  Key: publishedKey(id),
  UpdateExpression: 'SET lastSeq = :seq',
  ConditionExpression: 'attribute_not_exists(pk) OR lastSeq < :seq',
  ExpressionAttributeValues: marshall({ ':seq': seq }),
})

export const published = (client: DynamoDBClient, table: string): Published => ({
  cursor: async (id) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: publishedKey(id), ConsistentRead: true }),
    )
    return Item === undefined ? null : Number(Item['lastSeq']?.N)
  },

  advance: async (id, seq) => {
    await isWritten(client.send(new UpdateItemCommand(cursorUpdate(table, id, seq))))
  },
})
