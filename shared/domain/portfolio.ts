import type { AssistantCase } from './assistant.ts'
import type { Context } from './context.ts'
import { today } from './context.ts'
import type { ClientId } from './ids.ts'
import type { Instant } from './time.ts'

/** A client whom the assistant serves. */
export interface Client {
  readonly clientId: ClientId
  readonly since: Instant
}

/** The clients whom an assistant serves directly (管户), in the order of their coming. */
export type Portfolio = readonly Client[]

/** The most clients whom an assistant may serve today: a changed cap applies at once (art. 6). */
export const clientCapOf = (
  { particulars }: Pick<AssistantCase, 'particulars'>,
  context: Pick<Context, 'now' | 'zone' | 'policies'>,
): number => context.policies.on(today(context)).clientCaps[particulars.track]

export const serves = ({ portfolio }: Pick<AssistantCase, 'portfolio'>, clientId: ClientId): boolean =>
  portfolio.some((client) => client.clientId === clientId)

export const withClients = (portfolio: Portfolio, clientIds: readonly ClientId[], since: Instant): Portfolio => [
  ...portfolio,
  ...clientIds.map((clientId) => ({ clientId, since })),
]

export const withoutClients = (portfolio: Portfolio, clientIds: readonly ClientId[]): Portfolio =>
  portfolio.filter(({ clientId }) => !clientIds.includes(clientId))
