import type { PublishedEvent } from '../../shared/domain/publishing.ts'
import { late } from './late.ts'

/** Where HR systems hear of what happened. */
export interface EventBus {
  /** Hands one event over. @throws Error where the bus did not take it, or did not say so */
  readonly put: (event: PublishedEvent) => Promise<void>
}

/** The bus of a name. */
export const createEventBus = (bus: string): EventBus => {
  const there = late(async () => (await import('./event-bridge.ts')).eventBridge(bus))
  return { put: async (event) => (await there()).put(event) }
}
