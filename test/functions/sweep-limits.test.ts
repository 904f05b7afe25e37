import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { describe, expect, test } from 'vitest'
import type { DueItem } from '../../functions/adapters/duties.ts'
import type { System } from '../../functions/adapters/system.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import type { SendMail } from '../../shared/domain/duty.ts'
import type { AssistantId } from '../../shared/domain/ids.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, caseId, file, putDuty, register, trail } from './support.ts'

const openBank = useEngines()

const always = () => true

const notice = (assistantId: AssistantId, number: number): SendMail => ({
  kind: 'send-mail',
  id: `${assistantId}-9-m${number}`,
  assistantId,
  notice: 'took-effect',
  to: 'assistant',
  applicationId: null,
  approvalId: null,
})

const registered = async (): Promise<TestBank> => {
  const bank = await openBank()
  await register(bank.system.directory)
  return bank
}

const duePages = (system: System) => {
  const asked = { pages: 0 }
  const due: System['duties']['due'] = (...given) => {
    asked.pages += 1
    return system.duties.due(...given)
  }
  return { asked, counted: { ...system, duties: { ...system.duties, due } } }
}

describe('the sweep', () => {
  test('ends when nothing is due, after a look at the index and nothing else', async () => {
    const bank = await registered()
    const before = await bank.items()
    const { asked, counted } = duePages(bank.system)
    await sweepDue(counted, always)
    expect(asked.pages).toBe(1)
    expect(await bank.items()).toEqual(before)
  })

  test('does nothing while there is no time, and goes on where it stopped', async () => {
    const bank = await registered()
    await file(bank.called, 1)
    for (let number = 1; number <= 7; number += 1) await putDuty(bank, notice(caseId(1), number), bank.clock.now())
    const due: System['duties']['due'] = (now) => bank.system.duties.due(now, 3)
    const system = { ...bank.system, duties: { ...bank.system.duties, due } }

    await sweepDue(system, () => false)
    expect(bank.mails).toEqual([])

    // A look before the page, and one before each of its entries but the last.
    let looks = 3
    await sweepDue(system, () => looks-- > 0)
    expect(bank.mails).toHaveLength(2)

    await sweepDue(system, always)
    const sent = bank.mails.map(({ headers }) => headers['x-zhuli-duty'])
    expect(new Set(sent).size).toBe(7)
    expect(sent).toHaveLength(7)
  })

  test('deals once with what an index shows again that lags behind, page after page', async () => {
    const bank = await registered()
    await file(bank.called, 1)
    for (let number = 1; number <= 7; number += 1) await putDuty(bank, notice(caseId(1), number), bank.clock.now())
    const all = await bank.system.duties.due(bank.clock.now(), 10)
    // What was dealt with shows once more: of each page the last two entries.
    const stale: DueItem[] = []
    const due: System['duties']['due'] = async (now, _, after) => {
      if (after !== undefined) return bank.system.duties.due(now, 3, after)
      const page = [...stale, ...(await bank.system.duties.due(now, 3))]
      stale.splice(0, stale.length, ...page.slice(-2))
      return page
    }
    const claims: DueItem[] = []
    const claim: System['duties']['claim'] = (item, until) => {
      claims.push(item)
      return bank.system.duties.claim(item, until)
    }
    await sweepDue({ ...bank.system, duties: { ...bank.system.duties, due, claim } }, always)
    expect(claims).toEqual(all)
    expect(bank.mails).toHaveLength(7)
  })

  test('goes on behind whole pages that an index shows again that lags far behind, and skips nothing', async () => {
    const bank = await registered()
    await file(bank.called, 1)
    for (let number = 1; number <= 7; number += 1) await putDuty(bank, notice(caseId(1), number), bank.clock.now())
    // It never comes to know of anything.
    const index = await bank.system.duties.due(bank.clock.now(), 10)
    const due: System['duties']['due'] = async (_now, _limit, after) => {
      const from = after === undefined ? 0 : index.indexOf(after) + 1
      return index.slice(from, from + 3)
    }
    const tally = await sweepDue({ ...bank.system, duties: { ...bank.system.duties, due } }, always)
    expect(tally).toMatchObject({ done: 7, left: 0 })
    expect(bank.mails).toHaveLength(7)
  })

  test('leaves alone what shows again after it had left the index', async () => {
    const bank = await registered()
    await file(bank.called, 1)
    for (let number = 1; number <= 4; number += 1) await putDuty(bank, notice(caseId(1), number), bank.clock.now())
    const [one, two, three, four] = await bank.system.duties.due(bank.clock.now(), 10)
    const pages = [[one!, two!], [three!, four!], [one!, two!], []]
    const due: System['duties']['due'] = async () => pages.shift() ?? []
    await sweepDue({ ...bank.system, duties: { ...bank.system.duties, due } }, always)
    expect(bank.mails).toHaveLength(4)
  })

  test('stops while the function still has the time to end', async () => {
    const bank = await registered()
    await file(bank.called, 1)
    await putDuty(bank, notice(caseId(1), 1), bank.clock.now())
    const sweep = bank.functions.sweep(bank.system)
    await sweep({}, { getRemainingTimeInMillis: () => 30_000 })
    expect(bank.mails).toEqual([])
    await sweep({}, { getRemainingTimeInMillis: () => 30_001 })
    expect(bank.mails).toHaveLength(1)
  })

  test('that was killed in the middle of a duty leaves it to one five minutes later', async () => {
    const bank = await registered()
    await file(bank.called, 1)
    await putDuty(bank, notice(caseId(1), 1), bank.clock.now())
    const [entry] = await bank.system.duties.due(bank.clock.now(), 1)
    await bank.system.duties.postpone(entry!, new Date(Date.parse(bank.clock.now()) + 300_000).toISOString() as never)
    bank.clock.pass(4)
    await sweepDue(bank.system, always)
    expect(bank.mails).toEqual([])
    bank.clock.pass(1)
    await sweepDue(bank.system, always)
    expect(bank.mails).toHaveLength(1)
  })
})

