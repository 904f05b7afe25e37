import { describe, expect, test } from 'vitest'
import type { System } from '../../functions/adapters/system.ts'
import { handOver } from '../../functions/hand-over.ts'
import { releaseClient, releaseFromManager } from '../../functions/portfolio.ts'
import { stagesOf } from '../../shared/domain/assistant.ts'
import { people } from '../support/bank.ts'
import { earlyTransfer } from '../support/cases.ts'
import type { TestBank } from '../support/engines.ts'
import { assign, bothWays, clients, origin, overtakenAtOnce, useAssistants } from './portfolio.support.ts'
import { caseId, command, decide, done, employee, load, overtakenOnce, train } from './support.ts'

const withAssistants = useAssistants()

describe('a release', () => {
  test('of a client who comes to the assistant meanwhile leaves nobody responsible', async () => {
    const bank = await withAssistants(1)
    const { system } = bank
    const slow = overtakenAtOnce(system, () => assign(system, caseId(1), clients(1, 1)))
    expect((await releaseClient(slow, caseId(1), clients(1, 1)[0]!, origin)).type).toBe('done')
    const { byCase, byClient } = await bothWays(bank, [1])
    expect(byCase).toEqual([[]])
    expect(byClient).toEqual(byCase)
  })

  test('of a client who goes to somebody else meanwhile takes them from nobody', async () => {
    const bank = await withAssistants(2)
    const { system } = bank
    await assign(system, caseId(1), clients(1, 1))
    const slow = overtakenAtOnce(system, async () => {
      await releaseClient(system, caseId(1), clients(1, 1)[0]!, origin)
      await assign(system, caseId(2), clients(1, 1))
    })
    await releaseClient(slow, caseId(1), clients(1, 1)[0]!, origin)
    const { byCase, byClient } = await bothWays(bank, [1, 2])
    expect(byCase).toEqual([[], ['K1']])
    expect(byClient).toEqual(byCase)
  })
})

describe('a relationship manager who was an assistant', () => {
  /** The first assistant has become a relationship manager, with one client. */
  const transferred = async (): Promise<TestBank> => {
    const bank = await withAssistants(2)
    const { system, states } = bank
    await train(bank, 1)
    await assign(system, caseId(1), clients(1, 1))
    done(await command(system, caseId(1), earlyTransfer))
    await states.idle()
    for (const approver of [people.branch, people.hq]) {
      done(await decide(system, caseId(1), approver, 'approve'))
      await states.idle()
    }
    expect((await load(system, caseId(1))).status).toBe('transferred')
    return bank
  }

  /** HQ's approver says that the consent was not theirs, and HQ that it counts no more. */
  const annulled = async ({ system }: TestBank): Promise<void> => {
    const approvalId = stagesOf(await load(system, caseId(1)))
      .at(-1)!
      .asked.find(({ approver }) => approver === people.hq)!.id
    done(await command(system, caseId(1), { type: 'dispute-decision', approvalId, reason: null }, people.hq))
    done(await decide(system, caseId(1), people.secondHq, 'annul', 'Not theirs.'))
    expect((await load(system, caseId(1))).status).toBe('on-post')
  }

  const giveUp = (system: System) => releaseFromManager(system, employee(1), clients(1, 1)[0]!, origin)

  test('has given a client up for good, also where the transfer is annulled', async () => {
    const bank = await transferred()
    expect(await giveUp(bank.system)).toBeNull()
    await annulled(bank)
    expect((await assign(bank.system, caseId(2), clients(1, 1))).type).toBe('done')
    const { byCase, byClient } = await bothWays(bank, [1, 2])
    expect(byCase).toEqual([[], ['K1']])
    expect(byClient).toEqual(byCase)
  })

  test('is an assistant again where the transfer is annulled meanwhile, and gives up no client as a manager', async () => {
    const bank = await transferred()
    const slow = overtakenOnce(bank.system, () => annulled(bank))
    expect(await giveUp(slow)).toMatchObject({ refused: 'unknown-client' })
    const { byCase, byClient } = await bothWays(bank, [1])
    expect(byCase).toEqual([['K1']])
    expect(byClient).toEqual(byCase)
  })
})

test('a relationship manager who gives a client up twice at once has given them up, and is told so', async () => {
  const bank = await withAssistants(1)
  const { system } = bank
  const person = { employeeNo: employee(90), name: 'Manager', email: 'rm@bank.test', locale: 'en' } as const
  await system.directory.putPerson({ ...person, post: 'relationship-manager', centreId: null, teamId: null })
  const namings = [{ clientId: clients(1, 1)[0]!, to: employee(90) }]
  await assign(system, caseId(1), clients(1, 1))
  await handOver(system, { assistantId: caseId(1), namings, approvalId: null, origin })
  const giveUp = (by: System) => releaseFromManager(by, employee(90), clients(1, 1)[0]!, origin)
  const slow = overtakenAtOnce(system, () => giveUp(system))
  expect(await giveUp(slow)).toMatchObject({ refused: 'unknown-client' })
})
