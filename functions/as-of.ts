import type { AssistantCase } from '../shared/domain/assistant.ts'
import type { RecordedEvent } from '../shared/domain/events.ts'
import { evolve } from '../shared/domain/evolve.ts'
import type { AssistantId } from '../shared/domain/ids.ts'
import type { Instant } from '../shared/domain/time.ts'
import type { System } from './adapters/system.ts'

/** Events read at a time; DynamoDB answers a megabyte at most. */
const pageSize = 200

/** All events of a case, in order; none where there is no such case. */
export const historyOf = async (
  { record }: Pick<System, 'record'>,
  id: AssistantId,
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for (;;) {
    const page = await record.events(id, events.length, pageSize)
    events.push(...page)
    if (page.length === 0) return events
  }
}

/** The case as it stood at a moment, from its events alone; null before its first. */
export const caseAsOf = async (system: System, id: AssistantId, asOf: Instant): Promise<AssistantCase | null> => {
  let state: AssistantCase | null = null
  for (const event of await historyOf(system, id)) if (event.at <= asOf) state = evolve(state, event)
  return state
}
