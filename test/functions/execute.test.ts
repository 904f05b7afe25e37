import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { digest } from '../../functions/adapters/digest.ts'
import { caseItem } from '../../functions/adapters/items.ts'
import type { CommitOutcome } from '../../functions/adapters/record.ts'
import type { System } from '../../functions/adapters/system.ts'
import { caseAsOf } from '../../functions/as-of.ts'
import { execute } from '../../functions/execute.ts'
import { TooBusy, tries } from '../../functions/retry.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import { openStageOf } from '../../shared/domain/assistant.ts'
import { brokenLink } from '../../shared/domain/chain.ts'
import { applicationIdOf, CentreId } from '../../shared/domain/ids.ts'
import { addMinutes, type Day } from '../../shared/domain/time.ts'
import { particulars, people } from '../support/bank.ts'
import { planItems } from '../support/cases.ts'
import { useEngines } from '../support/engines.ts'
import {
  branchAsked,
  caseId,
  command,
  decide,
  done,
  dutiesAmong,
  employee,
  file,
  filing,
  load,
  onPost,
  recipients,
  register,
  trail,
} from './support.ts'

const openBank = useEngines()

const withdrawal = (number: number) =>
  ({ type: 'withdraw', applicationId: `${caseId(number)}-1`, reason: '不再需要' }) as never

/** The system with a record that answers the first so many commits as told, without storing anything. */
const interfering = (system: System, outcome: CommitOutcome, times: number) => {
  const asked = { commits: 0 }
  const commit: System['record']['commit'] = (given) => {
    asked.commits += 1
    return asked.commits <= times ? Promise.resolve(outcome) : system.record.commit(given)
  }
  return { asked, faulty: { ...system, record: { ...system.record, commit } } }
}

test('by functions whose clocks differ, time never goes back in a case, which is told as of any moment', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  const filedAt = (await file(bank.called, 1)).changedAt
  const earlier = addMinutes(filedAt, -1)
  const behind: System = { ...bank.called, now: () => earlier }
  const open = { type: 'open-stage', applicationId: applicationIdOf(caseId(1), 1), begin: 'branch', round: 1 } as const
  done(await command(behind, caseId(1), open, 'system'))
  expect((await bank.system.record.events(caseId(1), 0, 10)).map(({ at }) => at)).toEqual([filedAt, filedAt])
  expect(await caseAsOf(bank.system, caseId(1), earlier)).toBeNull()
  expect(openStageOf((await caseAsOf(bank.system, caseId(1), filedAt))!)).not.toBeNull()
})

describe('at once', () => {
  test('of twenty filings for one person one is recorded, and the others are told', async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => execute(bank.system, filing(caseId(index), employee(7)))),
    )
    await bank.states.idle()

    const filed = outcomes.flatMap((outcome) => (outcome.type === 'done' ? [outcome.state.id] : []))
    const told = outcomes.flatMap((outcome) => (outcome.type === 'refused' ? [outcome.refusal] : []))
    expect(filed).toHaveLength(1)
    expect(told).toHaveLength(19)
    expect(new Set(told.map(({ refused }) => refused))).toEqual(new Set(['already-live']))
    const items = await bank.items()
    expect(items.filter(({ sk }) => sk === 'CASE').map(({ pk }) => pk)).toEqual([`CASE#${filed[0]}`])
    expect(items.filter(({ pk, sk }) => pk === 'EMPLOYEE#A7' && sk.startsWith('POST#'))).toHaveLength(1)
    expect(bank.states.executions()).toHaveLength(1)
  })

  test('of two approvers one decides, and the other is told', async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    const { id } = await branchAsked(bank, 1)
    const outcomes = await Promise.all([
      decide(bank.system, id, people.branch, 'approve'),
      decide(bank.system, id, people.secondBranch, 'reject', 'No vacancy.'),
    ])
    expect(outcomes.map(({ type }) => type).toSorted()).toEqual(['done', 'refused'])
    expect(outcomes.find(({ type }) => type === 'refused')).toMatchObject({ refusal: { refused: 'already-decided' } })
    const events = await bank.system.record.events(id, 0, 100)
    expect(events.filter(({ type }) => type === 'stage-decided')).toHaveLength(1)
    expect(brokenLink(events, digest)).toBeNull()
  })

  test('a withdrawal and a decision come one after the other, never both', async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    const { id } = await branchAsked(bank, 1)
    const [withdrawn, decided] = await Promise.all([
      command(bank.system, id, withdrawal(1)),
      decide(bank.system, id, people.branch, 'reject', 'No vacancy.'),
    ])
    expect([withdrawn, decided].filter(({ type }) => type === 'done')).toHaveLength(1)
    expect((await load(bank.system, id)).applications[0]?.status).toBe(
      withdrawn.type === 'done' ? 'withdrawn' : 'rejected',
    )
  })
})

describe('a version conflict', () => {
  test('lets the command be decided again on the newest case', async () => {
    const { system } = await openBank()
    await register(system.directory)
    const { asked, faulty } = interfering(system, 'version-conflict', 3)
    expect(done(await execute(faulty, filing(caseId(1), employee(1)))).version).toBe(1)
    expect(asked.commits).toBe(4)
    expect(await trail(system, caseId(1))).toContain('onboarding-filed')
  })

  test('that never ends gives up after a bounded number of tries, with nothing stored', async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    const before = await bank.items()
    const { asked, faulty } = interfering(bank.system, 'version-conflict', Infinity)
    await expect(execute(faulty, filing(caseId(1), employee(1)))).rejects.toThrow(TooBusy)
    expect(asked.commits).toBe(tries)
    expect(await bank.items()).toEqual(before)
    expect(bank.mails).toEqual([])
  })
})

