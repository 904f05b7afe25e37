import { describe, expect, test } from 'vitest'
import type { System } from '../../functions/adapters/system.ts'
import { handOver } from '../../functions/hand-over.ts'
import {
  type Assigned,
  assignClients,
  releaseClient,
  releaseFromManager,
  standingsOf,
} from '../../functions/portfolio.ts'
import { stagesOf } from '../../shared/domain/assistant.ts'
import { type AssistantId, ClientId } from '../../shared/domain/ids.ts'
import { people } from '../support/bank.ts'
import { earlyTransfer, foundUnfit } from '../support/cases.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { caseId, command, done, employee, filing, load, onPost, overtakenOnce, register, train } from './support.ts'
import { execute } from '../../functions/execute.ts'
import { decide } from './support.ts'

const openBank = useEngines()

const origin = { by: people.filer, onBehalfOf: null, channel: 'api', client: 'hr-demo' } as const

const clients = (from: number, to: number): ClientId[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ClientId.parse(`K${from + index}`))

const assign = (
  system: System,
  assistantId: AssistantId,
  clientIds: readonly ClientId[],
  mode: 'all-or-nothing' | 'each' = 'all-or-nothing',
): Promise<Assigned> => assignClients(system, { assistantId, clientIds, mode, origin })

const refusalOf = (assigned: Assigned): string | null => (assigned.type === 'refused' ? assigned.refusal.refused : null)

/** A bank with so many assistants on the post; those of a diamond centre may serve 100 clients. */
const withAssistants = async (count: number, track: 'private-bank' | 'diamond' = 'private-bank'): Promise<TestBank> => {
  const bank = await openBank()
  await register(bank.system.directory)
  for (let number = 1; number <= count; number += 1) {
    if (track === 'private-bank') {
      await onPost(bank, number)
      continue
    }
    const order = filing(caseId(number), employee(number))
    const particulars = { ...order.command.particulars, track }
    done(await execute(bank.system, { ...order, command: { ...order.command, particulars } }))
    await bank.states.idle()
    done(await decide(bank.system, caseId(number), people.branch, 'approve'))
    await bank.states.idle()
    done(await decide(bank.system, caseId(number), people.hq, 'approve'))
    await bank.states.idle()
  }
  return bank
}

/** The clients of each case, and of each case by the clients' own items: they must be the same. */
const bothWays = async (bank: TestBank, numbers: readonly number[]) => {
  const items = (await bank.items())
    .filter(({ sk }) => sk === 'RESPONSIBLE')
    .map(({ pk }) => pk.slice('CLIENT#'.length))
  const standings = await standingsOf(bank.system, items as ClientId[])
  const served = await Promise.all(numbers.map(async (number) => load(bank.system, caseId(number))))
  const byCase = served.map(({ portfolio }) => portfolio.map(({ clientId }) => clientId).toSorted())
  const byClient = served.map(({ id }) =>
    [...standings.values()]
      .filter(({ holder }) => holder?.assistantId === id)
      .map(({ client }) => client.clientId)
      .toSorted(),
  )
  return { byCase, byClient, standings }
}

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

/** The system with something else that comes once it has looked at its first clients. */
const overtakenAtOnce = (system: System, overtake: () => Promise<unknown>): System => {
  let first: Promise<unknown> | null = null
  const ready: System['responsibilities']['ready'] = async (clientIds) => {
    const looked = await system.responsibilities.ready(clientIds)
    first ??= overtake()
    await first
    return looked
  }
  return { ...system, responsibilities: { ...system.responsibilities, ready } }
}

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

const taken = async (bank: TestBank, assistantId: AssistantId, clientIds: readonly ClientId[]) =>
  (await assign(bank.system, assistantId, clientIds)) as never

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
    expect((await bothWays(bank, [1])).byCase[0]).toHaveLength(30)
  })
})
