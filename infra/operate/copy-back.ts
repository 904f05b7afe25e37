import { isDeepStrictEqual } from 'node:util'
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateQuery,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb'
import { createDynamoDb } from '../../functions/adapters/dynamodb.ts'
import type { Item } from '../../functions/adapters/items.ts'
import { type DeployedStack, OperationError } from './deployed-stack.ts'

export interface CopyBack {
  /** Whose items: the partition key that they share, such as `CASE#7k3m9q2d`. */
  readonly partition: string
  /** The table that was restored, by its name. */
  readonly from: string
}

/**
 * How an item stands in the restored table and in the stack's: in that one alone, in this one alone, in both as one or
 * in both and not the same; or that it was put back just now.
 */
export interface Compared {
  readonly item: string
  readonly outcome: 'missing' | 'since' | 'same' | 'other' | 'copied'
}

interface Pair {
  readonly restored: Item | undefined
  readonly present: Item | undefined
}

const itemsOf = async (client: DynamoDBClient, TableName: string, partition: string): Promise<Map<string, Item>> => {
  const query = {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: partition } },
    ConsistentRead: true,
  }
  const found = new Map<string, Item>()
  try {
    for await (const { Items = [] } of paginateQuery({ client }, query))
      for (const item of Items) found.set(item['sk']?.S ?? '', item)
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error
    throw new OperationError(`There is no table ${TableName}.`, { cause: error })
  }
  return found
}

const outcomeOf = ({ restored, present }: Pair): Compared['outcome'] => {
  if (present === undefined) return 'missing'
  if (restored === undefined) return 'since'
  return isDeepStrictEqual(restored, present) ? 'same' : 'other'
}

/** Puts an item where none is. @returns whether none was */
const putBack = async (client: DynamoDBClient, TableName: string, Item: Item): Promise<boolean> => {
  try {
    await client.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }))
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}

/**
 * Compares what lies in a partition of a table that was restored with what lies there in the stack's; `isCopied` puts
 * back what is missing. What is there is never touched.
 * @throws OperationError where there is no such table, or nothing lies there in either
 */
export async function* copyBack(
  stack: DeployedStack,
  { partition, from }: CopyBack,
  isCopied: boolean,
): AsyncGenerator<Compared> {
  const client = createDynamoDb()
  const table = stack.one('AWS::DynamoDB::Table')
  const restored = await itemsOf(client, from, partition)
  const present = await itemsOf(client, table, partition)
  const names = [...new Set([...restored.keys(), ...present.keys()])].toSorted()
  if (names.length === 0) throw new OperationError(`Nothing lies under ${partition}, there or here.`)
  for (const name of names) {
    const item = restored.get(name)
    const outcome = outcomeOf({ restored: item, present: present.get(name) })
    if (outcome !== 'missing' || item === undefined || !isCopied) yield { item: name, outcome }
    else yield { item: name, outcome: (await putBack(client, table, item)) ? 'copied' : 'other' }
  }
}
