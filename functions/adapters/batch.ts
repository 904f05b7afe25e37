import { BatchGetItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import type { Item } from './items.ts'

/** DynamoDB takes at most so many keys in one batch. */
const batchSize = 100

/** How often keys are asked for again that DynamoDB left out because it was busy. */
const tries = 8

/** All items of a partition whose sort keys begin with a prefix, page by page. */
export async function* itemsUnder(client: DynamoDBClient, table: string, { pk, sk }: Item): AsyncGenerator<Item> {
  let from: Item | undefined
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': pk, ':sk': sk } as Item,
        ConsistentRead: true,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    )
    yield* Items
    from = LastEvaluatedKey
  } while (from !== undefined)
}

const nameOf = ({ pk, sk }: Item): string => `${pk?.S}|${sk?.S}`

/** The items under the keys that exist, in no order. */
export const readBatch = async (
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<readonly Item[]> => {
  const items: Item[] = []
  let pending = [...new Map(keys.map((key) => [nameOf(key), key])).values()]
  let unread = 0
  while (pending.length > 0) {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [table]: { Keys: pending.slice(0, batchSize), ConsistentRead: true } },
      }),
    )
    items.push(...(Responses?.[table] ?? []))
    const left = UnprocessedKeys?.[table]?.Keys ?? []
    unread = left.length > 0 ? unread + 1 : 0
    if (unread === tries)
      throw new Error(`DynamoDB left ${left.length} keys of a batch unread, ${tries} times in a row.`)
    pending = [...left, ...pending.slice(batchSize)]
  }
  return items
}

/**
 * Reads what stands under keys, in their order, undefined where nothing does; and each key but once, however often it is
 * asked for.
 */
export const lookUp = (client: DynamoDBClient, table: string) => {
  const found = new Map<string, Item | undefined>()
  return async (keys: readonly Item[]): Promise<readonly (Item | undefined)[]> => {
    const fresh = keys.filter((key) => !found.has(nameOf(key)))
    for (const key of fresh) found.set(nameOf(key), undefined)
    for (const item of await readBatch(client, table, fresh)) found.set(nameOf(item), item)
    return keys.map((key) => found.get(nameOf(key)))
  }
}
