import type { AssistantCase } from '../shared/domain/assistant.ts'
import type { AssistantId } from '../shared/domain/ids.ts'
import { nextStep } from '../shared/domain/next-step.ts'
import { addDays, dayOf } from '../shared/domain/time.ts'
import {
  applicationPartitions,
  assistantPartition,
  pendingEffect,
  pendingHandOver,
  reviewPartition,
} from './adapters/items.ts'
import type { Position, Range } from './adapters/lists.ts'
import type { System } from './adapters/system.ts'
import { executionName, workflowInput } from './perform.ts'

/** Whatever can wait for the workflow stands in one of these: applications, hand-overs, and reviews that were called. */
const rangesOf = ({ now, zone, policies }: System): readonly Range[] => {
  // Each was called by the policy of its day, no sooner than the one that asks soonest would.
  const askBefore = Math.max(...policies.all.map(({ review }) => review.askBefore))
  return [
    ...[...applicationPartitions('open'), pendingEffect, assistantPartition('exiting'), pendingHandOver].map(
      (partition) => ({ partition, prefix: '', below: null }),
    ),
    { partition: reviewPartition, prefix: '', below: addDays(dayOf(now(), zone), askBefore + 1) },
  ]
}

/** Starts an execution where the case waits for one; false where it does not. */
export const restartCase = async (system: System, state: AssistantCase, label: string): Promise<boolean> => {
  const next = nextStep(state)
  if (system.workflow === null || next === null) return false
  await system.workflow.start(executionName(state.id, next, label), workflowInput(state.id, next))
  return true
}

/**
 * Starts an execution wherever a case waits for one, from the record alone: for a workflow engine that has lost its
 * executions. Nobody is asked again; a stage that is open keeps the new task token with the old.
 * @returns how many were started. The same label starts each only once.
 */
export const restartWorkflows = async (system: System, label: string): Promise<number> => {
  const ranges = rangesOf(system)
  // A transfer of someone on the post stands in two of the ranges.
  const started = new Set<AssistantId>()
  let from: Position | null = null
  do {
    const page = await system.lists.page(ranges, from, 100)
    const cases = await system.lists.cases(page.entries.map((entry) => entry.assistantId))
    for (const state of cases.values())
      if (!started.has(state.id) && (await restartCase(system, state, label))) started.add(state.id)
    from = page.next
  } while (from !== null)
  return started.size
}
