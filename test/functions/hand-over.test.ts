import { describe, expect, test } from 'vitest'
import { assistantPartitions } from '../../functions/adapters/items.ts'
import type { System } from '../../functions/adapters/system.ts'
import { handOver } from '../../functions/hand-over.ts'
import { assistantView, presentOf } from '../../functions/http/views.ts'
import { restartWorkflows } from '../../functions/restart.ts'
import { openStageOf, stagesOf } from '../../shared/domain/assistant.ts'
import type { ClientId } from '../../shared/domain/ids.ts'
import { people } from '../support/bank.ts'
import { foundUnfit } from '../support/cases.ts'
import type { TestBank } from '../support/engines.ts'
import { assign, bothWays, clients, origin, overtakenAtOnce, useAssistants } from './portfolio.support.ts'
import { caseId, command, decide, done, employee, load, overtakenOnce } from './support.ts'

const withAssistants = useAssistants()

describe('a hand-over', () => {
  const leaving = async (bank: TestBank) => {
    await assign(bank.system, caseId(1), clients(1, 30))
    done(await command(bank.system, caseId(1), foundUnfit, people.branch))
    await bank.states.idle()
  }

  const naming = (clientIds: readonly ClientId[], to: ReturnType<typeof employee>) =>
    clientIds.map((clientId) => ({ clientId, to }))

  const manager = async (bank: TestBank) => {
    const person = { employeeNo: employee(90), name: 'Manager', email: 'rm@bank.test', locale: 'en' as const }
    await bank.system.directory.putPerson({ ...person, post: 'relationship-manager', centreId: null, teamId: null })
    return person.employeeNo
  }

  test('art. 9: to a relationship manager and an assistant completes the exit; each client has one person', async () => {
    const bank = await withAssistants(2)
    const to = await manager(bank)
    await leaving(bank)
    const namings = [...naming(clients(1, 25), to), ...naming(clients(26, 30), employee(2))]
    const order = { assistantId: caseId(1), namings, approvalId: null, origin }
    expect(await handOver(bank.system, order)).toMatchObject({ type: 'done', state: { status: 'exited' } })
    await bank.states.idle()
    expect(bank.states.history(`${caseId(1)}-hand-over-1-0`).at(-1)).toBe('Exited')
    const { byCase, byClient, standings } = await bothWays(bank, [1, 2])
    expect(byCase.map(({ length }) => length)).toEqual([0, 5])
    expect(byClient).toEqual(byCase)
    expect([...standings.values()].filter(({ holder }) => holder?.employeeNo === to)).toHaveLength(25)
    expect(await handOver(bank.system, order)).toMatchObject({ type: 'done' })
  })

  /** The system with something else that comes before it looks who is to take clients. */
  const overtakenAtTakers = (system: System, overtake: () => Promise<unknown>): System => {
    let first: Promise<unknown> | null = null
    const postsOf: System['lists']['postsOf'] = async (employeeNo) => {
      first ??= overtake()
      await first
      return system.lists.postsOf(employeeNo)
    }
    return { ...system, lists: { ...system.lists, postsOf } }
  }

  test.each([
    ['has looked at the clients', overtakenAtTakers],
    ['has checked everything', overtakenAtOnce],
    ['writes', overtakenOnce],
  ] as const)('made twice at once is done by both, though the other comes as the first %s', async (_, overtaken) => {
    const bank = await withAssistants(2)
    await leaving(bank)
    const order = { assistantId: caseId(1), namings: naming(clients(1, 30), employee(2)), approvalId: null, origin }
    const slow = overtaken(bank.system, () => handOver(bank.system, order))
    expect(await handOver(slow, order)).toMatchObject({ type: 'done', state: { status: 'exited' } })
    const { byCase, byClient } = await bothWays(bank, [1, 2])
    expect(byCase.map(({ length }) => length)).toEqual([0, 30])
    expect(byClient).toEqual(byCase)
  })

  test('of a client whom somebody else gets meanwhile names that client', async () => {
    const bank = await withAssistants(2)
    const to = await manager(bank)
    await leaving(bank)
    const order = { assistantId: caseId(1), namings: naming(clients(1, 5), to), approvalId: null, origin }
    const slow = overtakenOnce(bank.system, () =>
      handOver(bank.system, { ...order, namings: naming(clients(3, 3), employee(2)) }),
    )
    expect(await handOver(slow, order)).toMatchObject({ refusal: { refused: 'unknown-client' }, clientId: 'K3' })
    const { byCase, byClient } = await bothWays(bank, [1, 2])
    expect(byCase.map(({ length }) => length)).toEqual([29, 1])
    expect(byClient).toEqual(byCase)
  })

  test('checks everything before it does anything', async () => {
    const bank = await withAssistants(2)
    const to = await manager(bank)
    await leaving(bank)
    await assign(bank.system, caseId(2), clients(101, 133))
    const order = (namings: ReturnType<typeof naming>) =>
      handOver(bank.system, { assistantId: caseId(1), namings, approvalId: null, origin })
    expect(await order([...naming(clients(1, 2), to), ...naming(clients(77, 77), to)])).toMatchObject({
      refusal: { refused: 'unknown-client' },
      clientId: 'K77',
    })
    expect(await order([...naming(clients(1, 2), to), ...naming(clients(3, 3), people.head)])).toMatchObject({
      refusal: { refused: 'unable-to-take' },
      clientId: 'K3',
    })
    expect(await order([...naming(clients(1, 2), to), ...naming(clients(3, 5), employee(2))])).toMatchObject({
      refusal: { refused: 'client-cap' },
      clientId: 'K3',
    })
    expect(await order(naming(clients(1, 1), employee(1)))).toMatchObject({ refusal: { refused: 'unable-to-take' } })
    const decision = stagesOf(await load(bank.system, caseId(2))).at(-1)!
    const { id: approvalId } = decision.asked.find(({ approver }) => approver === people.hq)!
    done(await command(bank.system, caseId(2), { type: 'dispute-decision', approvalId, reason: null }, people.hq))
    expect(await order([...naming(clients(1, 2), to), ...naming(clients(3, 3), employee(2))])).toMatchObject({
      refusal: { refused: 'frozen' },
      clientId: 'K3',
    })
    expect((await bothWays(bank, [1])).byCase[0]).toHaveLength(30)
  })

  test('art. 9: of a candidate who is not appointed is asked for by mail, and ends as that of an exit', async () => {
    const bank = await withAssistants(2)
    await assign(bank.system, caseId(1), clients(1, 3))
    const consent = stagesOf(await load(bank.system, caseId(1))).at(-1)!
    const { id: approvalId } = consent.asked.find(({ approver }) => approver === people.hq)!
    done(await command(bank.system, caseId(1), { type: 'dispute-decision', approvalId, reason: null }, people.hq))
    done(await decide(bank.system, caseId(1), people.secondHq, 'annul', 'Not theirs.'))
    await bank.states.idle()
    done(await decide(bank.system, caseId(1), people.hq, 'reject', 'Not now.'))
    await bank.states.idle()

    const stage = openStageOf(await load(bank.system, caseId(1)))
    expect(stage).toMatchObject({ stage: 'hand-over', asked: [{ approver: people.head }] })
    expect(bank.mails.filter(({ text }) => text.includes('/hand-over/'))).toHaveLength(1)
    const view = assistantView(await load(bank.system, caseId(1)), presentOf(bank.system))
    expect(view).toMatchObject({ exit: null, handOver: { stage: 'hand-over', status: 'open' } })
    const listed = async () => {
      const ranges = assistantPartitions('not-appointed').map((partition) => ({ partition, prefix: '', below: null }))
      return (await bank.system.lists.page(ranges, null, 9)).entries.map((entry) => entry.assistantId)
    }
    expect(await listed()).toEqual([caseId(1)])
    await bank.states.stopAll()
    expect(await restartWorkflows(bank.system, 'restart')).toBe(1)
    await bank.states.idle()

    const order = { assistantId: caseId(1), namings: naming(clients(1, 3), employee(2)), approvalId: null, origin }
    expect(await handOver(bank.system, order)).toMatchObject({ type: 'done', state: { status: 'not-appointed' } })
    await bank.states.idle()
    expect(bank.states.history(`${caseId(1)}-hand-over-1-restart`).at(-1)).toBe('Exited')
    expect(await listed()).toEqual([caseId(1)])
    expect((await bothWays(bank, [1, 2])).byCase.map(({ length }) => length)).toEqual([0, 3])
    const posts = (await bank.items()).filter(({ sk }) => sk === 'LIVE-POST')
    expect(posts.map(({ pk }) => pk)).toEqual([`EMPLOYEE#${employee(2)}`])
  })
})
