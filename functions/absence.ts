import type { AssistantId, EmployeeNo } from '../shared/domain/ids.ts'
import type { Delegation } from '../shared/domain/organisation.ts'
import { dayOf } from '../shared/domain/time.ts'
import type { Mistake } from '../shared/text/mistakes.ts'
import type { CodeSubject } from './adapters/items.ts'
import type { System } from './adapters/system.ts'
import { execute } from './execute.ts'
import { inLanes } from './lanes.ts'

/** For what the codes of someone's absence page are good. */
export const absenceCode = (person: EmployeeNo): CodeSubject => ({
  assistantId: null,
  to: person,
  subject: `absence-${person}`,
})

/** What is wrong with a delegate, if anything. */
export const mistakenDelegate = async (
  { directory }: Pick<System, 'directory'>,
  person: EmployeeNo,
  { delegate }: Delegation,
): Promise<Mistake | null> => {
  if (delegate === null) return null
  if (delegate === person) return 'delegate-of-self'
  return (await directory.person(delegate)) === null ? 'unknown-person' : null
}

/** The most cases that are looked at again at once; whatever is left is at its next reminder. */
const most = 100
/** So many at a time: somebody waits for the answer. */
const atOnce = 10

/**
 * Looks again who can answer the open stage of a case. Whoever records an absence looks for what waits on the person
 * afterwards, and whoever asks people looks at absences once more afterwards: one of them sees the other.
 */
export const reassess = async (system: System, assistantId: AssistantId): Promise<void> => {
  await execute(system, {
    assistantId,
    command: { type: 'reassess-stage' },
    origin: { by: 'system', onBehalfOf: null, channel: 'time', client: null },
  })
}

/** What waits on someone is asked at once of whoever can answer it now. */
const reassessWaiting = async (system: System, person: EmployeeNo): Promise<void> => {
  await inLanes(await system.waiting.of(person, most), atOnce, ({ assistantId }) => reassess(system, assistantId))
}

/** Names the delegate for someone's absence, or ends it by null; what waits on them goes on from there. */
export const delegate = async (
  system: System,
  person: EmployeeNo,
  delegation: Delegation | null,
): Promise<'created' | 'replaced' | 'unknown-person'> => {
  const before = (await system.directory.person(person))?.delegation ?? null
  const outcome = await system.directory.delegate(person, delegation)
  if (outcome === 'unknown-person') return outcome
  const today = dayOf(system.now(), system.zone)
  const isToday = (absence: Delegation | null) => absence !== null && absence.from <= today && today <= absence.until
  // Whoever stood in until now may not any more; the approver, who was away, need not have been asked.
  const stoodIn = isToday(before) ? (before?.delegate ?? null) : null
  for (const concerned of [isToday(delegation) ? person : null, stoodIn])
    if (concerned !== null) await reassessWaiting(system, concerned)
  return outcome
}
