import type { PublishEvents } from '../shared/domain/duty.ts'
import type { RecordedEvent } from '../shared/domain/events.ts'
import type { AssistantId } from '../shared/domain/ids.ts'
import { publishedOf } from '../shared/domain/publishing.ts'
import type { System } from './adapters/system.ts'
import type { DutyResult, Look } from './duty-result.ts'

/** Events read at once: they bound the memory, not the work. */
const pageSize = 50

/** A case's events after one number up to another, in order; those just `recorded` need not be read. */
async function* eventsBetween(
  { record }: System,
  id: AssistantId,
  after: number,
  upTo: number,
  recorded: readonly RecordedEvent[] = [],
): AsyncGenerator<RecordedEvent> {
  if (recorded[0]?.seq === after + 1 && recorded.some(({ seq }) => seq === upTo)) {
    yield* recorded.filter(({ seq }) => seq <= upTo)
    return
  }
  for (let at = after; at < upTo;) {
    const page = await record.events(id, at, Math.min(pageSize, upTo - at))
    if (page.length === 0) throw new Error(`Event ${at + 1} of case ${id} is not on record.`)
    yield* page
    at = page.at(-1)?.seq ?? upTo
  }
}

/**
 * How many events whoever commits publishes at once, while somebody waits: more than a commit has. What piled up while
 * the bus was away is for the sweep.
 */
const mostAtOnce = 5

/**
 * Hands the events of a case to the bus, from the one behind the cursor, and moves the cursor over those that it took.
 *
 * Whoever publishes begins right behind the cursor, leaves nothing out, and hands over an event only when the bus has
 * taken the one before; and the cursor passes nothing that the bus has not taken. So whenever an event is handed over,
 * all before it have been taken, by this publisher or by those who moved the cursor: however many publish at once, die
 * or see an old cursor, each event comes for the first time in its order. What comes again comes under the same id.
 *
 * `open` where more is left than may be published at the first try, which `attempts` counts from 0.
 *
 * @throws Error where the bus did not take one; it stays first in line
 */
export const publishEvents = async (
  system: System,
  { assistantId, upTo }: PublishEvents,
  look: Look,
  attempts: number,
): Promise<DutyResult> => {
  const { bus, published } = system
  const cursor = await published.cursor(assistantId)
  if (cursor !== null && cursor >= upTo) return 'done'
  const { state, recorded } = await look()
  let last = cursor
  let room = attempts === 0 ? mostAtOnce : Infinity
  let isWhole = true
  try {
    for await (const event of eventsBetween(system, assistantId, cursor ?? 0, upTo, recorded)) {
      const toPublish = publishedOf(event, state, last)
      if (toPublish === null) continue
      if (room === 0) {
        isWhole = false
        break
      }
      await bus.put(toPublish)
      last = event.seq
      room -= 1
    }
  } catch (error) {
    if (last !== null && last !== cursor) await published.advance(assistantId, last)
    throw error
  }
  if (last === null || last === cursor) return 'done'
  if (isWhole) return { publishedTo: last }
  await published.advance(assistantId, last)
  return 'open'
}
