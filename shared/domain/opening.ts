import { type AssistantCase, openStageOf } from './assistant.ts'
import type { OpenStage } from './commands.ts'
import { type Context, clockworkOf, today } from './context.ts'
import { dossierOf } from './dossier.ts'
import type { Approval, DomainEvent, EventOf, Stage, Step } from './events.ts'
import { mayDecide } from './four-eyes.ts'
import { approvalIdOf, type ApplicationId, type EmployeeNo } from './ids.ts'
import { isSameStep, nextStep } from './next-step.ts'
import { approversOf, delegateOf, isAbsent } from './organisation.ts'
import { escalateAtOnce } from './escalating.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Day } from './time.ts'
import { handOverTimetable, reviewTimetable, stageTimetable } from './timetable.ts'

/** Who answers for an approver today: the approver; during an absence the delegate, or nobody. */
const answering = (principal: EmployeeNo, context: Context): readonly Omit<Approval, 'id'>[] => {
  const { organisation } = context
  if (!isAbsent(organisation, principal, today(context))) return [{ approver: principal, onBehalfOf: null }]
  const delegate = delegateOf(organisation, principal, today(context))
  return delegate === null ? [] : [{ approver: delegate, onBehalfOf: principal }]
}

/** An approval for each of the stage's approvers, or their delegates, who may decide it and has not been asked yet. */
export const newApprovals = (
  state: AssistantCase,
  stage: { readonly applicationId: ApplicationId | null; readonly stage: Stage },
  alreadyAsked: readonly EmployeeNo[],
  context: Context,
): Approval[] => {
  const asked = new Set(alreadyAsked)
  const answers = approversOf(context.organisation, stage.stage)
    .flatMap((principal) => answering(principal, context))
    .filter(({ approver, onBehalfOf }) =>
      [approver, onBehalfOf ?? approver].every((person) => mayDecide(state, stage, person)),
    )
  // Standing in for a colleague takes nobody's own vote.
  const inOwnRight = new Set(answers.flatMap(({ approver, onBehalfOf }) => (onBehalfOf === null ? [approver] : [])))
  const approvals: Approval[] = []
  for (const { approver, onBehalfOf } of answers) {
    const standsInToo = onBehalfOf !== null && inOwnRight.has(approver)
    if (asked.has(approver) || standsInToo) continue
    asked.add(approver)
    approvals.push({ id: approvalIdOf(state.id, state.approvalCount + 1 + approvals.length), approver, onBehalfOf })
  }
  return approvals
}

/** Asks the approvers of the stage that the case has come to; refused when it stands elsewhere or is open already. */
export const openStage = (
  state: AssistantCase,
  command: OpenStage,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const { applicationId, begin: stage, round } = command
  const next = nextStep(state)
  if (next === null || !isSameStep(next, command) || openStageOf(state) !== null) {
    return refuse('not-pending', { stage, round: String(round) })
  }
  const { now } = context
  const clockwork = clockworkOf(state, context)
  const asked = newApprovals(state, { applicationId, stage }, [], context)
  const dossier = dossierOf(state, applicationId, context)
  const opened = (dueOn: Day, timetable: readonly Step[]): readonly DomainEvent[] => {
    const event: EventOf<'stage-opened'> = {
      type: 'stage-opened',
      data: { applicationId, stage, round, asked, dueOn, dossier, timetable: [...timetable] },
    }
    return asked.length > 0 ? [event] : [event, escalateAtOnce(event.data, timetable, context.organisation)]
  }
  if (stage !== 'centre-review') {
    const { dueOn, timetable } =
      stage === 'hand-over' ? handOverTimetable(now, clockwork) : stageTimetable(stage, now, clockwork)
    return opened(dueOn, timetable)
  }
  const dueOn = state.reviewDueOn
  if (dueOn === null) return refuse('not-on-post', { status: state.status })
  return opened(dueOn, reviewTimetable(dueOn, now, clockwork))
}
