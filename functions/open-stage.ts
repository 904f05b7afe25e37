import { OpenStageTask } from '../shared/contracts/workflow.ts'
import { bySystem } from '../shared/domain/context.ts'
import { reassess } from './reassess.ts'
import { createSystem, type System } from './adapters/system.ts'
import { execute } from './execute.ts'
import { rejoin } from './rejoin.ts'
import { noted } from './task.ts'

/**
 * Opens the stage that the workflow has come to and keeps the task token that its decision will answer.
 * Idempotent: a stage that is open already keeps the token too, one that has ended answers it.
 */
export const openStage =
  (system: System) =>
  async (event: unknown): Promise<void> => {
    const { assistantId, applicationId, begin, round, taskToken } = OpenStageTask.parse(event)
    const stage = { applicationId, stage: begin, round }
    await noted(system.log, { case: assistantId, task: 'open-stage', ...stage }, async () => {
      const outcome = await execute(system, {
        assistantId,
        command: { type: 'open-stage', applicationId, begin, round },
        origin: bySystem('workflow'),
        token: { stage, value: taskToken },
      })
      if (outcome.type === 'refused') await rejoin(system, assistantId, stage, taskToken)
      await reassess(system, assistantId, outcome.type === 'done' ? outcome.state : null)
    })
  }

export const handler = openStage(createSystem({ variables: process.env, workflow: null }))
