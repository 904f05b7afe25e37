import { type AssistantCase, stageOfApproval } from './assistant.ts'
import type { HandOverClients } from './commands.ts'
import type { Context } from './context.ts'
import { answersStill } from './deciding.ts'
import type { DomainEvent } from './events.ts'
import type { ApprovalId } from './ids.ts'
import { serves, withoutClients } from './portfolio.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Whether the approval still lets its holder name who takes the clients. */
const isAsked = (state: AssistantCase, approvalId: ApprovalId, context: Context): boolean => {
  const stage = stageOfApproval(state, approvalId)
  const approval = stage?.asked.find(({ id }) => id === approvalId)
  return (
    stage?.stage === 'hand-over' &&
    stage.status === 'open' &&
    approval?.approver === context.origin.by &&
    answersStill(state, stage, approval, context)
  )
}

/**
 * Hands clients over to a colleague who can take them. The last client of someone who leaves completes the exit: no
 * client is left without someone responsible (art. 9).
 */
export const handOverClients = (
  state: AssistantCase,
  { clientIds, to, approvalId }: HandOverClients,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const { origin } = context
  if (approvalId !== null && !isAsked(state, approvalId, context)) return refuse('unknown-approval')
  if (state.status === 'transferred') return refuse('not-on-post', { status: state.status })
  if (to === state.particulars.employeeNo) return refuse('unable-to-take', { person: to })
  const unknown = clientIds.find((clientId) => !serves(state, clientId))
  if (unknown !== undefined) return refuse('unknown-client', { client: unknown })
  const isLast = withoutClients(state.portfolio, clientIds).length === 0
  return [
    { type: 'clients-handed-over', data: { clientIds: [...clientIds], to, client: origin.client } },
    ...(state.status === 'exiting' && isLast ? [{ type: 'exit-completed', data: {} } as const] : []),
  ]
}
