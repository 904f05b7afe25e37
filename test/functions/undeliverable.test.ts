import { describe, expect, test } from 'vitest'
import { mailCode } from '../../functions/perform.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import { reportUndeliverable } from '../../functions/undeliverable.ts'
import { openStageOf } from '../../shared/domain/assistant.ts'
import { people } from '../support/bank.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, caseId, load, register, trail } from './support.ts'

const openBank = useEngines()

const setUp = async (): Promise<TestBank> => {
  const bank = await openBank()
  await register(bank.system.directory)
  await branchAsked(bank, 1)
  return bank
}

/** The duty that a mail says it fulfils. */
const dutyOf = ({ mails }: TestBank, to: string, part = '') =>
  mails.findLast((mail) => mail.to.includes(to) && mail.subject.includes(part))?.headers['x-zhuli-duty'] ?? ''

describe('a bounce', () => {
  test('of a request is stored with its duty and in the case, once', async () => {
    const bank = await setUp()
    const dutyId = dutyOf(bank, 'b1@bank.test')
    await reportUndeliverable(bank.system, { dutyId, kind: 'bounce' })
    await reportUndeliverable(bank.system, { dutyId, kind: 'bounce' })
    expect((await load(bank.system, caseId(1))).undelivered).toMatchObject([
      { dutyId, kind: 'bounce', to: 'B1', applicationId: `${caseId(1)}-1` },
    ])
    const item = (await bank.items()).find(({ sk }) => sk === `DUTY#${dutyId}`)
    expect(JSON.parse(String(item?.['undelivered']))).toEqual({ kind: 'bounce', at: bank.clock.now() })
    expect(item?.duePartition).toBeUndefined()
  })

  test('of both requests has the level above told at once, by a mail of its own', async () => {
    const bank = await setUp()
    for (const to of ['b1@bank.test', 'b2@bank.test'])
      await reportUndeliverable(bank.system, { dutyId: dutyOf(bank, to), kind: 'bounce' })
    expect(await trail(bank.system, caseId(1))).toEqual([
      'onboarding-filed',
      'stage-opened',
      'mail-undeliverable',
      'mail-undeliverable',
      'stage-escalated',
    ])
    expect(bank.mails.at(-1)).toMatchObject({ to: ['h1@bank.test'], subject: expect.stringContaining('升级提醒') })
  })

  test('of a code counts for the approval that it was for', async () => {
    const bank = await setUp()
    const [approval] = openStageOf(await load(bank.system, caseId(1)))!.asked
    await mailCode(bank.system, { assistantId: caseId(1), to: people.branch, subject: approval!.id }, null)
    await reportUndeliverable(bank.system, { dutyId: dutyOf(bank, 'b1@bank.test', '验证码'), kind: 'complaint' })
    const { undelivered, applications } = await load(bank.system, caseId(1))
    expect(undelivered).toMatchObject([
      { kind: 'complaint', approvalId: approval!.id, applicationId: applications[0]?.id },
    ])
  })

  test('of a digest counts in every case that it listed', async () => {
    const bank = await setUp()
    await branchAsked(bank, 2)
    bank.clock.moveTo('2025-03-05T01:00:00.000Z')
    await sweepDue(bank.system, () => true)
    bank.clock.pass(10)
    await sweepDue(bank.system, () => true)
    await reportUndeliverable(bank.system, { dutyId: dutyOf(bank, 'b1@bank.test', '待办汇总'), kind: 'bounce' })
    for (const number of [1, 2]) {
      expect((await load(bank.system, caseId(number))).undelivered).toMatchObject([{ to: 'B1', kind: 'bounce' }])
    }
  })

  test('that nobody remembers is logged and changes nothing', async () => {
    const bank = await setUp()
    const before = await bank.items()
    for (const dutyId of ['00000009-1-m1', 'absence-B1-c1', 'x', '']) {
      await reportUndeliverable(bank.system, { dutyId, kind: 'bounce' })
    }
    expect(await bank.items()).toEqual(before)
    expect(bank.logged.filter(({ message }) => message === 'A mail came back that nobody remembers.')).toHaveLength(4)
  })
})
