import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { tableIndexes } from '../../shared/contracts/table.ts'
import type { AssistantCase } from '../../shared/domain/assistant.ts'
import { AssistantId, type EmployeeNo } from '../../shared/domain/ids.ts'
import { readBatch } from './batch.ts'
import { caseKey, type Item, postKey, readCase } from './items.ts'

/** A stretch of the list index: the keys of one partition that begin with `prefix`, and stay below `below`. */
export interface Range {
  readonly partition: string
  readonly prefix: string
  /** Keys from here on are left out; it begins with `prefix`. */
  readonly below: string | null
}

/** Where a page ended: in which range, by its name, and after which key of it. */
export interface Position {
  readonly range: string
  readonly after: { readonly key: string; readonly pk: string; readonly sk: string } | null
}

/** One entry of a list: the sort key of its item tells what it is. */
export interface Entry {
  readonly assistantId: AssistantId
  readonly sk: string
}

export interface Page {
  readonly entries: readonly Entry[]
  /** Where the next page begins; null after the last entry. */
  readonly next: Position | null
}

/** Tells a range from the others of a list, also where another has come before it since. */
const nameOf = ({ partition, prefix }: Range): string => `${partition} ${prefix}`

export interface Lists {
  /**
   * At most `limit` entries of the ranges, one range after the other, from the first where `from` is null.
   * @throws RangeError for a position outside them
   */
  readonly page: (ranges: readonly Range[], from: Position | null, limit: number) => Promise<Page>
  /** All posts that an employee has or had. */
  readonly postsOf: (employeeNo: EmployeeNo) => Promise<readonly AssistantId[]>
  /** The cases of the ids, as far as they exist. */
  readonly cases: (ids: readonly AssistantId[]) => Promise<ReadonlyMap<AssistantId, AssistantCase>>
}

export const lists = (client: DynamoDBClient, table: string): Lists => {
  const { name, partition, sort } = tableIndexes.list

  const query = async (range: Range, after: Position['after'], limit: number) => {
    // DynamoDB takes no empty text in a condition on a key.
    const { prefix, below } = range
    const bounds = {
      ...(prefix === '' ? {} : { ':prefix': prefix }),
      ...(below === null ? {} : { ':below': below }),
    }
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: name,
        KeyConditionExpression: `${partition} = :partition${sortCondition(range)}`,
        ExpressionAttributeValues: marshall({ ':partition': range.partition, ...bounds }),
        Limit: limit,
        ...(after === null
          ? {}
          : {
              ExclusiveStartKey: marshall({
                [partition]: range.partition,
                [sort]: after.key,
                pk: after.pk,
                sk: after.sk,
              }),
            }),
      }),
    )
    return { items: Items, isLast: LastEvaluatedKey === undefined }
  }

  return {
    page: async (ranges, from, limit) => {
      const entries: Entry[] = []
      let index = from === null ? 0 : ranges.findIndex((range) => nameOf(range) === from.range)
      let after = from?.after ?? null
      if (index < 0) throw new RangeError('The position lies outside the list.')
      while (index < ranges.length && entries.length < limit) {
        const range = ranges[index] as Range
        const { items, isLast } = await query(range, after, limit - entries.length)
        entries.push(...items.map(entryOf))
        if (isLast) {
          index += 1
          after = null
        } else {
          after = positionOf(items.at(-1))
        }
      }
      const left = ranges[index]
      return { entries, next: left === undefined ? null : { range: nameOf(left), after } }
    },

    postsOf: async (employeeNo) => {
      const { pk } = postKey(employeeNo, '' as AssistantId)
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :post)',
          ExpressionAttributeValues: { ':pk': pk, ':post': { S: 'POST#' } } as Item,
          ConsistentRead: true,
        }),
      )
      return Items.map(({ sk }) => AssistantId.parse(sk?.S?.slice('POST#'.length)))
    },

    cases: async (ids) => {
      const items = await readBatch(client, table, ids.map(caseKey))
      return new Map(items.map(readCase).map((state) => [state.id, state]))
    },
  }
}

const sortCondition = ({ prefix, below }: Range): string => {
  const { sort } = tableIndexes.list
  if (below === null) return prefix === '' ? '' : ` AND begins_with(${sort}, :prefix)`
  return prefix === '' ? ` AND ${sort} < :below` : ` AND ${sort} BETWEEN :prefix AND :below`
}

const entryOf = ({ pk, sk }: Item): Entry => ({
  assistantId: AssistantId.parse(pk?.S?.slice('CASE#'.length)),
  sk: String(sk?.S),
})

const positionOf = (item: Item | undefined): Position['after'] =>
  item === undefined
    ? null
    : { key: String(item[tableIndexes.list.sort]?.S), pk: String(item['pk']?.S), sk: String(item['sk']?.S) }
