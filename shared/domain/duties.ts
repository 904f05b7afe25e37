import { type AssistantCase, hasEnded } from './assistant.ts'
import { type Context, governingPolicy, today } from './context.ts'
import type { AnchorHead, Duty, ReduceCase } from './duty.ts'
import type { RecordedEvent } from './events.ts'
import { evolve } from './evolve.ts'
import type { Organisation } from './organisation.ts'
import { mailsOf } from './owed-mails.ts'
import { isPublished } from './publishing.ts'
import { resumptionsOf } from './resumption.ts'
import { addDays, addMinutes, addYears, atTime, dayOf } from './time.ts'

/** Minutes after midnight, so that what the day's last moments began is in the record. */
const anchorAfter = 30

/** The chain grew: its head is to be anchored when the day is over, which the day's first change sees to. */
export const anchoringOf = (
  before: AssistantCase | null,
  { id }: AssistantCase,
  { now, zone }: Pick<Context, 'now' | 'zone'>,
): readonly AnchorHead[] => {
  const day = today({ now, zone })
  if (before !== null && dayOf(before.changedAt, zone) === day) return []
  const dueAt = addMinutes(atTime(addDays(day, 1), '00:00', zone), anchorAfter)
  return [{ kind: 'anchor-head', id: `${id}-${day}-a`, assistantId: id, day, dueAt }]
}

/** The case has ended: some years on, what the audit does not need of it is given up. */
export const reducingOf = (
  before: AssistantCase | null,
  after: AssistantCase,
  context: Context,
): readonly ReduceCase[] => {
  if (!hasEnded(after) || (before !== null && hasEnded(before))) return []
  const { mailYears } = governingPolicy(after, context).retention
  const { id, version } = after
  const dueAt = atTime(addYears(today(context), mailYears), '00:00', context.zone)
  return [{ kind: 'reduce-case', id: `${id}-${version}-r`, assistantId: id, endedWith: version, dueAt }]
}

/** All that has to be done because of the events just recorded, numbered by the event that caused it. */
export const dutiesOf = (
  before: AssistantCase | null,
  recorded: readonly RecordedEvent[],
  organisation: Organisation,
): readonly Duty[] => {
  const duties: Duty[] = []
  let state = before
  for (const event of recorded) {
    const after = evolve(state, event)
    const assistantId = after.id
    for (const [index, resumption] of resumptionsOf(event, state, after).entries()) {
      duties.push({
        kind: 'resume-workflow',
        id: `${assistantId}-${event.seq}-w${index === 0 ? '' : index + 1}`,
        assistantId,
        ...resumption,
      })
    }
    for (const [index, mail] of mailsOf(event, state, after, organisation).entries()) {
      duties.push({ id: `${assistantId}-${event.seq}-m${index + 1}`, assistantId, ...mail })
    }
    state = after
  }
  const upTo = recorded.findLast(isPublished)?.seq
  if (state !== null && upTo !== undefined) {
    duties.push({ kind: 'publish-events', id: `${state.id}-${upTo}-p`, assistantId: state.id, upTo })
  }
  return duties
}
