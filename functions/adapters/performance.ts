import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { CentreId, EmployeeNo } from '../../shared/domain/ids.ts'
import type { Figures, PerformanceRules, Period, Result } from '../../shared/domain/performance.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { digest } from './digest.ts'
import { itemsUnder, readBatch } from './batch.ts'
import { isTransacted, isWritten } from './conditional.ts'
import { type Item, performanceResultKey, performanceRulesKey, personResultKey } from './items.ts'
import type { Write } from './record.ts'

/** Who stated something, and when. */
export interface Statement {
  readonly client: string
  readonly by: EmployeeNo | null
  readonly at: Instant
}

interface KeptRules extends PerformanceRules, Statement {
  /** What was stated before, oldest first. */
  readonly earlier: readonly (PerformanceRules & Statement)[]
}

/** A result with whatever was stated before it. */
export interface KeptResult extends Result, Statement {
  readonly earlier: readonly ({ readonly figures: Figures } & Statement)[]
}

/** What everyone achieved in each period, and by which rules it is scored. */
export interface Performance {
  /** Rules that are stated again as they are leave no trace. */
  readonly putRules: (period: Period, rules: PerformanceRules, by: Statement) => Promise<'created' | 'replaced'>
  readonly rules: (periods: readonly Period[]) => Promise<ReadonlyMap<Period, PerformanceRules>>
  readonly result: (period: Period, employeeNo: EmployeeNo) => Promise<KeptResult | null>
  /** The writes that keep a result in place of the one before, wherever that one counted. */
  readonly writes: (period: Period, result: Result, by: Statement, before: KeptResult | null) => readonly Write[]
  /** Stores a result that belongs to no case; false if another came meanwhile. */
  readonly store: (writes: readonly Write[]) => Promise<boolean>
  /** All results of a centre in a period. */
  readonly ofCentre: (period: Period, centreId: CentreId) => Promise<readonly Result[]>
}

const body = (item: Item | undefined): unknown => (item?.['body']?.S === undefined ? null : JSON.parse(item['body'].S))

export const performance = (client: DynamoDBClient, table: string): Performance => {
  const get = async (key: Item): Promise<Item | undefined> =>
    (await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item

  const put = (key: Item, content: object, changes: number): TransactWriteItem => ({
    Put: {
      TableName: table,
      Item: { ...key, ...marshall({ body: JSON.stringify(content), changes }) },
      ...(changes === 1
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'changes = :before',
            ExpressionAttributeValues: marshall({ ':before': changes - 1 }),
          }),
    },
  })

  return {
    putRules: async (period, rules, by) => {
      const key = performanceRulesKey(period)
      for (;;) {
        const seen = (await get(key))?.['body']?.S
        const before = seen === undefined ? null : (JSON.parse(seen) as KeptRules)
        if (before !== null && digest(before.metrics) === digest(rules.metrics)) return 'replaced'
        const earlier = before === null ? [] : [...before.earlier, withoutEarlier(before)]
        const stated = new PutItemCommand({
          TableName: table,
          Item: { ...key, ...marshall({ body: JSON.stringify({ ...rules, ...by, earlier }) }) },
          // Whatever came meanwhile belongs to what was stated before.
          ...(seen === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : { ConditionExpression: 'body = :seen', ExpressionAttributeValues: marshall({ ':seen': seen }) }),
        })
        if (await isWritten(client.send(stated))) return before === null ? 'created' : 'replaced'
      }
    },

    rules: async (periods) => {
      const items = await readBatch(client, table, periods.map(performanceRulesKey))
      const found = new Map(items.map((item) => [item['pk']?.S, body(item) as KeptRules]))
      return new Map(
        periods.flatMap((period) => {
          const kept = found.get(performanceRulesKey(period)['pk']?.S)
          return kept === undefined ? [] : [[period, { metrics: kept.metrics }] as const]
        }),
      )
    },

    result: async (period, employeeNo) => body(await get(personResultKey(period, employeeNo))) as KeptResult | null,

    writes: (period, result, by, before) => {
      const earlier =
        before === null
          ? []
          : [...before.earlier, { figures: before.figures, client: before.client, by: before.by, at: before.at }]
      const kept: KeptResult = { ...result, ...by, earlier }
      const centre = performanceResultKey(period, result.centreId, result.employeeNo)
      const moved = before !== null && before.centreId !== result.centreId
      return [
        {
          write: put(personResultKey(period, result.employeeNo), kept, earlier.length + 1),
          otherwise: 'besides-changed',
        },
        { write: { Put: { TableName: table, Item: { ...centre, ...marshall({ body: JSON.stringify(result) }) } } } },
        ...(moved
          ? [
              {
                write: {
                  Delete: {
                    TableName: table,
                    Key: performanceResultKey(period, before.centreId, result.employeeNo),
                  },
                },
              },
            ]
          : []),
      ]
    },

    store: (writes) =>
      isTransacted(client.send(new TransactWriteItemsCommand({ TransactItems: writes.map(({ write }) => write) }))),

    ofCentre: async (period, centreId) => {
      const results: Result[] = []
      const all = performanceResultKey(period, centreId, '' as EmployeeNo)
      for await (const item of itemsUnder(client, table, all)) results.push(body(item) as Result)
      return results
    },
  }
}

const withoutEarlier = ({ metrics, client, by, at }: KeptRules) => ({ metrics, client, by, at })
