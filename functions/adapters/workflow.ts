import { WorkflowEnvironment } from '../../shared/contracts/environment.ts'
import type { WorkflowError, WorkflowInput } from '../../shared/contracts/workflow.ts'
import { readEnvironment, type Variables } from './environment.ts'
import { late } from './late.ts'

/** The conductor: it is told where to begin, and how the stages that it waits for ended. */
export interface Workflow {
  /** Starts an execution; one that was started under the same name before is left alone. */
  readonly start: (name: string, input: WorkflowInput) => Promise<void>
  /** Lets a waiting stage succeed; false if nothing waits under the token any more. */
  readonly succeed: (token: string, next: WorkflowInput) => Promise<boolean>
  /** Lets a waiting stage end otherwise; false if nothing waits under the token any more. */
  readonly fail: (token: string, error: WorkflowError) => Promise<boolean>
}

/** The state machine that a function's environment variables name. */
export const createWorkflow = (variables: Variables): Workflow => {
  const arn = readEnvironment(WorkflowEnvironment, variables).STATE_MACHINE_ARN
  const there = late(async () => (await import('./step-functions.ts')).stateMachine(arn))
  return {
    start: async (...given) => (await there()).start(...given),
    succeed: async (...given) => (await there()).succeed(...given),
    fail: async (...given) => (await there()).fail(...given),
  }
}
