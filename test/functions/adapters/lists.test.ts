import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Lists, lists, type Position, type Range } from '../../../functions/adapters/lists.ts'
import { particulars } from '../../support/bank.ts'
import { type TestBank, useEngines } from '../../support/engines.ts'
import { caseId, employee, file, register } from '../support.ts'

const openBank = useEngines()

const range = (partition: string, prefix = '', below: string | null = null): Range => ({ partition, prefix, below })

/** Puts an entry of the list index on record. */
const put = async ({ client, variables }: TestBank, number: number, listPartition: string, listKey: string) => {
  const Item = marshall({ pk: `CASE#${caseId(number)}`, sk: 'CASE', listPartition, listKey })
  await client.send(new PutItemCommand({ TableName: variables['TABLE_NAME'], Item }))
}

/** The numbers of all cases that pages of a length show, page by page. */
const walk = async (list: Lists, ranges: readonly Range[], limit: number): Promise<readonly (readonly number[])[]> => {
  const pages: number[][] = []
  let from: Position | null = null
  do {
    const { entries, next }: Awaited<ReturnType<Lists['page']>> = await list.page(ranges, from, limit)
    pages.push(entries.map(({ assistantId }) => Number(assistantId)))
    from = next
  } while (from !== null)
  return pages
}

describe('a list of several ranges', () => {
  const ranges = [range('a', 'N#'), range('empty'), range('b'), range('c', '', '2025-03-05')]

  const filled = async (): Promise<TestBank> => {
    const bank = await openBank()
    await put(bank, 90, 'a', 'M#3')
    for (const number of [1, 2, 3]) await put(bank, number, 'a', `N#${number}`)
    await put(bank, 91, 'a', 'NN#1')
    await put(bank, 4, 'b', 'same')
    await put(bank, 5, 'b', 'same')
    for (const number of [6, 7]) await put(bank, number, 'c', `2025-03-0${number - 3}#${number}`)
    await put(bank, 92, 'c', '2025-03-05#92')
    await put(bank, 93, 'c', '2025-03-06#93')
    return bank
  }

  test('shows every entry once and in order, whatever the limit', async () => {
    const { system } = await filled()
    for (let limit = 1; limit <= 8; limit += 1) {
      const pages = await walk(system.lists, ranges, limit)
      expect(pages.flat(), `with a limit of ${limit}`).toEqual([1, 2, 3, 4, 5, 6, 7])
      expect(pages.slice(0, -1).every((page) => page.length === limit || page.length === 0)).toBe(true)
      expect(pages.every((page) => page.length <= limit)).toBe(true)
    }
  })

  test('begins the next page where the last ended, also when entries come and go meanwhile', async () => {
    const bank = await filled()
    const { next } = await bank.system.lists.page(ranges, null, 2)
    await put(bank, 2, 'elsewhere', 'N#2')
    await put(bank, 8, 'a', 'N#0')
    const { entries } = await bank.system.lists.page(ranges, next, 10)
    expect(entries.map(({ assistantId }) => Number(assistantId))).toEqual([3, 4, 5, 6, 7])
  })

  test('ends at once where there are no ranges, or nothing in them', async () => {
    const { system } = await openBank()
    expect(await system.lists.page([], null, 5)).toEqual({ entries: [], next: null })
    expect((await walk(system.lists, ranges, 1)).flat()).toEqual([])
  })
})

test('never asks by an empty key, which DynamoDB refuses though the embedded engine does not', async () => {
  const bank = await openBank()
  const client = new DynamoDBClient({})
  onTestFinished(() => client.destroy())
  const asked: unknown[] = []
  client.middlewareStack.add(
    (next) => (args) => {
      asked.push(
        ...Object.values((args.input as { ExpressionAttributeValues?: object }).ExpressionAttributeValues ?? {}),
      )
      return next(args)
    },
    { step: 'initialize' },
  )
  const list = lists(client, bank.variables['TABLE_NAME']!)
  await walk(list, [range('a'), range('b', 'N#'), range('c', '', '2025-03-05')], 5)
  expect(asked).not.toContainEqual({ S: '' })
})

test('finds all posts of one person, and of nobody else whose number begins alike', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await file(bank.system, 1)
  await file(bank.system, 11)
  expect(await bank.system.lists.postsOf(employee(1))).toEqual([caseId(1)])
  expect(await bank.system.lists.postsOf(particulars.employeeNo)).toEqual([caseId(1)])
  expect(await bank.system.lists.postsOf(employee(2))).toEqual([])
})

test('reads more cases than DynamoDB takes in one batch, each once, and leaves out those that do not exist', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await Promise.all([1, 2, 3].map((number) => file(bank.system, number)))
  const ids = [...Array.from({ length: 250 }, (_, index) => caseId(250 - index)), caseId(1)]
  expect([...(await bank.system.lists.cases(ids)).keys()].toSorted()).toEqual([caseId(1), caseId(2), caseId(3)])
  expect((await bank.system.lists.cases([])).size).toBe(0)
})
