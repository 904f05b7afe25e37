import { DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { restartWorkflows } from '../../functions/restart.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import { openStageOf } from '../../shared/domain/assistant.ts'
import { people } from '../support/bank.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, caseId, decide, done, file, load, onPost, register, trail } from './support.ts'

const openBank = useEngines()

const stored = async ({ client, variables }: TestBank) =>
  (await client.send(new ScanCommand({ TableName: variables['TABLE_NAME'] }))).Items ?? []

/** Takes the record back to what it was, as the one that was restored takes its place. */
const takeBack = async (bank: TestBank, items: Awaited<ReturnType<typeof stored>>): Promise<void> => {
  const TableName = bank.variables['TABLE_NAME']
  for (const { pk, sk } of await bank.items())
    await bank.client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } }))
  for (const Item of items) await bank.client.send(new PutItemCommand({ TableName, Item }))
}

const setUp = async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await branchAsked(bank, 1)
  await onPost(bank, 2)
  const before = await stored(bank)
  // Lost: a decision, and a whole case.
  done(await decide(bank.system, caseId(1), people.branch, 'approve'))
  await file(bank.system, 3)
  await bank.states.idle()
  return { bank, before }
}

test.each([true, false])(
  'a record that was taken back goes on from there, executions stopped: %s',
  async (areStopped) => {
    const { bank, before } = await setUp()
    if (areStopped) await bank.states.stopAll()
    await takeBack(bank, before)
    await restartWorkflows(bank.system, 'ops')
    await sweepDue(bank.system, () => true)
    await bank.states.idle()

    expect(openStageOf(await load(bank.system, caseId(1)))).toMatchObject({ stage: 'branch' })
    expect(await bank.system.record.load(caseId(3))).toBeNull()
    done(await decide(bank.system, caseId(1), people.branch, 'approve'))
    await bank.states.idle()
    done(await decide(bank.system, caseId(1), people.hq, 'approve'))
    await bank.states.idle()
    expect((await load(bank.system, caseId(1))).status).toBe('on-post')
    expect(await trail(bank.system, caseId(1))).toEqual(await trail(bank.system, caseId(2)))
    // Whoever files what was lost files it anew. Where that is by the same ids, an execution had that name already: the
    // sweep finds that the case has not gone on, and starts one by another.
    await branchAsked(bank, 3)
    bank.clock.pass(16)
    await sweepDue(bank.system, () => true)
    await bank.states.idle()
    expect(openStageOf(await load(bank.system, caseId(3)))).toMatchObject({ stage: 'branch' })
  },
)
