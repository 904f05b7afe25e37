import type { AssistantCase } from '../shared/domain/assistant.ts'
import type { ReleaseClients } from '../shared/domain/commands.ts'
import type { Origin } from '../shared/domain/context.ts'
import type { RecordedEvent } from '../shared/domain/events.ts'
import type { AssistantId, ClientId, EmployeeNo } from '../shared/domain/ids.ts'
import { serves } from '../shared/domain/portfolio.ts'
import { type Refusal, refuse } from '../shared/domain/refusal.ts'
import type { Answer } from './adapters/answers.ts'
import type { Write } from './adapters/record.ts'
import type { Cause, Holder, Responsibility } from './adapters/responsibility.ts'
import type { System } from './adapters/system.ts'
import { execute, type Order, type Outcome, preview } from './execute.ts'
import { changed, retry } from './retry.ts'

/** So many clients are assigned in one transaction; DynamoDB takes 100 writes, and the case and its duties need some. */
const perTransaction = 80

/** A batch of clients that is being assigned to a case. */
interface Batch {
  readonly assistantId: AssistantId
  readonly batch: string
}

/** What the clients' own history says of a change. */
export const causeOf = ({ now }: Pick<System, 'now'>, { by, client }: Origin): Cause => ({ at: now(), by, client })

/**
 * A client, who really is responsible, and what has to end before somebody else can be. A reservation that came to nothing
 * is left out of the client's history: nobody was responsible by it.
 */
export interface Standing {
  readonly client: Responsibility
  readonly holder: Holder | null
  readonly ending: Batch | null
}

const withoutReservation = (client: Responsibility): Responsibility => ({
  ...client,
  history: client.history.slice(0, -1),
})

/** Whether a reservation came to count: its case has the client. What was reserved and not assigned is nobody's. */
const standingOf = async (system: System, client: Responsibility): Promise<Standing> => {
  const { holder, reservation, clientId } = client
  const id = holder?.assistantId ?? null
  if (reservation === null || id === null) return { client, holder, ending: null }
  // First the batch, then the case: a batch that has ended can't begin to count any more.
  const batch = await system.responsibilities.batchOf(id)
  const free = { client: withoutReservation(client), holder: null }
  if (batch === reservation) return { ...free, ending: { assistantId: id, batch } }
  const state = await system.record.load(id)
  return state !== null && serves(state, clientId) ? { client, holder, ending: null } : { ...free, ending: null }
}

type Standings = ReadonlyMap<ClientId, Standing>

const standingsOfAll = async (system: System, clients: ReadonlyMap<ClientId, Responsibility>): Promise<Standings> => {
  const standings = await Promise.all([...clients.values()].map((client) => standingOf(system, client)))
  return new Map(standings.map((standing) => [standing.client.clientId, standing]))
}

/** How clients stand, by their numbers. */
export const standingsOf = async (system: System, clientIds: readonly ClientId[]): Promise<Standings> =>
  standingsOfAll(system, await system.responsibilities.of(clientIds))

/** As `standingsOf`, for whoever is about to change them. */
export const standingsToChange = async (system: System, clientIds: readonly ClientId[]): Promise<Standings> =>
  standingsOfAll(system, await system.responsibilities.ready(clientIds))

const isTaken = ({ holder }: Standing, id: AssistantId): boolean => holder !== null && holder.assistantId !== id

/** The clients who came to a case by what was recorded. */
const cameBy = (recorded: readonly RecordedEvent[]): readonly ClientId[] =>
  recorded.flatMap((event) => (event.type === 'clients-assigned' ? event.data.clientIds : []))

export interface Assignment {
  readonly assistantId: AssistantId
  readonly clientIds: readonly ClientId[]
  readonly mode: 'all-or-nothing' | 'each'
  readonly origin: Origin
  /** What the caller is answered where it is done, if that is to be kept for a repetition. */
  readonly answer?: (done: Assigning) => Answer | null
}

/** How a case stands after an assignment, whom it got, and who was left out because somebody else is responsible. */
export interface Assigning {
  readonly state: AssistantCase
  readonly came: readonly ClientId[]
  readonly taken: readonly ClientId[]
}

/** What came of an assignment. */
export type Assigned =
  | (Assigning & { readonly type: 'done'; readonly answer: Answer | null })
  | { readonly type: 'refused'; readonly refusal: Refusal; readonly taken: readonly ClientId[] }
  /** Another call with the same idempotency key was carried out meanwhile. */
  | { readonly type: 'answered-meanwhile' }

/** What ends the batches, each once, that have reserved any of these; the case's own end where it begins another. */
const endingsOf = (system: System, standings: readonly Standing[], besides: AssistantId | null): readonly Write[] => {
  const batches = new Map(standings.flatMap(({ ending }) => (ending === null ? [] : [[ending.batch, ending]])))
  return [...batches.values()]
    .filter(({ assistantId }) => assistantId !== besides)
    .map(({ assistantId, batch }) => system.responsibilities.endBatch(assistantId, batch))
}

