import type { EmployeeNo } from '../shared/domain/ids.ts'
import type { Delegation } from '../shared/domain/organisation.ts'
import { atTime, dayOf, type Instant } from '../shared/domain/time.ts'
import { endOf } from '../shared/domain/timetable.ts'
import type { Mistake } from '../shared/text/mistakes.ts'
import type { DueItem } from './adapters/duties.ts'
import type { CodeSubject } from './adapters/items.ts'
import type { System } from './adapters/system.ts'
import { reassessWaiting } from './reassess.ts'

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

/** When time next begins or ends an absence. */
const turnOf = ({ from, until }: Delegation, { now, zone }: System): Instant => {
  const begins = atTime(from, '00:00', zone)
  return begins > now() ? begins : endOf(until, zone)
}

/** Names the delegate for someone's absence, or ends it by null; what waits on them goes on from there. */
export const delegate = async (
  system: System,
  person: EmployeeNo,
  delegation: Delegation | null,
): Promise<'created' | 'replaced' | 'unknown-person'> => {
  const before = (await system.directory.person(person))?.delegation ?? null
  const outcome = await system.directory.delegate(
    person,
    delegation === null ? null : { delegation, turn: turnOf(delegation, system) },
  )
  if (outcome === 'unknown-person') return outcome
  const today = dayOf(system.now(), system.zone)
  const isToday = (absence: Delegation | null) => absence !== null && absence.from <= today && today <= absence.until
  // Whoever stood in until now may not any more; the approver, who was away, need not have been asked.
  const stoodIn = isToday(before) ? (before?.delegate ?? null) : null
  for (const concerned of [isToday(delegation) ? person : null, stoodIn])
    if (concerned !== null) await reassessWaiting(system, concerned)
  return outcome
}

/**
 * Time has begun or ended an absence: what waits is asked at once of whoever answers it from now on. The person goes on
 * among what is due to the absence's end, or away; one that was named meanwhile has a time of its own.
 */
export const passAbsence = async (system: System, person: EmployeeNo, item: DueItem): Promise<void> => {
  const delegation = (await system.directory.person(person))?.delegation ?? null
  const turn = delegation === null ? null : turnOf(delegation, system)
  const isOver = turn === null || turn <= system.now()
  // Of an absence that is over, what was asked waits on whoever stood in.
  const concerned = isOver ? (delegation?.delegate ?? null) : person
  if (concerned !== null) await reassessWaiting(system, concerned)
  await (isOver ? system.duties.dismiss(item) : system.duties.postpone(item, turn))
}
