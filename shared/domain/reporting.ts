import { type AssistantCase, hasEnded } from './assistant.ts'
import type { RecordQualifications, RecordViolation } from './commands.ts'
import { type Context, today } from './context.ts'
import type { DomainEvent } from './events.ts'
import { exitForViolation } from './exiting.ts'
import { type Refusal, refuse } from './refusal.ts'
import { endsThePost } from './violation.ts'

/** More than this are a mistake of whoever sends them. */
const mostViolations = 20

/** Keeps a violation; a serious one that was punished ends the post at once (art. 9). */
export const recordViolation = (
  state: AssistantCase,
  { violation }: RecordViolation,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const { reportedBy, on, sanctioned, sanctionLiftedOn } = violation
  const day = today(context)
  if (hasEnded(state)) return refuse('not-on-post', { status: state.status })
  if (on > day) return refuse('date-in-future', { today: day }, '/on')
  if (reportedBy === state.particulars.employeeNo) return refuse('four-eyes', { person: reportedBy }, '/reportedBy')
  if (sanctionLiftedOn !== null && (!sanctioned || sanctionLiftedOn < on))
    return refuse('sanction-contradicts', {}, '/sanctionLiftedOn')
  if (state.violations.length >= mostViolations) return refuse('too-many', { most: String(mostViolations) })
  const recorded: DomainEvent = { type: 'violation-recorded', data: { ...violation, client: context.origin.client } }
  if (!endsThePost(violation) || state.status !== 'on-post') return [recorded]
  return [recorded, exitForViolation(state, violation, context)]
}

/** Keeps what HR knows for the relationship-manager standard, in place of what it knew before. */
export const recordQualifications = (
  state: AssistantCase,
  { qualifications }: RecordQualifications,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const { origin, digest } = context
  const day = today(context)
  if (hasEnded(state)) return refuse('not-on-post', { status: state.status })
  if (qualifications.examination !== null && qualifications.examination.takenOn > day)
    return refuse('date-in-future', { today: day }, '/examination/takenOn')
  const isKnown = state.qualifications !== null && digest(state.qualifications) === digest(qualifications)
  return isKnown ? [] : [{ type: 'qualifications-recorded', data: { qualifications, client: origin.client } }]
}
