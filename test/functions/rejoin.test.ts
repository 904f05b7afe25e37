import { describe, expect, test } from 'vitest'
import { workflowInput } from '../../functions/perform.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import { applicationIdOf } from '../../shared/domain/ids.ts'
import type { NextStep } from '../../shared/domain/next-step.ts'
import { people } from '../support/bank.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import {
  branchAsked,
  caseId,
  command,
  decide,
  done,
  hqAsked,
  load,
  onPost,
  register,
  trainedOnPost,
} from './support.ts'

const openBank = useEngines()

const id = caseId(1)
const applicationId = applicationIdOf(id, 1)
const branch: NextStep = { applicationId, begin: 'branch', round: 1 }
const review: NextStep = { applicationId: null, begin: 'centre-review', round: 1 }

const registered = async (): Promise<TestBank> => {
  const bank = await openBank()
  await register(bank.system.directory)
  return bank
}

/** A second execution comes to a step, and whatever is due is done. */
const rejoined = async ({ system, states }: TestBank, step: NextStep) => {
  await system.workflow!.start('second', workflowInput(id, step))
  await states.idle()
  await sweepDue(system, () => true)
  await states.idle()
  const { status } = states.executions().find(({ name }) => name === 'second')!
  return { status, states: states.history('second') }
}

/** The states that the executions went through, in no order. */
const trails = ({ states }: TestBank) => new Set(states.executions().map(({ name }) => states.history(name).join(' ')))

/** Calls the review of the year and waits until the head has been asked. */
const reviewAsked = async (bank: TestBank, day = '2026-01-05') => {
  await trainedOnPost(bank, 1)
  bank.clock.moveTo(`${day}T01:00:00.000Z`)
  await sweepDue(bank.system, () => true)
  await bank.states.idle()
}

test('an execution that comes to a stage which is open waits with it; one of both goes on, the other ends', async () => {
  const bank = await registered()
  await branchAsked(bank, 1)
  expect(await rejoined(bank, branch)).toEqual({ status: 'RUNNING', states: ['Begin', 'BranchApproval'] })

  done(await decide(bank.system, id, people.branch, 'approve'))
  await bank.states.idle()

  expect(trails(bank)).toEqual(new Set(['Begin BranchApproval HqApproval', 'Begin BranchApproval Superseded']))
})

