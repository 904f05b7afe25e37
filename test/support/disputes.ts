import { openStageOf, stagesOf } from '../../shared/domain/assistant.ts'
import type { DecideStage, DisputeDecision } from '../../shared/domain/commands.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import { at, type Bench, done, people } from './bank.ts'
import { decided, reviewOpen } from './cases.ts'

/** The approval by which the newest decision was made, and by whom. */
export const lastDecision = ({ events }: Bench) => {
  const event = events.findLast(({ type, data }) => type === 'stage-decided' && data.stage !== 'dispute')
  if (event?.type !== 'stage-decided') throw new Error('Nothing was decided.')
  return { approvalId: event.data.approvalId, by: event.by as EmployeeNo }
}

export const dispute = (bench: Bench): DisputeDecision => ({
  type: 'dispute-decision',
  approvalId: lastDecision(bench).approvalId,
  reason: 'I was on a plane.',
})

/** The newest decision, disputed by the one in whose name it was made. */
export const disputed = (bench: Bench): Bench => done(bench, dispute(bench), lastDecision(bench).by)

export const settled = (bench: Bench, decision: 'uphold' | 'annul', by: EmployeeNo = people.secondHq): Bench =>
  decided(disputed(bench), by, decision, 'Looked into it.')

/** Monday, 3 March 2026: the anniversary, on which a review can go either way. */
const anniversary = '2026-03-03T02:00:00.000Z'
export const reviewed = (decision: 'qualified' | 'below-standard'): Bench =>
  decided(at(reviewOpen(), anniversary), people.head, decision, 'As seen.')

/** The consent of HQ's first approver to the stage that a dispute has interrupted. */
export const interruptedConsent = ({ state }: Bench): DecideStage => ({
  type: 'decide-stage',
  approvalId: stagesOf(state!).findLast(({ stage }) => stage === 'hq')!.asked[0]!.id,
  decision: 'approve',
  reason: null,
  stepUp: 'mail-code',
})

/** Who is asked for the stage that is open. */
export const askedOf = ({ state }: Bench) => openStageOf(state!)?.asked.map(({ approver }) => approver)

export const newest = ({ events }: Bench, count: number) => events.slice(-count).map(({ type }) => type)
