import type { AssistantCase } from '../shared/domain/assistant.ts'
import type { AssistantId } from '../shared/domain/ids.ts'
import { nextStep } from '../shared/domain/next-step.ts'
import { applicationPartitions, assistantPartition, pendingEffect, reviewPartition } from './adapters/items.ts'
import type { Position, Range } from './adapters/lists.ts'
import type { System } from './adapters/system.ts'
import { executionName, workflowInput } from './perform.ts'

/**
 * Whatever can wait for the workflow stands in one of these: applications, hand-overs, and reviews that were called. When
 * a review was called is a matter of the policy of that day, so everyone on the post is looked at.
 */
const ranges: readonly Range[] = [
  ...applicationPartitions('open'),
  pendingEffect,
  assistantPartition('exiting'),
  reviewPartition,
].map((partition) => ({ partition, prefix: '', below: null }))

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
  // A transfer of someone on the post stands in two of the ranges.
  const started = new Set<AssistantId>()
  let from: Position | null = { range: 0, after: null }
  while (from !== null) {
    const page = await system.lists.page(ranges, from, 100)
    const cases = await system.lists.cases(page.entries.map((entry) => entry.assistantId))
    for (const state of cases.values())
      if (!started.has(state.id) && (await restartCase(system, state, label))) started.add(state.id)
    from = page.next
  }
  return started.size
}
