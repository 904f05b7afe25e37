import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn'
import { WorkflowEnvironment } from '../../shared/contracts/environment.ts'
import type { WorkflowError, WorkflowInput } from '../../shared/contracts/workflow.ts'
import { readEnvironment, type Variables } from './environment.ts'

/** The conductor: it is told where to begin, and how the stages that it waits for ended. */
export interface Workflow {
  /** Starts an execution; one that was started under the same name before is left alone. */
  readonly start: (name: string, input: WorkflowInput) => Promise<void>
  /** Lets a waiting stage succeed; false if nothing waits under the token any more. */
  readonly succeed: (token: string, next: WorkflowInput) => Promise<boolean>
  /** Lets a waiting stage end otherwise; false if nothing waits under the token any more. */
  readonly fail: (token: string, error: WorkflowError) => Promise<boolean>
}

const unlessGone = async (call: Promise<unknown>): Promise<boolean> => {
  try {
    await call
    return true
  } catch (error) {
    if (error instanceof TaskDoesNotExist || error instanceof TaskTimedOut || error instanceof InvalidToken)
      return false
    throw error
  }
}

const stateMachine = (client: SFNClient, stateMachineArn: string): Workflow => ({
  start: async (name, input) => {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }))
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error
    }
  },
  succeed: (taskToken, next) =>
    unlessGone(client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(next) }))),
  fail: (taskToken, error) => unlessGone(client.send(new SendTaskFailureCommand({ taskToken, error }))),
})

/** The state machine that a function's environment variables name. */
export const createWorkflow = (variables: Variables): Workflow =>
  stateMachine(new SFNClient({}), readEnvironment(WorkflowEnvironment, variables).STATE_MACHINE_ARN)
