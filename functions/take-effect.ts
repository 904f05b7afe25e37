import { TakeEffectTask } from '../shared/contracts/workflow.ts'
import { findApplication } from '../shared/domain/assistant.ts'
import { bySystem } from '../shared/domain/context.ts'
import { createSystem, type System } from './adapters/system.ts'
import { execute } from './execute.ts'
import { StageSetback } from './rejoin.ts'
import { noted } from './task.ts'

/**
 * Lets what was consented to take effect (art. 7). Idempotent: what has taken effect is left as it is.
 * @throws StageSetback where the assistant left the post before the effect, or a consent is disputed
 */
export const takeEffect =
  (system: System) =>
  async (event: unknown): Promise<void> => {
    const { assistantId, applicationId } = TakeEffectTask.parse(event)
    await noted(system.log, { case: assistantId, task: 'take-effect', applicationId }, async () => {
      const outcome = await execute(system, {
        assistantId,
        command: { type: 'take-effect', applicationId },
        origin: bySystem('workflow'),
      })
      if (outcome.type !== 'refused') return
      if (outcome.refusal.refused === 'frozen') throw new StageSetback('disputed')
      const application = outcome.state === null ? null : findApplication(outcome.state, applicationId)
      if (application === null || application.effectiveAt === null) throw new StageSetback('exited')
    })
  }

export const handler = takeEffect(createSystem({ variables: process.env, workflow: null }))
