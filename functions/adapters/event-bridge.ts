import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { detailTypeOf, eventSource } from '../../shared/contracts/published-events.ts'
import type { EventBus } from './event-bus.ts'
import { patience } from './patience.ts'
import { unlogged } from './unlogged.ts'

/** The bus was reached and did not take an event. */
export class EventRefused extends Error {
  override readonly name = 'EventRefused'
}

/** Milliseconds: somebody may wait for the call that tries this first, and the sweep tries again. */
const littlePatience = { ...patience, connectionTimeout: 1000, requestTimeout: 1000 }

/**
 * One event a call. Of several, the bus may refuse one and take those behind it, which would then come before it; and a
 * call commits few.
 */
export const eventBus = (client: EventBridgeClient, bus: string): EventBus => ({
  put: async (event) => {
    const entry = {
      EventBusName: bus,
      Source: eventSource,
      DetailType: detailTypeOf(event),
      Time: new Date(event.at),
      Detail: JSON.stringify(event),
    }
    const { FailedEntryCount = 0, Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }))
    if (FailedEntryCount > 0) throw new EventRefused(`The bus refused ${event.id}: ${Entries[0]?.ErrorCode ?? ''}.`)
  },
})

/** The bus of a name; the SDK finds where. */
export const eventBridge = (bus: string): EventBus =>
  eventBus(unlogged(new EventBridgeClient({ maxAttempts: 2, requestHandler: littlePatience })), bus)
