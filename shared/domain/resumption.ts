import { type AssistantCase, hasEnded, openStageOf } from './assistant.ts'
import type { ResumeWorkflow, Setback } from './duty.ts'
import type { Decision, RecordedEvent } from './events.ts'
import { nextStep } from './next-step.ts'

type Resumed = Omit<ResumeWorkflow, 'id' | 'assistantId' | 'kind'>

const setbackAfter: Readonly<Partial<Record<Decision, Setback>>> = {
  reject: 'rejected',
  return: 'returned',
  'below-standard': 'belowStandard',
}

/** What an event asks of the workflow, if anything; `before` and `after` are the case around it. */
export const resumptionsOf = (
  event: RecordedEvent,
  before: AssistantCase | null,
  after: AssistantCase,
): readonly Resumed[] => {
  const start: Resumed = { ended: null, setback: null, next: nextStep(after) }
  const open = before === null ? null : openStageOf(before)
  const openRef = open === null ? null : { applicationId: open.applicationId, stage: open.stage, round: open.round }
  const setBack = (setback: Setback): readonly Resumed[] =>
    openRef === null ? [] : [{ ended: openRef, setback, next: null }]
  /** As `setBack`; where a candidate has clients, their hand-over follows. */
  const failed = (setback: Setback): readonly Resumed[] => [
    ...setBack(setback),
    ...(start.next?.begin === 'hand-over' ? [start] : []),
  ]
  switch (event.type) {
    case 'onboarding-filed':
    case 'application-amended':
    case 'review-called':
      return [start]
    case 'transfer-filed': {
      const { reviewRound } = event.data
      return reviewRound === null
        ? [start]
        : [{ ...start, ended: { applicationId: null, stage: 'centre-review', round: reviewRound } }]
    }
    case 'stage-decided': {
      const { decision } = event.data
      if (decision === 'approve') return [{ ...start, ended: openRef }]
      const setback = setbackAfter[decision]
      // After `qualified`, the transfer that is filed in the same breath takes the workflow on.
      return setback === undefined ? [] : failed(setback)
    }
    case 'application-withdrawn':
      return failed('withdrawn')
    case 'application-expired':
      return failed('expired')
    case 'assistant-exited':
    case 'exit-completed':
      return setBack('exited')
    case 'exit-begun':
      return [...setBack('exited'), start]
    case 'clients-handed-over':
      // Of someone who leaves the post, the completed exit says it.
      return after.status === 'not-appointed' && hasEnded(after) ? setBack('exited') : []
    case 'decision-disputed':
      return setBack('disputed')
    case 'decision-upheld':
      return start.next === null ? [] : [start]
    case 'decision-annulled':
      return [start]
    case 'stage-opened':
    case 'stage-reminded':
    case 'stage-escalated':
    case 'approvers-added':
    case 'mail-undeliverable':
    case 'policy-adopted':
    case 'onboarding-took-effect':
    case 'transfer-took-effect':
    case 'mentor-named':
    case 'training-plan-set':
    case 'assessment-recorded':
    case 'attendance-recorded':
    case 'training-reminded':
    case 'clients-assigned':
    case 'clients-received':
    case 'clients-released':
    case 'performance-recorded':
    case 'violation-recorded':
    case 'qualifications-recorded':
      return []
  }
}