describe('nothing is stored, mailed or started', () => {
  test.each([
    ['for a case that is not on record', withdrawal(1), 'unknown-assistant'],
    [
      'for a centre that is not on record',
      { ...filing(caseId(1), employee(1)).command, particulars: { ...particulars, centreId: CentreId.parse('C9') } },
      'unknown-centre',
    ],
    [
      'for a purpose that the regulation refuses',
      { ...filing(caseId(1), employee(1)).command, purpose: '行政助理' },
      'clerical-purpose',
    ],
  ])('%s', async (_, given, refused) => {
    const bank = await openBank()
    await register(bank.system.directory)
    const before = await bank.items()
    expect(await command(bank.system, caseId(1), given)).toMatchObject({ type: 'refused', refusal: { refused } })
    expect(await bank.items()).toEqual(before)
    expect(bank.states.executions()).toEqual([])
  })

  test('where the record can not be written', async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    const commit = () => Promise.reject(new Error('The table is out of reach.'))
    const faulty = { ...bank.system, record: { ...bank.system.record, commit } }
    await expect(execute(faulty, filing(caseId(1), employee(1)))).rejects.toThrow('out of reach')
    expect([bank.states.executions(), bank.mails, bank.logged]).toEqual([[], [], []])
  })

  test('where the key was answered meanwhile', async () => {
    const { system } = await openBank()
    await register(system.directory)
    const answer = { client: 'hr', key: 'k', request: 'r', status: 201, headers: {}, body: '' }
    await system.answers.keep(answer, system.now())
    const outcome = await execute(system, { ...filing(caseId(1), employee(1)), answer: () => answer })
    expect(outcome).toEqual({ type: 'answered-meanwhile' })
    expect(await system.record.load(caseId(1))).toBeNull()
  })
})

test('what follows from a command is done with it, and struck off', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await branchAsked(bank, 1)
  expect(recipients(bank.mails)).toEqual(['b1@bank.test', 'b2@bank.test'])
  expect(dutiesAmong(await bank.items()).map(({ sk }) => sk)).toEqual([
    `DUTY#${caseId(1)}-1-w`,
    // For the day to end.
    `DUTY#${caseId(1)}-2025-03-03-a`,
  ])
})

test('what fails of it is left to the sweep, and the command stands', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  bank.ses.pauseSending()
  const start = () => Promise.reject(new Error('Step Functions is out of reach.'))
  const faulty = { ...bank.system, workflow: { ...bank.system.workflow!, start } }
  await file(faulty, 1)
  expect(await trail(bank.system, caseId(1))).toEqual(['onboarding-filed'])
  expect(bank.logged).toEqual([
    { message: 'Left a duty to the sweep.', case: caseId(1), duty: `${caseId(1)}-1-w`, error: 'Error' },
  ])
})

describe('a case that is full', () => {
  test('takes nothing more that is told of the assistant, and is decided on and ended all the same', async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    const { client, system, variables } = bank
    const state = await onPost(bank, 1)
    const full = { ...state, particulars: { ...state.particulars, sourceNote: '述'.repeat(110 * 1024) } }
    await client.send(new PutItemCommand({ TableName: variables['TABLE_NAME'], Item: caseItem(full) }))

    const named = await command(system, caseId(1), { type: 'name-mentor', mentor: people.head })
    expect(named).toMatchObject({ type: 'refused', refusal: { refused: 'case-full' } })
    expect((await load(system, caseId(1))).version).toBe(state.version)

    bank.clock.moveTo('2026-02-01T01:00:00.000Z')
    await sweepDue(system, () => true)
    await bank.states.idle()
    expect(openStageOf(await load(system, caseId(1)))).toMatchObject({ stage: 'centre-review' })
    const exit = {
      type: 'exit-post',
      ground: 'unfit',
      decidedBy: { body: 'hq', employeeNo: people.hq },
      decidedOn: '2026-02-01',
      reasons: '不胜任',
      evidence: null,
    } as never
    expect(done(await command(system, caseId(1), exit)).status).toBe('exited')
  })

  test('takes what makes it smaller, full as it is', async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    const { client, system, variables } = bank
    const state = await onPost(bank, 1)
    const plan = (title: string) => {
      const items = planItems(state.onPostSince as Day).map((item) => ({ ...item, title }))
      return { type: 'set-training-plan', items } as const
    }
    done(await command(system, caseId(1), plan('述'.repeat(100)), people.head))
    const planned = await load(system, caseId(1))
    const full = { ...planned, particulars: { ...planned.particulars, sourceNote: '述'.repeat(110 * 1024) } }
    await client.send(new PutItemCommand({ TableName: variables['TABLE_NAME'], Item: caseItem(full) }))
    const longer = await command(system, caseId(1), plan('述'.repeat(101)), people.head)
    expect(longer).toMatchObject({ type: 'refused', refusal: { refused: 'case-full' } })
    done(await command(system, caseId(1), plan('述'), people.head))
  })
})