test('of the executions that wait with a stage, none waits on when it is withdrawn', async () => {
  const bank = await registered()
  await branchAsked(bank, 1)
  await rejoined(bank, branch)
  done(await command(bank.system, id, { type: 'withdraw', applicationId, reason: 'No longer needed.' }))
  await bank.states.idle()
  expect(bank.states.executions().map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED'])
})

test('an execution that comes to a stage which a dispute has interrupted ends, as the first one did', async () => {
  const bank = await registered()
  await hqAsked(bank, 1)
  const { asked } = (await load(bank.system, id)).applications[0]!.stages[0]!
  const dispute = { type: 'dispute-decision', approvalId: asked[0]!.id, reason: null } as const
  done(await command(bank.system, id, dispute, people.branch))
  await bank.states.idle()
  expect(await rejoined(bank, { ...branch, begin: 'hq' })).toEqual({
    status: 'SUCCEEDED',
    states: ['Begin', 'HqApproval', 'Disputed'],
  })
  done(await decide(bank.system, id, people.hq, 'annul', 'Not theirs.'))
  await bank.states.idle()
  expect(trails(bank)).toContain('Begin BranchApproval')
})

describe('an execution that comes to a stage which was decided', () => {
  test('goes on from one that was approved, or sees the first go on', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    done(await decide(bank.called, id, people.branch, 'approve'))
    await rejoined(bank, branch)
    expect(trails(bank)).toEqual(new Set(['Begin BranchApproval HqApproval', 'Begin BranchApproval Superseded']))
    expect((await load(bank.system, id)).applications[0]?.stages.at(-1)).toMatchObject({ stage: 'hq', status: 'open' })
  })

  test('does not wait for an answer that has been given although HQ has been asked already', async () => {
    const bank = await registered()
    await hqAsked(bank, 1)
    expect(await rejoined(bank, branch)).not.toEqual({ status: 'RUNNING', states: ['Begin', 'BranchApproval'] })
    expect((await load(bank.system, id)).applications[0]?.stages).toHaveLength(2)
  })

  test('goes on from a review that found the assistant qualified, or sees the first go on', async () => {
    const bank = await registered()
    await reviewAsked(bank)
    done(await decide(bank.called, id, people.head, 'qualified'))
    await rejoined(bank, review)
    expect(trails(bank)).toContain('Begin CentreReview BranchApproval')
    expect(trails(bank)).toContain('Begin CentreReview Superseded')
  })

  test('ends with a review that found the assistant below the standard', async () => {
    const bank = await registered()
    await reviewAsked(bank, '2026-03-03')
    done(await decide(bank.called, id, people.head, 'below-standard', 'Short of it.'))
    expect(await rejoined(bank, review)).toEqual({ status: 'SUCCEEDED', states: ['Begin', 'CentreReview', 'Exited'] })
  })

  test.each([
    ['reject', 'Rejected'],
    ['return', 'ReturnedForAmendment'],
  ] as const)('ends by %s as the first one would', async (decision, end) => {
    const bank = await registered()
    await branchAsked(bank, 1)
    done(await decide(bank.called, id, people.branch, decision, 'Not yet.'))
    expect(await rejoined(bank, branch)).toEqual({ status: 'SUCCEEDED', states: ['Begin', 'BranchApproval', end] })
  })
})

describe('an execution that comes to a stage which ended without a decision', () => {
  const withdrawal = { type: 'withdraw', applicationId, reason: 'No longer needed.' } as const

  test('ends with a withdrawal', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    done(await command(bank.called, id, withdrawal))
    expect(await rejoined(bank, branch)).toEqual({
      status: 'SUCCEEDED',
      states: ['Begin', 'BranchApproval', 'Withdrawn'],
    })
  })

  test('ends with a withdrawal that came before the stage was opened', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    done(await decide(bank.called, id, people.branch, 'approve'))
    done(await command(bank.called, id, withdrawal))
    const hq: NextStep = { ...branch, begin: 'hq' }
    expect(await rejoined(bank, hq)).toEqual({ status: 'SUCCEEDED', states: ['Begin', 'HqApproval', 'Withdrawn'] })
  })

  test('ends with the expiry', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    bank.clock.moveTo('2025-04-30T00:00:00.000Z')
    await sweepDue({ ...bank.system, workflow: null }, () => true)
    expect((await load(bank.system, id)).applications[0]?.status).toBe('expired')
    expect(await rejoined(bank, branch)).toEqual({
      status: 'SUCCEEDED',
      states: ['Begin', 'BranchApproval', 'Expired'],
    })
  })

  test('ends with the exit that closed a review', async () => {
    const bank = await registered()
    await reviewAsked(bank)
    const exit = {
      type: 'exit-post',
      ground: 'discipline',
      decidedBy: { body: 'hq', employeeNo: people.hq },
      decidedOn: '2026-01-05',
      reasons: 'Punished.',
      evidence: 'HR-1',
    } as never
    done(await command(bank.called, id, exit, people.hq))
    expect(await rejoined(bank, review)).toEqual({ status: 'SUCCEEDED', states: ['Begin', 'CentreReview', 'Exited'] })
  })
})

test('an execution that comes to a stage after everything took effect ends, and nothing changes', async () => {
  const bank = await registered()
  await onPost(bank, 1)
  const before = await load(bank.system, id)
  expect((await rejoined(bank, branch)).status).toBe('SUCCEEDED')
  expect(await load(bank.system, id)).toEqual(before)
})
