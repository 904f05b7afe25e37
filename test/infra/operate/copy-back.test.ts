import { DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { caseKey, eventKey } from '../../../functions/adapters/items.ts'
import { type Compared, copyBack } from '../../../infra/operate/copy-back.ts'
import { type DeployedStack, OperationError } from '../../../infra/operate/deployed-stack.ts'
import { ensureTable } from '../../../infra/local/dynamodb.ts'
import { synthesisedParts } from '../../../infra/synthesise.ts'
import { branchAsked, decide, load, register } from '../../functions/support.ts'
import { people } from '../../support/bank.ts'
import { type TestBank, useEngines } from '../../support/engines.ts'

const openBank = useEngines()
const { table: definition } = synthesisedParts()

const tableOf = ({ variables }: TestBank): string => String(variables['TABLE_NAME'])

/** A bank with a case before the branch, and a table that has all of it as of now. */
const setUp = async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  const { id } = await branchAsked(bank, 1)
  const from = `${tableOf(bank)}-restored`
  await ensureTable(String(bank.variables['AWS_ENDPOINT_URL_DYNAMODB']), from, definition, { fresh: false })
  const { Items = [] } = await bank.client.send(new ScanCommand({ TableName: tableOf(bank) }))
  for (const Item of Items) await bank.client.send(new PutItemCommand({ TableName: from, Item }))

  const stack: DeployedStack = {
    all: () => [],
    one: () => tableOf(bank),
    invoke: () => Promise.reject(new Error('Not needed.')),
    system: () => Promise.reject(new Error('Not needed.')),
  }
  const run = async (isCopied: boolean, given = { partition: `CASE#${id}`, from }): Promise<readonly Compared[]> => {
    const found: Compared[] = []
    for await (const one of copyBack(stack, given, isCopied)) found.push(one)
    return found
  }
  return { bank, id, from, run }
}

const remove = async (bank: TestBank, partition: string): Promise<void> => {
  for (const { pk, sk } of (await bank.items()).filter((item) => item.pk === partition))
    await bank.client.send(new DeleteItemCommand({ TableName: tableOf(bank), Key: { pk: { S: pk }, sk: { S: sk } } }))
}

const outcomesOf = (found: readonly Compared[]) => [...new Set(found.map(({ outcome }) => outcome))]

test('a case that is gone is put back, and goes on from where it stood', async () => {
  const { bank, id, run } = await setUp()
  expect(outcomesOf(await run(false))).toEqual(['same'])
  await remove(bank, `CASE#${id}`)
  expect(await bank.system.record.load(id)).toBeNull()

  expect(outcomesOf(await run(false))).toEqual(['missing'])
  expect(await bank.system.record.load(id)).toBeNull()
  expect(outcomesOf(await run(true))).toEqual(['copied'])
  expect(outcomesOf(await run(true))).toEqual(['same'])

  await decide(bank.system, id, people.branch, 'approve')
  await bank.states.idle()
  expect(await load(bank.system, id)).toMatchObject({ applications: [{ stage: 'hq' }] })
})

test('what is there is never touched, be it another or newer', async () => {
  const { bank, id, from, run } = await setUp()
  const TableName = from
  // As they were before: the case with other members, and none of its last event.
  await bank.client.send(new PutItemCommand({ TableName, Item: { ...caseKey(id), version: { N: '1' } } }))
  const last = eventKey(id, (await load(bank.system, id)).version)
  await bank.client.send(new DeleteItemCommand({ TableName, Key: last }))
  const before = await bank.items()

  const found = await run(true)
  expect(found.find(({ item }) => item === 'CASE')?.outcome).toBe('other')
  expect(found.find(({ item }) => item === last['sk']?.S)?.outcome).toBe('since')
  expect(await bank.items()).toEqual(before)
})

test('a table that is not there, and a partition that is nowhere, are told', async () => {
  const { from, run } = await setUp()
  await expect(run(false, { partition: 'CASE#7k3m9q2d', from: 'none' })).rejects.toThrow(
    new OperationError('There is no table none.'),
  )
  await expect(run(false, { partition: 'CASE#7k3m9q2d', from })).rejects.toThrow(
    new OperationError('Nothing lies under CASE#7k3m9q2d, there or here.'),
  )
})
