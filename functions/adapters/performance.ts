import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { CentreId, EmployeeNo } from '../../shared/domain/ids.ts'
import type { PerformanceRules, Period, Result } from '../../shared/domain/performance.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { digest } from './digest.ts'
import { itemsUnder, readBatch } from './batch.ts'
import { isTransacted } from './conditional.ts'
import { earlierKey, type Item, performanceResultKey, performanceRulesKey, personResultKey } from './items.ts'
import type { Write } from './record.ts'

/** Who stated something, and when. */
export interface Statement {
  readonly client: string
  readonly by: EmployeeNo | null
  readonly at: Instant
}

/** What is on record as it was stated last; whatever was stated before lies beside it, by its own number. */
interface Numbered {
  /** 1 for what was stated first. */
  readonly changes: number
}

interface KeptRules extends PerformanceRules, Statement, Numbered {}

export interface KeptResult extends Result, Statement, Numbered {}

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

  /**
   * States something in place of what stood there, on condition that this is what stands there. That moves to an item of
   * its own: one that held all of them would fill up.
   */
  const state = (key: Item, stated: object, before: Numbered | null): [TransactWriteItem, ...TransactWriteItem[]] => {
    const put = (at: Item, content: Numbered, condition: object = {}): TransactWriteItem => ({
      Put: {
        TableName: table,
        Item: { ...at, ...marshall({ body: JSON.stringify(content), changes: content.changes }) },
        ...condition,
      },
    })
    if (before === null)
      return [put(key, { ...stated, changes: 1 }, { ConditionExpression: 'attribute_not_exists(pk)' })]
    const { changes } = before
    const unchanged = {
      ConditionExpression: 'changes = :before',
      ExpressionAttributeValues: marshall({ ':before': changes }),
    }
    return [put(key, { ...stated, changes: changes + 1 }, unchanged), put(earlierKey(key, changes), before)]
  }

  const transact = (writes: TransactWriteItem[]): Promise<boolean> =>
    isTransacted(client.send(new TransactWriteItemsCommand({ TransactItems: writes })))

  return {
    putRules: async (period, rules, by) => {
      const key = performanceRulesKey(period)
      for (;;) {
        const before = body(await get(key)) as KeptRules | null
        if (before !== null && digest(before.metrics) === digest(rules.metrics)) return 'replaced'
        if (await transact(state(key, { ...rules, ...by }, before))) return before === null ? 'created' : 'replaced'
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
      const [kept, ...earlier] = state(personResultKey(period, result.employeeNo), { ...result, ...by }, before)
      const centre = performanceResultKey(period, result.centreId, result.employeeNo)
      const moved = before !== null && before.centreId !== result.centreId
      return [
        { write: kept, otherwise: 'besides-changed' },
        ...earlier.map((write) => ({ write })),
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

    store: (writes) => transact(writes.map(({ write }) => write)),

    ofCentre: async (period, centreId) => {
      const results: Result[] = []
      const all = performanceResultKey(period, centreId, '' as EmployeeNo)
      for await (const item of itemsUnder(client, table, all)) results.push(body(item) as Result)
      return results
    },
  }
}
