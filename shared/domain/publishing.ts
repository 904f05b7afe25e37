import type { AssistantCase } from './assistant.ts'
import type { EventOf, RecordedEvent } from './events.ts'
import type { AssistantId, EmployeeNo } from './ids.ts'
import type { Instant } from './time.ts'

/** Changed codes alone: names and addresses are no business of those who listen. */
const changedCodes = ({ track, source, teamId }: EventOf<'application-amended'>['data']['changes']) => ({
  ...(track !== undefined && { track }),
  ...(source !== undefined && { source }),
  ...(teamId !== undefined && { teamId }),
})

const exitCodes = ({ ground, body, employeeNo, decidedOn }: EventOf<'assistant-exited'>['data']) => ({
  ground,
  body,
  decidedBy: employeeNo,
  decidedOn,
})

/**
 * What the outside hears of an event: ids, codes and days. No name, no address and nothing that somebody wrote, since
 * it goes to whoever listens. Null for what concerns nobody outside.
 */
const publicationOf = (event: RecordedEvent) => {
  switch (event.type) {
    case 'onboarding-filed': {
      const { applicationId, filedBy, particulars } = event.data
      const { track, source, branchId, centreId, teamId } = particulars
      return { type: event.type, data: { applicationId, filedBy, track, source, branchId, centreId, teamId } }
    }
    case 'transfer-filed': {
      const { applicationId, filedBy, early } = event.data
      return { type: event.type, data: { applicationId, filedBy, early } }
    }
    case 'stage-opened': {
      const { applicationId, stage, round, dueOn } = event.data
      return { type: event.type, data: { applicationId, stage, round, dueOn } }
    }
    case 'stage-decided': {
      const { applicationId, stage, round, decision, amendBy } = event.data
      const { by: decidedBy, onBehalfOf } = event
      return { type: event.type, data: { applicationId, stage, round, decision, decidedBy, onBehalfOf, amendBy } }
    }
    case 'application-withdrawn':
      return { type: event.type, data: { applicationId: event.data.applicationId, withdrawnBy: event.by } }
    case 'application-amended': {
      const { applicationId, stage, round, changes } = event.data
      const data = { applicationId, stage, round, amendedBy: event.by, changes: changedCodes(changes) }
      return { type: event.type, data }
    }
    case 'application-expired': {
      const { applicationId, stage, round } = event.data
      return { type: event.type, data: { applicationId, stage, round } }
    }
    case 'onboarding-took-effect': {
      const { applicationId, effectiveAt, onPostSince, reviewDueOn } = event.data
      return { type: event.type, data: { applicationId, effectiveAt, onPostSince, reviewDueOn } }
    }
    case 'transfer-took-effect': {
      const { applicationId, effectiveAt, grade } = event.data
      return { type: event.type, data: { applicationId, effectiveAt, grade } }
    }
    case 'review-called':
      return { type: event.type, data: { round: event.data.round } }
    case 'decision-disputed': {
      const { applicationId, stage, round, effect } = event.data
      return { type: event.type, data: { applicationId, stage, round, disputedBy: event.by, effect } }
    }
    case 'decision-upheld': {
      const { applicationId, stage, round, resumed, amendment } = event.data
      const times = { dueOn: resumed?.dueOn ?? null, amendBy: amendment?.amendBy ?? null }
      return { type: event.type, data: { applicationId, stage, round, ...times } }
    }
    case 'decision-annulled': {
      const { applicationId, stage, round } = event.data
      return { type: event.type, data: { applicationId, stage, round } }
    }
    case 'policy-adopted': {
      const { applicationId, version, stage, amendment } = event.data
      const times = { dueOn: stage?.dueOn ?? null, amendBy: amendment?.amendBy ?? null }
      return { type: event.type, data: { applicationId, policyVersion: version, ...times } }
    }
    case 'assistant-exited':
      return { type: event.type, data: exitCodes(event.data) }
    case 'exit-begun':
      return { type: event.type, data: exitCodes(event.data) }
    case 'exit-completed':
      return { type: event.type, data: {} }
    case 'mentor-named':
      return { type: event.type, data: { mentor: event.data.mentor } }
    case 'training-plan-set': {
      const { version, items } = event.data
      return {
        type: event.type,
        data: { planVersion: version, items: items.map(({ id, topic, dueOn }) => ({ id, topic, dueOn })) },
      }
    }
    case 'assessment-recorded': {
      const { itemId, attempt, takenOn, passed } = event.data
      return { type: event.type, data: { itemId, attempt, takenOn, passed } }
    }
    case 'clients-assigned': {
      const { clientIds, count, cap } = event.data
      return { type: event.type, data: { clientIds, count, cap } }
    }
    case 'clients-received': {
      const { clientIds, count, cap, from } = event.data
      return { type: event.type, data: { clientIds, count, cap, from } }
    }
    case 'clients-released':
      return { type: event.type, data: { clientIds: event.data.clientIds } }
    case 'clients-handed-over': {
      const { clientIds, to } = event.data
      return { type: event.type, data: { clientIds, to } }
    }
    case 'violation-recorded': {
      const { on, severity, sanctioned, sanctionLiftedOn } = event.data
      return { type: event.type, data: { on, severity, sanctioned, sanctionLiftedOn } }
    }
    case 'stage-reminded':
    case 'stage-escalated':
    case 'approvers-added':
    case 'mail-undeliverable':
    case 'attendance-recorded':
    case 'training-reminded':
    // HR has stated these itself.
    case 'performance-recorded':
    case 'qualifications-recorded':
      return null
  }
}

interface Envelope {
  /** `<assistantId>-<seq>`: the same whenever the event is handed over again. */
  readonly id: string
  readonly version: 1
  readonly assistantId: AssistantId
  /** The assistant's. */
  readonly employeeNo: EmployeeNo
  /** Number of the event in the case. The numbers have gaps where nothing was published. */
  readonly seq: number
  /** Number of the event of the case that was published before; null for the first. */
  readonly previousSeq: number | null
  readonly at: Instant
}

/** An event as HR systems get it. */
export type PublishedEvent = Envelope & NonNullable<ReturnType<typeof publicationOf>>
export type PublishedType = PublishedEvent['type']

/** Whether the outside hears of an event at all. */
export const isPublished = (event: RecordedEvent): boolean => publicationOf(event) !== null

/** What is published of an event of a case, given the number of the published one before it; null for nothing. */
export const publishedOf = (
  event: RecordedEvent,
  { id, particulars }: Pick<AssistantCase, 'id' | 'particulars'>,
  previousSeq: number | null,
): PublishedEvent | null => {
  const publication = publicationOf(event)
  if (publication === null) return null
  const { seq, at } = event
  const { employeeNo } = particulars
  return { id: `${id}-${seq}`, version: 1, assistantId: id, employeeNo, seq, previousSeq, at, ...publication }
}
