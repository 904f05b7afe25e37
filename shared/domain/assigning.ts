import { type AssistantCase, hasClientsLeft } from './assistant.ts'
import type { AssignClients, ReceiveClients, ReleaseClients } from './commands.ts'
import { type Context, today } from './context.ts'
import type { DomainEvent, EventOf } from './events.ts'
import type { ClientId } from './ids.ts'
import { clientCapOf, serves } from './portfolio.ts'
import { type Refusal, refuse } from './refusal.ts'

const cameTo = (
  { portfolio }: AssistantCase,
  clientIds: readonly ClientId[],
  cap: number,
  context: Context,
): EventOf<'clients-assigned'>['data'] => {
  const warnAt = Math.ceil(cap * context.policies.on(today(context)).clientWarning)
  const count = portfolio.length + clientIds.length
  const nearCap = portfolio.length < warnAt && count >= warnAt
  return { clientIds: [...clientIds], count, cap, nearCap, client: context.origin.client }
}

/**
 * Makes the assistant responsible for clients, up to the cap of the track (art. 6): all of them, or, client by client,
 * those for whom there is room. Clients whom the assistant serves already are left as they are.
 */
export const assignClients = (
  state: AssistantCase,
  { clientIds, mode }: AssignClients,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  if (state.status !== 'on-post') return refuse('not-on-post', { status: state.status })
  const wanted = clientIds.filter((clientId) => !serves(state, clientId))
  if (wanted.length === 0) return []
  const cap = clientCapOf(state, context)
  const room = Math.max(cap - state.portfolio.length, 0)
  if (room === 0 || (mode === 'all-or-nothing' && wanted.length > room)) return atCap(state, wanted.length, cap)
  return [{ type: 'clients-assigned', data: cameTo(state, wanted.slice(0, room), cap, context) }]
}

/** Says no to more clients than there is room for (art. 6). */
export const atCap = ({ particulars, portfolio }: AssistantCase, wanted: number, cap: number): Refusal =>
  refuse('client-cap', {
    track: particulars.track,
    cap: String(cap),
    count: String(portfolio.length),
    wanted: String(wanted),
  })

/** Takes over clients from a colleague; the cap holds for these too (art. 6). */
export const receiveClients = (
  state: AssistantCase,
  { clientIds, from }: ReceiveClients,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  if (state.status !== 'on-post') return refuse('unable-to-take', { person: state.particulars.employeeNo })
  const cap = clientCapOf(state, context)
  if (state.portfolio.length + clientIds.length > cap) return atCap(state, clientIds.length, cap)
  return [{ type: 'clients-received', data: { ...cameTo(state, clientIds, cap, context), from } }]
}

/** Ends the responsibility for a client; whoever leaves the post hands over instead (art. 9). */
export const releaseClients = (
  state: AssistantCase,
  { clientIds, servedAs }: ReleaseClients,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const isManager = state.status === 'transferred'
  // A relationship manager's clients are no assistant's any more, and an assistant's are no manager's.
  if (isManager && servedAs === 'assistant') return refuse('not-on-post', { status: state.status })
  const unknown = clientIds.find(
    (clientId) => !serves(state, clientId) || (!isManager && servedAs === 'relationship-manager'),
  )
  if (unknown !== undefined) return refuse('unknown-client', { client: unknown })
  if (hasClientsLeft(state)) return refuse('hand-over-needed')
  return [{ type: 'clients-released', data: { clientIds: [...clientIds], client: context.origin.client } }]
}
