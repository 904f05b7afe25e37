import { describe, expect, test } from 'vitest'
import type { System } from '../../functions/adapters/system.ts'
import { handOver } from '../../functions/hand-over.ts'
import { type Assigned, releaseClient, standingsOf } from '../../functions/portfolio.ts'
import { type AssistantId, ClientId } from '../../shared/domain/ids.ts'
import type { TestBank } from '../support/engines.ts'
import { assign, bothWays, clients, origin, useAssistants } from './portfolio.support.ts'
import { caseId, done, employee, load, overtakenOnce } from './support.ts'

const withAssistants = useAssistants()

const refusalOf = (assigned: Assigned): string | null => (assigned.type === 'refused' ? assigned.refusal.refused : null)

describe('art. 6, at once', () => {
  test('of 64 assignments at one free place exactly one succeeds', async () => {
    const bank = await withAssistants(1)
    const { system } = bank
    await assign(system, caseId(1), clients(1, 34))
    const outcomes = await Promise.all(clients(101, 164).map((client) => assign(system, caseId(1), [client])))
    expect(outcomes.filter(({ type }) => type === 'done')).toHaveLength(1)
    expect(new Set(outcomes.map(refusalOf))).toEqual(new Set([null, 'client-cap']))
    const { byCase, byClient } = await bothWays(bank, [1])
    expect(byCase[0]).toHaveLength(35)
    expect(byClient).toEqual(byCase)
  })

  test('of eight assistants who get one client at once exactly one has them', async () => {
    const bank = await withAssistants(8)
    const [client] = clients(1, 1) as [ClientId]
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => assign(bank.system, caseId(index + 1), [client])),
    )
    expect(outcomes.map(refusalOf).filter((refused) => refused === null)).toHaveLength(1)
    expect(new Set(outcomes.map(refusalOf))).toEqual(new Set([null, 'client-taken']))
  })

  test('1,000 assignments, releases and hand-overs by 16 workers: never over the cap, never two for one client', async () => {
    const numbers = [1, 2, 3, 4, 5]
    const bank = await withAssistants(numbers.length)
    const { system } = bank
    // Always the same course for a seed, but for how the workers come in between each other.
    let seed = 20_261_123
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return seed % below
    }
    const outcomes: Record<string, number> = {}
    const operate = async (): Promise<void> => {
      const number = 1 + random(numbers.length)
      const id = caseId(number)
      const client = ClientId.parse(`K${random(200)}`)
      const kind = (['assign', 'assign', 'batch', 'release', 'hand-over'] as const)[random(5)] ?? 'assign'
      const from = random(190)
      const outcome = await {
        assign: () => assign(system, id, [client]),
        batch: () => assign(system, id, clients(from, from + random(10)), 'each'),
        release: () => releaseClient(system, id, client, origin),
        'hand-over': async () => {
          const [first] = (await load(system, id)).portfolio
          const namings = [{ clientId: first?.clientId ?? client, to: employee(1 + random(numbers.length)) }]
          return handOver(system, { assistantId: id, namings, approvalId: null, origin })
        },
      }[kind]()
      const name = `${kind} ${outcome.type}`
      outcomes[name] = (outcomes[name] ?? 0) + 1
    }
    let left = 1000
    const worker = async (): Promise<void> => {
      while (left > 0) {
        left -= 1
        await operate()
      }
    }
    await Promise.all(Array.from({ length: 16 }, worker))

    const { byCase, byClient } = await bothWays(bank, numbers)
    expect(byClient).toEqual(byCase)
    const all = byCase.flat()
    expect(new Set(all).size).toBe(all.length)
    for (const portfolio of byCase) expect(portfolio.length).toBeLessThanOrEqual(35)
    // It was no idle run: everything was done, and something refused.
    for (const name of ['assign done', 'assign refused', 'batch done', 'release done', 'hand-over done'])
      expect(outcomes[name], name).toBeGreaterThan(10)
  }, 600_000)
})

const taken = async (bank: TestBank, assistantId: AssistantId, clientIds: readonly ClientId[]) =>
  (await assign(bank.system, assistantId, clientIds)) as never

