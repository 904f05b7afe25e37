import type { AssistantCase } from './assistant.ts'
import { type Context, governingPolicy } from './context.ts'
import type { Digest } from './digest.ts'
import type { DomainEvent, RecordedEvent } from './events.ts'
import { evolve } from './evolve.ts'

/** What stands for the hash before the first event. */
export const noHash = '0'.repeat(64)

/** A case with the events that a command has just added to it. */
export interface Advanced {
  readonly state: AssistantCase
  readonly recorded: readonly RecordedEvent[]
}

const seal = (event: Omit<RecordedEvent, 'hash'>, digest: Digest): RecordedEvent =>
  ({ ...event, hash: digest(event) }) as RecordedEvent

/** Numbers, attributes and chains the events, and carries the case on by them. There must be at least one. */
export const advance = (before: AssistantCase | null, events: readonly DomainEvent[], context: Context): Advanced => {
  const { by, onBehalfOf, channel } = context.origin
  const { digest } = context
  const policyVersion = governingPolicy(before, context).version
  let state = before
  const recorded: RecordedEvent[] = []
  for (const { type, data } of events) {
    const event = seal(
      {
        seq: (state?.version ?? 0) + 1,
        type,
        at: context.now,
        by,
        onBehalfOf,
        channel,
        policyVersion,
        data,
        previousHash: state?.hash ?? noHash,
      },
      digest,
    )
    state = evolve(state, event)
    recorded.push(event)
  }
  if (state === null) throw new Error('A command that is not refused has at least one event.')
  return { state, recorded }
}

/** The number of the first event that does not fit the chain; null where all do. */
export const brokenLink = (events: readonly RecordedEvent[], digest: Digest): number | null => {
  let previousHash = noHash
  for (const [index, { hash, ...event }] of events.entries()) {
    const fits = event.seq === index + 1 && event.previousHash === previousHash && digest(event) === hash
    if (!fits) return index + 1
    previousHash = hash
  }
  return null
}
