import { workflowErrors } from '../shared/contracts/workflow.ts'
import { type AssistantCase, findApplication, liveDispute, openStageOf, stagesOf } from '../shared/domain/assistant.ts'
import type { ResumeWorkflow, Setback, StageRef } from '../shared/domain/duty.ts'
import type { AssistantId } from '../shared/domain/ids.ts'
import { nextStep } from '../shared/domain/next-step.ts'
import type { StageStatus } from '../shared/domain/stage.ts'
import type { System } from './adapters/system.ts'
import { changed, retry } from './retry.ts'

/** Ends a task by the error of that name, which the state machine catches. */
export class StageSetback extends Error {
  constructor(setback: Setback) {
    super(`The stage has ended: ${setback}.`)
    this.name = workflowErrors[setback]
  }
}

const setbackOf: Readonly<Record<Exclude<StageStatus, 'open' | 'approved' | 'qualified'>, Setback>> = {
  rejected: 'rejected',
  returned: 'returned',
  withdrawn: 'withdrawn',
  expired: 'expired',
  'below-standard': 'belowStandard',
  closed: 'exited',
  completed: 'exited',
  upheld: 'superseded',
  annulled: 'superseded',
}

/** How the stage stands; one that was never opened because its application ended first stands as that did. */
const standingOf = (state: AssistantCase, ref: StageRef): StageStatus => {
  const record = stagesOf(state).findLast(
    (stage) => stage.applicationId === ref.applicationId && stage.stage === ref.stage && stage.round === ref.round,
  )
  if (record !== undefined) return record.status
  const status = ref.applicationId === null ? undefined : findApplication(state, ref.applicationId)?.status
  return status === 'withdrawn' || status === 'expired' || status === 'rejected' ? status : 'closed'
}

/**
 * Brings an execution that has come to a stage which is not pending back in step with the record: it waits with a
 * stage that is open, goes on from one that was approved unless another execution has, and ends with one that was not.
 * @throws StageSetback where the stage has ended otherwise
 */
export const rejoin = (system: System, assistantId: AssistantId, ref: StageRef, token: string): Promise<void> =>
  retry(system, 'bringing an execution in step', async () => {
    const state = await system.record.load(assistantId)
    if (state === null) throw new StageSetback('exited')
    const duty = resumption(state, ref)
    // Only while the case stands as it was read: a decision in between would not know of the token.
    const isPut = await system.record.putToken(state, ref, token, duty === null ? [] : [duty], system.now())
    return isPut ? undefined : changed
  })

/** Null where the execution waits with the open stage. @throws StageSetback where it has nothing to wait for */
const resumption = (state: AssistantCase, ref: StageRef): ResumeWorkflow | null => {
  const standing = standingOf(state, ref)
  if (liveDispute(state) !== null) throw new StageSetback('disputed')
  if (standing === 'open') return null
  if (standing !== 'approved' && standing !== 'qualified') throw new StageSetback(setbackOf[standing])
  const next = nextStep(state)
  if (next === null || openStageOf(state) !== null) throw new StageSetback('superseded')
  const id = `${state.id}-${state.version}-rejoin`
  return { kind: 'resume-workflow', id, assistantId: state.id, ended: ref, setback: null, next }
}
