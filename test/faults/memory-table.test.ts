import {
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryTable } from '../support/faults/memory-table.ts'
import { shareBank, useEngines } from '../support/engines.ts'

const bank = shareBank(useEngines())

// What the fault tests find is worth as much as the table that they run on: here it answers to the real engine.

const key = fc.record({
  pk: fc.constantFrom('CASE#1', 'CASE#2'),
  sk: fc.constantFrom('CASE', 'DUTY#1', 'DUTY#2', 'EVENT#000001'),
})
const item = fc.record(
  {
    version: fc.nat(2),
    tries: fc.nat(2),
    duePartition: fc.constant('due'),
    dueAt: fc.constantFrom('2025-03-03', '2025-03-04', '2025-03-05'),
    listPartition: fc.constant('review'),
    listKey: fc.constantFrom('a#1', 'a#2', 'b#1'),
  },
  { requiredKeys: ['version'] },
)

/** The conditions that the adapters write. */
const condition = fc.constantFrom(
  undefined,
  'attribute_not_exists(pk)',
  'attribute_exists(pk)',
  'version = :n',
  'tries < :n',
  'attribute_not_exists(pk) OR version = :n',
  'attribute_not_exists(tries) OR tries < :n',
  'version = :n AND tries < :n',
)
const update = fc.constantFrom(
  'SET dueAt = :t',
  'SET dueAt = :t ADD tries :n',
  'ADD tries :n',
  'ADD tokens :s',
  'SET version = :n REMOVE duePartition, dueAt',
  'REMOVE tries',
)

const values = (used: string) =>
  Object.fromEntries(
    Object.entries({ ':n': { N: '1' }, ':t': { S: '2025-03-06' }, ':s': { SS: ['token'] } }).filter(([name]) =>
      used.includes(name),
    ),
  )

const given = (expression: string, condition_: string | undefined) => {
  const all = values(`${expression} ${condition_ ?? ''}`)
  return {
    ...(condition_ === undefined ? {} : { ConditionExpression: condition_ }),
    ...(Object.keys(all).length === 0 ? {} : { ExpressionAttributeValues: all }),
  }
}

const put = fc
  .tuple(key, item, condition)
  .map(([at, what, when]) => ({ Put: { Item: marshall({ ...at, ...what }), ...given('', when) } }))
const change = fc
  .tuple(key, update, condition)
  .map(([at, how, when]) => ({ Update: { Key: marshall(at), UpdateExpression: how, ...given(how, when) } }))
const remove = fc.tuple(key, condition).map(([at, when]) => ({ Delete: { Key: marshall(at), ...given('', when) } }))
const write = fc.oneof(put, change, remove)
type Written = typeof write extends fc.Arbitrary<infer Value> ? Value : never

const keyOfWrite = (one: Written): string => {
  const { pk, sk } = 'Put' in one ? one.Put.Item : 'Update' in one ? one.Update.Key : one.Delete.Key
  return JSON.stringify([pk, sk])
}

const query = fc
  .tuple(
    fc.constantFrom<readonly [string | undefined, string, Record<string, unknown>]>(
      [undefined, 'pk = :pk AND begins_with(sk, :sk)', { ':pk': 'CASE#1', ':sk': 'DUTY#' }],
      [
        undefined,
        'pk = :pk AND sk BETWEEN :from AND :to',
        { ':pk': 'CASE#1', ':from': 'DUTY#1', ':to': 'EVENT#000001' },
      ],
      ['due', 'duePartition = :due AND dueAt <= :now', { ':due': 'due', ':now': '2025-03-04' }],
      ['list', 'listPartition = :p', { ':p': 'review' }],
      ['list', 'listPartition = :p AND begins_with(listKey, :prefix)', { ':p': 'review', ':prefix': 'a#' }],
      ['list', 'listPartition = :p AND listKey < :below', { ':p': 'review', ':below': 'b#' }],
    ),
    fc.constantFrom(undefined, 1, 2),
  )
  .map(([[index, expression, bound], limit]) => ({ index, expression, bound, limit }))

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const), write }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('transact' as const),
      writes: fc.uniqueArray(write, {
        minLength: 1,
        maxLength: 4,
        selector: keyOfWrite,
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('get' as const), key }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('batch' as const),
      keys: fc.uniqueArray(key, { minLength: 1, selector: ({ pk, sk }) => pk + sk }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('query' as const), query }) },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const commandOf = (TableName: string, one: Step) => {
  switch (one.kind) {
    case 'write': {
      if ('Put' in one.write) return new PutItemCommand({ TableName, ...one.write.Put, ReturnValues: 'ALL_OLD' })
      // Without the old item: of one that was not there, the engine gives its key and DynamoDB nothing.
      if ('Update' in one.write) return new UpdateItemCommand({ TableName, ...one.write.Update })
      return new DeleteItemCommand({ TableName, ...one.write.Delete, ReturnValues: 'ALL_OLD' })
    }
    case 'transact': {
      const TransactItems = one.writes.map((each) =>
        Object.fromEntries(Object.entries(each).map(([verb, request]) => [verb, { TableName, ...request }])),
      )
      return new TransactWriteItemsCommand({ TransactItems })
    }
    case 'get':
      return new GetItemCommand({ TableName, Key: marshall(one.key) })
    case 'batch':
      return new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: one.keys.map((at) => marshall(at)) } } })
    case 'query': {
      const { index, expression, bound, limit } = one.query
      return new QueryCommand({
        TableName,
        ...(index === undefined ? {} : { IndexName: index }),
        KeyConditionExpression: expression,
        ExpressionAttributeValues: marshall(bound),
        ...(limit === undefined ? {} : { Limit: limit }),
      })
    }
  }
}

const byKey = (a: Item, b: Item): number =>
  JSON.stringify([a['pk'], a['sk']]).localeCompare(JSON.stringify([b['pk'], b['sk']]))
type Item = Readonly<Record<string, unknown>>

/** What an engine answers, without what is its own: words, metadata, and the order of a batch. */
const outcome = async (send: (command: never) => Promise<unknown>, command: object): Promise<unknown> => {
  try {
    const { Item, Items, Responses, Attributes } = (await send(command as never)) as Record<string, unknown>
    const batch = Object.values((Responses ?? {}) as Record<string, readonly Item[]>)
      .flat()
      .toSorted(byKey)
    return { Item, Items, batch, Attributes: Attributes ?? undefined }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : undefined
    return { error: error.name, reasons: reasons?.map(({ Code }) => Code) }
  }
}

test('the table of the fault tests answers as the real engine does', async () => {
  const { client, variables } = bank()
  const table = variables['TABLE_NAME'] ?? ''
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const memory = new MemoryTable().client
      for (const pk of ['CASE#1', 'CASE#2']) {
        for (const sk of ['CASE', 'DUTY#1', 'DUTY#2', 'EVENT#000001']) {
          await client.send(new DeleteItemCommand({ TableName: table, Key: marshall({ pk, sk }) }))
        }
      }
      for (const one of steps) {
        const [real, fake] = [commandOf(table, one), commandOf(table, one)]
        expect(await outcome((command) => memory.send(command), fake), JSON.stringify(one)).toEqual(
          await outcome((command) => client.send(command), real),
        )
      }
    }),
    { numRuns: 60 },
  )
})