describe('one entry that can not be done does not keep the others waiting', () => {
  test('even where it can not be claimed, and is left as it was', async () => {
    const bank = await registered()
    for (const number of [1, 2, 3]) await branchAsked(bank, number)
    const before = bank.mails.length
    for (const number of [1, 2, 3]) await putDuty(bank, notice(caseId(number), 1), bank.clock.now())
    const held = `${caseId(2)}-9-m1`
    const claim: System['duties']['claim'] = (item, until) =>
      item.key['sk']?.S === `DUTY#${held}`
        ? Promise.reject(new Error('Held back.'))
        : bank.system.duties.claim(item, until)
    const tally = await sweepDue({ ...bank.system, duties: { ...bank.system.duties, claim } }, always)
    expect(bank.mails).toHaveLength(before + 2)
    expect(tally).toMatchObject({ done: 2, left: 1, oldestDuty: expect.any(String) })
    await sweepDue(bank.system, always)
    expect(bank.mails).toHaveLength(before + 3)
  })

  const change = ({ client, variables }: TestBank, number: number, state: string) =>
    client.send(
      new UpdateItemCommand({
        TableName: variables['TABLE_NAME'],
        Key: marshall({ pk: `CASE#${caseId(number)}`, sk: 'CASE' }),
        UpdateExpression: 'SET #state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: marshall({ ':state': state }),
      }),
    )

  /** A duty that says what it says. */
  const putText = ({ client, variables, clock }: TestBank, duty: string) =>
    client.send(
      new PutItemCommand({
        TableName: variables['TABLE_NAME'],
        Item: marshall({
          pk: `CASE#${caseId(1)}`,
          sk: 'DUTY#spoilt',
          duty,
          attempts: 0,
          duePartition: 'due',
          dueAt: clock.now(),
        }),
      }),
    )

  const spoilt: readonly (readonly [string, (bank: TestBank) => Promise<unknown>])[] = [
    ['whose case is unreadable', (bank) => change(bank, 1, '{')],
    [
      'whose case is gone',
      ({ client, variables }) =>
        client.send(
          new DeleteItemCommand({
            TableName: variables['TABLE_NAME'],
            Key: marshall({ pk: `CASE#${caseId(1)}`, sk: 'CASE' }),
          }),
        ),
    ],
    [
      'whose duty is of a kind that a newer version knows',
      (bank) => putText(bank, JSON.stringify({ ...notice(caseId(1), 2), kind: 'telephone' })),
    ],
    ['whose duty is unreadable', (bank) => putText(bank, '{')],
  ]

  test.each(spoilt)('%s', async (_, spoil) => {
    const bank = await registered()
    for (const number of [1, 2, 3]) await branchAsked(bank, number)
    for (const number of [1, 2, 3]) await putDuty(bank, notice(caseId(number), 1), bank.clock.now())
    await spoil(bank)
    bank.clock.moveTo('2025-03-05T01:00:00.000Z')

    await sweepDue(bank.system, always)
    await sweepDue(bank.system, always)

    const sent = bank.mails.map(({ headers }) => headers['x-zhuli-duty'])
    for (const number of [2, 3]) {
      expect(sent).toContain(`${caseId(number)}-9-m1`)
      expect(await trail(bank.system, caseId(number))).toContain('stage-reminded')
    }
    expect(sent).toHaveLength(new Set(sent).size)
  })
})