describe('a batch of 100 clients', () => {
  test('is assigned whole, though it takes more than one transaction', async () => {
    const bank = await withAssistants(1, 'diamond')
    expect((await assign(bank.system, caseId(1), clients(1, 100))).type).toBe('done')
    const { byCase, byClient } = await bothWays(bank, [1])
    expect(byCase[0]).toHaveLength(100)
    expect(byClient).toEqual(byCase)
  })

  test('is not assigned at all where one of them is taken, or they are too many', async () => {
    const bank = await withAssistants(2, 'diamond')
    done(await taken(bank, caseId(2), clients(95, 95)))
    const refused = await assign(bank.system, caseId(1), clients(1, 100))
    expect(refused).toMatchObject({ type: 'refused', refusal: { refused: 'client-taken' }, taken: ['K95'] })
    done(await taken(bank, caseId(1), clients(201, 201)))
    expect(refusalOf(await assign(bank.system, caseId(1), clients(301, 400)))).toBe('client-cap')
    const { byCase, byClient } = await bothWays(bank, [1, 2])
    expect(byCase).toEqual([['K201'], ['K95']])
    expect(byClient).toEqual(byCase)
  })

  test('client by client gets all but those who are taken', async () => {
    const bank = await withAssistants(2, 'diamond')
    done(await taken(bank, caseId(2), clients(50, 52)))
    const assigned = await assign(bank.system, caseId(1), clients(1, 100), 'each')
    expect(assigned).toMatchObject({ type: 'done', taken: ['K50', 'K51', 'K52'] })
    expect((await bothWays(bank, [1])).byCase[0]).toHaveLength(97)
  })

  test('that broke off after its reservation leaves the clients to anybody', async () => {
    const bank = await withAssistants(2, 'diamond')
    const { system } = bank
    const crashing: System = {
      ...system,
      record: { ...system.record, commit: () => Promise.reject(new Error('The function has died.')) },
    }
    await expect(assign(crashing, caseId(1), clients(1, 100))).rejects.toThrow('died')
    // The surplus is reserved, and counts for nobody.
    expect((await standingsOf(system, clients(100, 100))).get(clients(100, 100)[0]!)).toMatchObject({ holder: null })
    expect((await assign(system, caseId(2), clients(99, 100))).type).toBe('done')
    expect(refusalOf(await assign(system, caseId(1), clients(1, 100)))).toBe('client-taken')
    expect((await assign(system, caseId(1), clients(1, 98))).type).toBe('done')
    const { byCase, byClient } = await bothWays(bank, [1, 2])
    expect(byCase.map(({ length }) => length)).toEqual([98, 2])
    expect(byClient).toEqual(byCase)
  })

  test('that another overtakes between its reservation and its end comes to nothing, or the other does', async () => {
    const bank = await withAssistants(2, 'diamond')
    const { system } = bank
    const slow = overtakenOnce(system, () => assign(system, caseId(2), clients(100, 100)))
    expect(refusalOf(await assign(slow, caseId(1), clients(1, 100)))).toBe('client-taken')
    const { byCase, byClient } = await bothWays(bank, [1, 2])
    expect(byCase).toEqual([[], ['K100']])
    expect(byClient).toEqual(byCase)
  })

  test('whose reserved clients another batch reserves meanwhile ends with that', async () => {
    const bank = await withAssistants(2, 'diamond')
    const { system } = bank
    const others = [...clients(101, 180), ...clients(81, 100)]
    const slow = overtakenOnce(system, () => assign(system, caseId(2), others))
    expect(refusalOf(await assign(slow, caseId(1), clients(1, 100)))).toBe('client-taken')
    const { byCase, byClient } = await bothWays(bank, [1, 2])
    expect(byCase.map(({ length }) => length)).toEqual([0, 100])
    expect(byClient).toEqual(byCase)
  })

  test('against another batch of the same clients: one has them all', async () => {
    const bank = await withAssistants(2, 'diamond')
    const outcomes = await Promise.all([1, 2].map((number) => assign(bank.system, caseId(number), clients(1, 100))))
    expect(new Set(outcomes.map(refusalOf))).toEqual(new Set(['client-taken', null]))
    const { byCase, byClient } = await bothWays(bank, [1, 2])
    expect(byCase.map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([0, 100])
    expect(byClient).toEqual(byCase)
  })
})
