import { expect, test } from 'vitest'
import { restartWorkflows } from '../../functions/restart.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import { openStageOf } from '../../shared/domain/assistant.ts'
import { Day } from '../../shared/domain/time.ts'
import { policiesOf } from '../../shared/policy/policies.ts'
import { people } from '../support/bank.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import {
  branchAsked,
  caseId,
  decide,
  done,
  file,
  hqAsked,
  load,
  onPost,
  register,
  trail,
  trainedOnPost,
} from './support.ts'

const openBank = useEngines()

const running = ({ states }: TestBank) =>
  states.executions().flatMap(({ name, status }) => (status === 'RUNNING' ? [name] : []))

/** The workflow engine loses everything that it runs. */
const lose = async (bank: TestBank) => {
  await bank.states.stopAll()
  expect(running(bank)).toEqual([])
}

/** A bank with a case at each stage, one that waits for its first, one returned and one at rest on the post. */
const setUp = async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await trainedOnPost(bank, 3)
  bank.clock.moveTo('2026-01-05T01:00:00.000Z')
  await sweepDue(bank.system, () => true)
  await branchAsked(bank, 1)
  await hqAsked(bank, 2)
  await branchAsked(bank, 4)
  done(await decide(bank.system, caseId(4), people.branch, 'return', 'The source is unclear.'))
  await file(bank.called, 5)
  await onPost(bank, 6)
  await bank.states.idle()
  return bank
}

test('after the engine has lost its executions, each case that waits gets one, and nobody is asked again', async () => {
  const bank = await setUp()
  await lose(bank)
  const mails = bank.mails.length

  expect(await restartWorkflows(bank.system, 'restart')).toBe(4)
  await bank.states.idle()

  expect(running(bank).toSorted()).toEqual([
    `${caseId(1)}-1-branch-1-restart`,
    `${caseId(2)}-1-hq-1-restart`,
    `${caseId(3)}-centre-review-1-restart`,
    `${caseId(5)}-1-branch-1-restart`,
  ])
  expect(bank.mails.slice(mails).every(({ subject }) => subject.endsWith(`[${caseId(5)}-1]`))).toBe(true)
})

test('a decision after the restart answers the new execution', async () => {
  const bank = await setUp()
  await lose(bank)
  await restartWorkflows(bank.system, 'restart')
  await bank.states.idle()
  done(await decide(bank.system, caseId(1), people.branch, 'approve'))
  done(await decide(bank.system, caseId(3), people.head, 'qualified'))
  await bank.states.idle()
  expect(openStageOf(await load(bank.system, caseId(1)))).toMatchObject({ stage: 'hq' })
  expect(openStageOf(await load(bank.system, caseId(3)))).toMatchObject({ stage: 'branch' })
  expect(bank.states.history(`${caseId(1)}-1-branch-1-restart`)).toEqual(['Begin', 'BranchApproval', 'HqApproval'])
})

test('restarting twice by one label starts each once', async () => {
  const bank = await setUp()
  await lose(bank)
  await restartWorkflows(bank.system, 'restart')
  await bank.states.idle()
  await restartWorkflows(bank.system, 'restart')
  await bank.states.idle()
  expect(running(bank)).toHaveLength(4)
  for (const number of [1, 2, 3]) {
    const types = await trail(bank.system, caseId(number))
    expect(types.filter((type) => type === 'stage-opened')).toHaveLength(number === 1 ? 1 : number)
  }
})

test('consents that were lost on the way to their effect take effect', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await hqAsked(bank, 1)
  done(await decide(bank.called, caseId(1), people.hq, 'approve'))
  await lose(bank)
  expect(await restartWorkflows(bank.system, 'restart')).toBe(1)
  await bank.states.idle()
  expect((await load(bank.system, caseId(1))).status).toBe('on-post')
})

test('a review that was called by an earlier policy, sooner than the one in force would, gets its execution too', async () => {
  const bank = await setUp()
  await lose(bank)
  const old = bank.system.policies.on(Day.parse('2026-01-05'))
  const later = { ...old, version: '2026-1', from: Day.parse('2026-01-05'), review: { ...old.review, askBefore: 30 } }
  expect(await restartWorkflows({ ...bank.system, policies: policiesOf([old, later]) }, 'restart')).toBe(4)
})

test('without a workflow nothing is started', async () => {
  const bank = await setUp()
  expect(await restartWorkflows(bank.called, 'restart')).toBe(0)
})

test('more than one page of what waits is all found, and counted once', async () => {
  const bank = await setUp()
  // The transfer stands among the applications, and its assistant among those on the post.
  done(await decide(bank.system, caseId(3), people.head, 'qualified'))
  await bank.states.idle()
  await lose(bank)
  const page: typeof bank.system.lists.page = (ranges, from) => bank.system.lists.page(ranges, from, 1)
  expect(await restartWorkflows({ ...bank.system, lists: { ...bank.system.lists, page } }, 'restart')).toBe(4)
  await bank.states.idle()
  expect(running(bank)).toHaveLength(4)
})
