import type { AssistantCase } from './assistant.ts'
import type { Duty } from './duty.ts'
import type { RecordedEvent } from './events.ts'
import { evolve } from './evolve.ts'
import type { Organisation } from './organisation.ts'
import { mailsOf } from './owed-mails.ts'
import { isPublished } from './publishing.ts'
import { resumptionsOf } from './resumption.ts'

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
    for (const [index, mail] of mailsOf(event, after, organisation).entries()) {
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
