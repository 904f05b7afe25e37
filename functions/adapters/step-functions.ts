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
import { patience } from './patience.ts'
import type { Workflow } from './workflow.ts'
import { unlogged } from './unlogged.ts'

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

/** The state machine of an ARN. */
export const stateMachine = (
  stateMachineArn: string,
  client = unlogged(new SFNClient({ requestHandler: patience })),
): Workflow => ({
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