/** Reserves what one transaction can't hold; null where a client was taken meanwhile. */
const reserved = async (
  system: System,
  state: AssistantCase,
  surplus: readonly Standing[],
  cause: Cause,
): Promise<readonly Write[] | null> => {
  if (surplus.length === 0) return []
  const batch = await system.responsibilities.reserve(
    surplus.map(({ client }) => client),
    { employeeNo: state.particulars.employeeNo, assistantId: state.id },
    endingsOf(system, surplus, state.id),
    cause,
  )
  return batch === null ? null : [system.responsibilities.endBatch(state.id, batch)]
}

const tryToAssign = async (
  system: System,
  { assistantId, clientIds, mode, origin, answer }: Assignment,
): Promise<Assigned | typeof changed> => {
  const [state, standings] = await Promise.all([system.record.load(assistantId), standingsToChange(system, clientIds)])
  if (state === null) return { type: 'refused', refusal: refuse('unknown-assistant'), taken: [] }
  const all = [...standings.values()]
  const taken = all.filter((standing) => isTaken(standing, assistantId)).map(({ client }) => client.clientId)
  const [first] = taken
  if (first !== undefined && (mode === 'all-or-nothing' || taken.length === clientIds.length))
    return { type: 'refused', refusal: refuse('client-taken', { client: first }), taken }
  const wanted = all.filter((standing) => !isTaken(standing, assistantId) && !serves(state, standing.client.clientId))
  const command = { type: 'assign-clients', clientIds: clientIds.filter((id) => !taken.includes(id)), mode } as const
  const order: Order = { assistantId, command, origin }
  const isPossible = wanted.length > perTransaction && (await preview(system, state, order)) !== null
  const surplus = isPossible ? wanted.slice(perTransaction) : []
  const cause = causeOf(system, origin)
  const ofBatch = await reserved(system, state, surplus, cause)
  if (ofBatch === null) return changed
  const holder = { employeeNo: state.particulars.employeeNo, assistantId }
  const outcome = await execute(system, {
    ...order,
    ...(answer === undefined
      ? {}
      : { answer: (after, recorded) => answer({ state: after, came: cameBy(recorded), taken }) }),
    besides: (recorded) => {
      // What came is for the record to say: the case may have released a client since it was looked at.
      const inThis = cameBy(recorded)
        .flatMap((clientId) => standings.get(clientId) ?? [])
        .filter((one) => !surplus.includes(one))
      const endings = endingsOf(system, inThis, ofBatch.length > 0 ? assistantId : null)
      const assigned = inThis.map(({ client }) => system.responsibilities.assign(client, holder, cause))
      return [...endings, ...assigned, ...ofBatch]
    },
  })
  if (outcome.type === 'besides-changed') return changed
  if (outcome.type === 'done') return { ...outcome, came: cameBy(outcome.recorded), taken }
  return outcome.type === 'refused' ? { ...outcome, taken } : outcome
}

/** Makes an assistant responsible for at most 100 clients, all of them or, in `each`, those who can be (art. 6). */
export const assignClients = (system: System, assignment: Assignment): Promise<Assigned> =>
  retry(system, 'assigning clients', () => tryToAssign(system, assignment))

/** Ends the responsibility that somebody has by their case for a client. */
export const releaseClient = (
  system: System,
  assistantId: AssistantId,
  clientId: ClientId,
  origin: Origin,
  servedAs: ReleaseClients['servedAs'] = 'assistant',
): Promise<Outcome> =>
  retry(system, 'releasing a client', async () => {
    // The case has the client, so nobody else can: whatever a look says, the client came to the case after it.
    const clients = await system.responsibilities.ready([clientId])
    const outcome = await execute(system, {
      assistantId,
      command: { type: 'release-clients', clientIds: [clientId], servedAs },
      origin,
      besides: () =>
        [...clients.values()].map((client) => system.responsibilities.release(client, causeOf(system, origin))),
    })
    return outcome.type === 'besides-changed' ? changed : outcome
  })

/**
 * Ends a relationship manager's responsibility for a client; null where it is done. Clients of their time as an assistant
 * are given up by that case as well: an annulled transfer makes them an assistant again, of the clients whom they have.
 */
export const releaseFromManager = (
  system: System,
  employeeNo: EmployeeNo,
  clientId: ClientId,
  origin: Origin,
): Promise<Refusal | null> =>
  retry(system, "releasing a manager's client", async () => {
    const { responsibilities } = system
    const standing = (await standingsToChange(system, [clientId])).get(clientId)
    if (standing === undefined || standing.holder?.employeeNo !== employeeNo)
      return refuse('unknown-client', { client: clientId })
    const { client, holder } = standing
    if (holder.assistantId !== null) {
      const outcome = await releaseClient(system, holder.assistantId, clientId, origin, 'relationship-manager')
      return outcome.type === 'refused' ? outcome.refusal : null
    }
    return (await responsibilities.change(responsibilities.release(client, causeOf(system, origin)))) ? null : changed
  })
