import type { System } from '../../functions/adapters/system.ts'
import { execute } from '../../functions/execute.ts'
import { type Assigned, assignClients, standingsOf } from '../../functions/portfolio.ts'
import { type AssistantId, ClientId } from '../../shared/domain/ids.ts'
import { people } from '../support/bank.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { caseId, decide, done, employee, filing, load, onPost, register } from './support.ts'

export const origin = { by: people.filer, onBehalfOf: null, channel: 'api', client: 'hr-demo' } as const

export const clients = (from: number, to: number): ClientId[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ClientId.parse(`K${from + index}`))

export const assign = (
  system: System,
  assistantId: AssistantId,
  clientIds: readonly ClientId[],
  mode: 'all-or-nothing' | 'each' = 'all-or-nothing',
): Promise<Assigned> => assignClients(system, { assistantId, clientIds, mode, origin })

/** Opens banks with so many assistants on the post; those of a diamond centre may serve 100 clients. */
export const useAssistants = () => {
  const openBank = useEngines()
  return async (count: number, track: 'private-bank' | 'diamond' = 'private-bank'): Promise<TestBank> => {
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
}

/** The clients of each case, and of each case by the clients' own items: they must be the same. */
export const bothWays = async (bank: TestBank, numbers: readonly number[]) => {
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

/** The system with something else that comes once it has looked at its first clients. */
export const overtakenAtOnce = (system: System, overtake: () => Promise<unknown>): System => {
  let first: Promise<unknown> | null = null
  const ready: System['responsibilities']['ready'] = async (clientIds) => {
    const looked = await system.responsibilities.ready(clientIds)
    first ??= overtake()
    await first
    return looked
  }
  return { ...system, responsibilities: { ...system.responsibilities, ready } }
}
