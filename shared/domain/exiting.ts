import type { AssistantCase } from './assistant.ts'
import type { ExitPost } from './commands.ts'
import { type Context, today } from './context.ts'
import type { DomainEvent, EventOf } from './events.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Violation } from './violation.ts'

/** The exit: over at once, or begun while clients are left to hand over (art. 9). */
export const exitEvent = (
  state: AssistantCase,
  { ground, decidedBy, decidedOn, reasons, evidence }: Omit<ExitPost, 'type'>,
  { origin }: Context,
): EventOf<'assistant-exited' | 'exit-begun'> => {
  const facts = { ground, ...decidedBy, decidedOn, reasons, evidence, client: origin.client }
  return state.portfolio.length === 0
    ? { type: 'assistant-exited', data: facts }
    : { type: 'exit-begun', data: { ...facts, round: state.exitsBegun + 1 } }
}

/** Whoever was punished for a serious violation leaves the post, without any further vote (art. 9). */
export const exitForViolation = (
  state: AssistantCase,
  { reportedBy, description, evidence }: Violation,
  context: Context,
): EventOf<'assistant-exited' | 'exit-begun'> => {
  const decidedBy = { body: 'hq', employeeNo: reportedBy } as const
  const decidedOn = today(context)
  return exitEvent(state, { ground: 'discipline', decidedBy, decidedOn, reasons: description, evidence }, context)
}

/**
 * Ends the post on ground `discipline` (a punishment on record, no further vote) or `unfit` (art. 9).
 * `below-standard` comes out of the review alone.
 */
export const exitPost = (
  state: AssistantCase,
  command: ExitPost,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  if (command.ground === 'below-standard') return refuse('only-by-review', {}, '/ground')
  if (state.status !== 'on-post') return refuse('not-on-post', { status: state.status })
  if (command.decidedOn > today(context)) return refuse('decided-in-future', { today: today(context) }, '/decidedOn')
  if (command.decidedBy.employeeNo === state.particulars.employeeNo) {
    return refuse('four-eyes', { person: command.decidedBy.employeeNo }, '/decidedBy/employeeNo')
  }
  return [exitEvent(state, command, context)]
}
