import { expect, test } from 'vitest'
import { openStageOf } from '../../shared/domain/assistant.ts'
import { applicationIdOf } from '../../shared/domain/ids.ts'
import { delegate } from '../../functions/absence.ts'
import type { Day } from '../../shared/domain/time.ts'
import { monday, people } from '../support/bank.ts'
import { useEngines } from '../support/engines.ts'
import {
  byHr,
  caseId,
  decide,
  done,
  file,
  load,
  overtakenOnce,
  recipients,
  register,
  trail,
  trainedOnPost,
} from './support.ts'

const openBank = useEngines()

const applicationId = applicationIdOf(caseId(1), 1)
const stage = { applicationId, stage: 'branch', round: 1 } as const

const task = (taskToken: string, begin = 'branch') => ({
  assistantId: caseId(1),
  applicationId,
  begin,
  round: 1,
  taskToken,
})

/** A bank in which an application is filed and no workflow has come to it. */
const setUp = async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await file(bank.called, 1)
  return { bank, openStage: bank.functions.openStage(bank.called) }
}

test('opens the stage that the workflow has come to: its approvers are asked, and the token is kept', async () => {
  const { bank, openStage } = await setUp()
  await openStage(task('token-1'))
  const open = openStageOf(await load(bank.system, caseId(1)))
  expect(open).toMatchObject({ ...stage, status: 'open', openedAt: '2025-03-03T01:00:00.000Z' })
  expect(open?.asked.map(({ approver }) => approver)).toEqual([people.branch, people.secondBranch])
  expect(recipients(bank.mails)).toEqual(['b1@bank.test', 'b2@bank.test'])
  expect(await bank.system.record.tokens(caseId(1), stage)).toEqual(['token-1'])
})

test('called again, it opens nothing and asks nobody, but keeps the other token too', async () => {
  const { bank, openStage } = await setUp()
  await openStage(task('token-1'))
  await openStage(task('token-2'))
  expect(await trail(bank.system, caseId(1))).toEqual(['onboarding-filed', 'stage-opened'])
  expect(recipients(bank.mails)).toHaveLength(2)
  expect(new Set(await bank.system.record.tokens(caseId(1), stage))).toEqual(new Set(['token-1', 'token-2']))
})

test('called many times at once, it opens the stage once', async () => {
  const { bank, openStage } = await setUp()
  const tokens = ['token-1', 'token-2', 'token-3', 'token-4', 'token-5', 'token-6']
  await Promise.all(tokens.map((token) => openStage(task(token))))
  expect(await trail(bank.system, caseId(1))).toEqual(['onboarding-filed', 'stage-opened'])
  expect(recipients(bank.mails)).toHaveLength(2)
  expect(new Set(await bank.system.record.tokens(caseId(1), stage))).toEqual(new Set(tokens))
})

/** Someone's absence from the day on which tests begin, with a delegate. */
const absence = {
  delegate: people.outsider,
  from: monday.slice(0, 10) as Day,
  until: '2025-03-07' as Day,
  reason: 'Away',
}

test('asks the delegate of an approver who says meanwhile that they are away', async () => {
  const { bank } = await setUp()
  const slow = overtakenOnce(bank.called, () => delegate(bank.system, people.branch, absence, byHr))
  await bank.functions.openStage(slow)(task('token-1'))
  expect(openStageOf(await load(bank.system, caseId(1)))?.asked.at(-1)).toMatchObject({
    approver: people.outsider,
    onBehalfOf: people.branch,
  })
})

test('ends its task where the stage can not be opened because the case stands elsewhere', async () => {
  const { bank, openStage } = await setUp()
  const before = await bank.items()
  await expect(openStage(task('token-1', 'hq'))).rejects.toMatchObject({ name: 'ExitedOtherwise' })
  await expect(openStage({ ...task('token-1'), assistantId: caseId(9) })).rejects.toMatchObject({
    name: 'ExitedOtherwise',
  })
  expect(await bank.items()).toEqual(before)
})

test.each([
  ['nothing', undefined],
  ['no token', { ...task('token-1'), taskToken: undefined }],
  ['an empty token', task('')],
  ['an id that is none', { ...task('token-1'), assistantId: 'x' }],
  ['a stage that is none', task('token-1', 'effect')],
  ['a round that is none', { ...task('token-1'), round: 0 }],
])('throws for %s, which the workflow never hands over', async (_, event) => {
  const { bank, openStage } = await setUp()
  const before = await bank.items()
  await expect(openStage(event)).rejects.toThrow(Error)
  expect(await bank.items()).toEqual(before)
})

test('the review of the year is asked of the head of the centre', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  const { reviewCallAt } = await trainedOnPost(bank, 1)
  bank.clock.moveTo(reviewCallAt!)
  await bank.functions.sweep(bank.system)({})
  await bank.states.idle()
  const open = openStageOf(await load(bank.system, caseId(1)))
  expect(open).toMatchObject({ applicationId: null, stage: 'centre-review', dueOn: '2026-03-03' })
  expect(open?.asked.map(({ approver }) => approver)).toEqual([people.head])
  expect(done(await decide(bank.system, caseId(1), people.head, 'qualified')).applications).toHaveLength(2)
})
