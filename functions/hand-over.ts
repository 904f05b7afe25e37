import { type AssistantCase, liveDispute } from '../shared/domain/assistant.ts'
import { atCap } from '../shared/domain/assigning.ts'
import type { Origin } from '../shared/domain/context.ts'
import type { ApprovalId, AssistantId, ClientId, EmployeeNo } from '../shared/domain/ids.ts'
import { clientCapOf, serves } from '../shared/domain/portfolio.ts'
import { type Refusal, refuse } from '../shared/domain/refusal.ts'
import type { Holder } from './adapters/responsibility.ts'
import type { System } from './adapters/system.ts'
import { historyOf } from './as-of.ts'
import { execute, type Order } from './execute.ts'
import { causeOf, type Standing, standingsOf, standingsToChange } from './portfolio.ts'
import { changed, retry } from './retry.ts'

/**
 * So many clients are handed over in one transaction. The last of them can end the post, which mails HQ, branch and
 * centre and clears their lists; DynamoDB takes 100 writes.
 */
const perTransaction = 20

/** Who takes which client. */
export interface Naming {
  readonly clientId: ClientId
  readonly to: EmployeeNo
}

export interface HandingOver {
  readonly assistantId: AssistantId
  readonly namings: readonly Naming[]
  /** The approval by which whoever was asked names them; null where HR's system does. */
  readonly approvalId: ApprovalId | null
  readonly origin: Origin
  /** The same for a call and its repetitions; left out where a repetition can't be told. */
  readonly call?: string
}

export type HandedOver =
  | { readonly type: 'done'; readonly state: AssistantCase }
  /** `clientId` is the one about whom it was refused, where it was about one. */
  | { readonly type: 'refused'; readonly refusal: Refusal; readonly clientId: ClientId | null }

/** Someone who can take clients: an assistant on the post, by their case, or a relationship manager. */
interface Taker extends Holder {
  readonly state: AssistantCase | null
}

const takerOf = async (system: System, to: EmployeeNo): Promise<Taker | null> => {
  const [posts, person] = await Promise.all([system.lists.postsOf(to), system.directory.person(to)])
  const cases = [...(await system.lists.cases(posts)).values()]
  const onPost = cases.find(({ status }) => status === 'on-post')
  if (onPost !== undefined) return { employeeNo: to, assistantId: onPost.id, state: onPost }
  const isManager = person?.post === 'relationship-manager' || cases.some(({ status }) => status === 'transferred')
  return isManager ? { employeeNo: to, assistantId: null, state: null } : null
}

/** What stands against a hand-over as a whole, found before any of it is done. */
const refused = (
  system: System,
  state: AssistantCase,
  wanted: readonly Naming[],
  standings: ReadonlyMap<ClientId, Standing>,
  takers: ReadonlyMap<EmployeeNo, Taker | null>,
): Extract<HandedOver, { type: 'refused' }> | null => {
  const no = (refusal: Refusal, clientId: ClientId) => ({ type: 'refused', refusal, clientId }) as const
  for (const { clientId, to } of wanted) {
    if (!serves(state, clientId) || standings.get(clientId)?.holder?.assistantId !== state.id)
      return no(refuse('unknown-client', { client: clientId }), clientId)
    const taker = takers.get(to) ?? null
    if (taker === null || to === state.particulars.employeeNo)
      return no(refuse('unable-to-take', { person: to }), clientId)
    const { state: receiving } = taker
    if (receiving === null) continue
    if (liveDispute(receiving) !== null) return no(refuse('frozen'), clientId)
    const cap = clientCapOf(receiving, { ...system, now: system.now() })
    // The taker was looked at last, and may have got some of them meanwhile.
    const coming = wanted.filter((one) => one.to === to && !serves(receiving, one.clientId)).length
    if (receiving.portfolio.length + coming > cap) return no(atCap(receiving, coming, cap), clientId)
  }
  return null
}

/**
 * Whether nothing is left to hand over to somebody: they have the client already, or got them by this very call, whoever
 * has them since.
 */
const isDone = (to: EmployeeNo, standing: Standing | undefined, call: string | undefined): boolean =>
  standing?.holder?.employeeNo === to ||
  (call !== undefined && standing?.client.history.some((change) => change.call === call) === true)

/** Whether clients have changed hands since they were looked at. */
const haveMoved = async (system: System, looked: readonly Standing[]): Promise<boolean> => {
  const now = await system.responsibilities.of(looked.map(({ client }) => client.clientId))
  return looked.some(({ client }) => now.get(client.clientId)?.changes !== client.changes)
}

