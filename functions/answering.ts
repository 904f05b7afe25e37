import { type AssistantCase, stageOfApproval } from '../shared/domain/assistant.ts'
import { answersStill } from '../shared/domain/deciding.ts'
import type { Approval, Channel, Decision, StepUp } from '../shared/domain/events.ts'
import { type ApprovalId, assistantIdOf } from '../shared/domain/ids.ts'
import type { Organisation } from '../shared/domain/organisation.ts'
import { type Refusal, refuse } from '../shared/domain/refusal.ts'
import { isAnnulled, type StageRecord } from '../shared/domain/stage.ts'
import type { CodeSubject } from './adapters/items.ts'
import type { System } from './adapters/system.ts'
import { late } from './adapters/late.ts'
import { execute, organisationOf } from './execute.ts'

/** An approval whose secret was shown, with the case and the stage that it belongs to. */
export interface Shown {
  readonly state: AssistantCase
  readonly stage: StageRecord
  readonly approval: Approval
  /** The bank around the case, looked at when it is first asked for. */
  readonly organisation: () => Promise<Organisation>
}

/**
 * Finds what a link leads to. Null alike for an approval that does not exist and for a wrong secret, and after the
 * same work, so that nobody can find out which approvals exist. `matchesFolded` is for a secret that came by mail.
 */
export const show = async (
  system: System,
  id: ApprovalId,
  secret: string,
  compare: 'matches' | 'matchesFolded' = 'matches',
): Promise<Shown | null> => {
  const [isRight, state] = await Promise.all([
    system.secrets[compare]('approval-link', id, secret),
    system.record.load(assistantIdOf(id)),
  ])
  const stage = state === null ? null : stageOfApproval(state, id)
  const approval = stage?.asked.find((asked) => asked.id === id)
  return isRight && state !== null && stage !== null && approval !== undefined
    ? { state, stage, approval, organisation: late(() => organisationOf(system, state)) }
    : null
}

/** Whether whoever holds the link could still answer: it is dead once somebody else is asked in their place. */
export const isAlive = async (
  { now, zone }: System,
  { state, stage, approval, organisation }: Shown,
): Promise<boolean> =>
  stage.status === 'open' &&
  answersStill(state, stage, approval, { now: now(), zone, organisation: await organisation() })

/** For what an approver's codes are good: this one approval. */
export const codeSubject = ({ state, approval }: Shown): CodeSubject => ({
  assistantId: state.id,
  to: approval.approver,
  subject: approval.id,
})

/** What an approver answers, and by which way. */
export interface Given {
  readonly decision: Decision
  readonly reason: string | null
  readonly stepUp: StepUp
  readonly channel: Channel
  /** Hash of the dossier that was read, where the answer says which. */
  readonly dossierHash?: string
}

/** What came of an answer; `stage` is how it stands then. */
export type Answered =
  | { readonly type: 'decided'; readonly stage: StageRecord }
  | { readonly type: 'refused'; readonly refusal: Refusal; readonly stage: StageRecord }

/** Decides; the same decision by the same approver again counts as decided. */
export const answer = async (
  system: System,
  { state, stage, approval, organisation }: Shown,
  given: Given,
): Promise<Answered> => {
  const { id, approver, onBehalfOf } = approval
  const { channel, ...decided } = given
  const { decision } = given
  const outcome = await execute(system, {
    assistantId: state.id,
    command: { type: 'decide-stage', approvalId: id, ...decided },
    origin: { by: approver, onBehalfOf, channel, client: null },
    seen: { state, organisation: await organisation() },
  })
  if (outcome.type !== 'done' && outcome.type !== 'refused')
    throw new Error('A decision carries no idempotency key, and no clients.')
  const after = outcome.state === null ? null : stageOfApproval(outcome.state, id)
  if (after === null) return { type: 'refused', refusal: refuse('unknown-approval'), stage }
  const isRepeated = after.decision === decision && after.decidedBy === approver && !isAnnulled(after)
  return outcome.type === 'refused' && !isRepeated
    ? { type: 'refused', refusal: outcome.refusal, stage: after }
    : { type: 'decided', stage: after }
}
