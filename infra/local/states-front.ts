import type { Hono } from 'hono'
import * as z from 'zod'
import { AwsError, awsJson } from './aws-json.ts'
import type { Execution, States } from './states.ts'

/** What AWS takes as an execution's name. */
const namePattern = /^[\w-]{1,80}$/

/** AWS JSON has instants as seconds since 1970. */
const seconds = (instant: string): number => Date.parse(instant) / 1000

const jsonText = (text: string, errorName: string) => {
  try {
    return z.json().parse(JSON.parse(text))
  } catch {
    throw new AwsError(errorName, `Not JSON: ${text}`)
  }
}

const StartExecution = z.object({ stateMachineArn: z.string(), name: z.string(), input: z.string().default('{}') })
const DescribeExecution = z.object({ executionArn: z.string() })
const StopExecution = z.object({ executionArn: z.string(), error: z.string().optional(), cause: z.string().optional() })
const SendTaskSuccess = z.object({ taskToken: z.string(), output: z.string() })
const SendTaskFailure = z.object({
  taskToken: z.string(),
  error: z.string().default('States.TaskFailed'),
  cause: z.string().default(''),
})

const described = (execution: Execution, stateMachineArn: string) => {
  const { arn, name, input, startedAt, status, stoppedAt, output, error, cause } = execution
  return {
    executionArn: arn,
    stateMachineArn,
    name,
    status,
    input,
    output,
    error,
    cause,
    startDate: seconds(startedAt),
    stopDate: stoppedAt === undefined ? undefined : seconds(stoppedAt),
  }
}

/** Step Functions' own protocol in front of the states engine. */
export const statesFront = (states: States): Hono =>
  awsJson('AWSStepFunctions', '1.0', {
    StartExecution: (body) => {
      const { stateMachineArn, name, input } = StartExecution.parse(body)
      if (stateMachineArn !== states.stateMachineArn)
        throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`)
      if (!namePattern.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`)
      jsonText(input, 'InvalidExecutionInput')
      const { arn, startedAt } = states.start(name, input)
      return { executionArn: arn, startDate: seconds(startedAt) }
    },
    DescribeExecution: (body) =>
      described(states.describe(DescribeExecution.parse(body).executionArn), states.stateMachineArn),
    StopExecution: (body) => {
      const { executionArn, error, cause } = StopExecution.parse(body)
      const { stoppedAt } = states.stop(executionArn, error, cause)
      return { stopDate: stoppedAt === undefined ? undefined : seconds(stoppedAt) }
    },
    SendTaskSuccess: (body) => {
      const { taskToken, output } = SendTaskSuccess.parse(body)
      states.succeed(taskToken, jsonText(output, 'InvalidOutput'))
      return {}
    },
    SendTaskFailure: (body) => {
      const { taskToken, error, cause } = SendTaskFailure.parse(body)
      states.fail(taskToken, error, cause)
      return {}
    },
  })