/**
 * Hands clients over to one person, in one transaction with the case of that person where they are an assistant. Null
 * where that person has got them all meanwhile.
 */
const handOverTo = async (
  system: System,
  { assistantId, approvalId, origin, call }: HandingOver,
  taker: Taker,
  named: readonly ClientId[],
  from: EmployeeNo,
): Promise<HandedOver | null> => {
  const { employeeNo: to, assistantId: takerId } = taker
  const holder: Holder = { employeeNo: to, assistantId: takerId }
  return retry<HandedOver | null>(system, 'handing clients over', async () => {
    const standings = [...(await standingsToChange(system, named)).values()]
    const left = standings.filter((standing) => !isDone(to, standing, call))
    if (left.length === 0) return null
    const lost = left.find((standing) => standing.holder?.assistantId !== assistantId)?.client.clientId
    if (lost !== undefined)
      return { type: 'refused', refusal: refuse('unknown-client', { client: lost }), clientId: lost }
    const clientIds = left.map(({ client }) => client.clientId)
    const giving: Order = {
      assistantId,
      command: { type: 'hand-over-clients', clientIds, to, approvalId },
      origin,
      besides: () => {
        const cause = { ...causeOf(system, origin), ...(call === undefined ? {} : { call }) }
        return left.map(({ client }) => system.responsibilities.assign(client, holder, cause))
      },
    }
    const taking: readonly Order[] =
      takerId === null ? [] : [{ assistantId: takerId, command: { type: 'receive-clients', clientIds, from }, origin }]
    const outcome = await execute(system, giving, ...taking)
    if (outcome.type === 'done') return outcome
    // Handed over by another call meanwhile, the giver has them no more: that says no to nothing.
    return outcome.type === 'refused' && !(await haveMoved(system, left))
      ? { ...outcome, clientId: clientIds[0] ?? null }
      : changed
  })
}

const chunks = <One>(all: readonly One[], size: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))

/** What is left of a hand-over against which nothing stands: who is to get which clients. */
interface Looked {
  readonly type: 'looked'
  readonly state: AssistantCase
  readonly wanted: readonly Naming[]
  readonly takers: ReadonlyMap<EmployeeNo, Taker | null>
}

/** Looks at what a hand-over takes, and what stands against it; changes nothing. */
export const lookAtHandOver = async (
  system: System,
  { assistantId, namings, call }: HandingOver,
): Promise<Looked | Extract<HandedOver, { type: 'refused' }>> => {
  const state = await system.record.load(assistantId)
  if (state === null) return { type: 'refused', refusal: refuse('unknown-assistant'), clientId: null }
  const { employeeNo } = state.particulars
  const standings = await standingsOf(
    system,
    namings.map(({ clientId }) => clientId),
  )
  const wanted = namings.filter(({ clientId, to }) => to === employeeNo || !isDone(to, standings.get(clientId), call))
  const names = [...new Set(wanted.map(({ to }) => to))]
  const takers = new Map(await Promise.all(names.map(async (to) => [to, await takerOf(system, to)] as const)))
  return refused(system, state, wanted, standings, takers) ?? { type: 'looked', state, wanted, takers }
}

/** Whether somebody has handed all these clients over already, each to the one who is named, and none is back. */
export const isHandedOver = async (
  system: System,
  state: AssistantCase,
  namings: readonly Naming[],
  by: EmployeeNo,
): Promise<boolean> => {
  if (namings.some(({ clientId }) => serves(state, clientId))) return false
  const events = await historyOf(system, state.id)
  return namings.every(({ clientId, to }) =>
    events.some(
      (event) =>
        event.type === 'clients-handed-over' &&
        event.by === by &&
        event.data.to === to &&
        event.data.clientIds.includes(clientId),
    ),
  )
}

/**
 * Hands clients over to those who are named for them (art. 9). Everything is checked before anything is done. It is done
 * by and by, so that a repetition goes on where the first call broke off: whom somebody has got already is passed over.
 */
export const handOver = async (system: System, handingOver: HandingOver): Promise<HandedOver> => {
  const looked = await lookAtHandOver(system, handingOver)
  if (looked.type === 'refused') return looked
  const { wanted, takers } = looked
  let { state } = looked
  for (const [to, taker] of takers) {
    if (taker === null) continue
    const clientIds = wanted.filter((one) => one.to === to).map(({ clientId }) => clientId)
    for (const some of chunks(clientIds, perTransaction)) {
      const outcome = await handOverTo(system, handingOver, taker, some, state.particulars.employeeNo)
      if (outcome?.type === 'refused') return outcome
      state = outcome?.state ?? (await system.record.load(state.id)) ?? state
    }
  }
  return { type: 'done', state }
}
