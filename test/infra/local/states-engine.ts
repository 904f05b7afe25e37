import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import { onTestFinished } from 'vitest'
import * as z from 'zod'
import { createActivity } from '../../../infra/local/activity.ts'
import { serve } from '../../../infra/local/server.ts'
import { statesFront } from '../../../infra/local/states-front.ts'
import { createStates, type StatesOptions } from '../../../infra/local/states.ts'
import { client, noon } from './support.ts'

const task = (functionName: string, payload: object, waits = true) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::lambda:invoke${waits ? '.waitForTaskToken' : ''}`,
  Parameters: { FunctionName: functionName, Payload: payload },
  TimeoutSeconds: 180 * 24 * 60 * 60,
})

/** Asks, then does; a refusal is caught. */
const asking = {
  StartAt: 'Ask',
  TimeoutSeconds: 364 * 24 * 60 * 60,
  States: {
    Ask: {
      ...task('ask', { 'taskToken.$': '$$.Task.Token', 'question.$': '$.question' }),
      Retry: [{ ErrorEquals: ['Flaky'], MaxAttempts: 1, IntervalSeconds: 0.001 }],
      Catch: [{ ErrorEquals: ['Refused', 'Broken'], Next: 'Refused', ResultPath: '$.outcome' }],
      Next: 'Do',
    },
    Do: { ...task('do', { 'answer.$': '$.answer' }, false), Next: 'Done' },
    Refused: { Type: 'Succeed' },
    Done: { Type: 'Succeed' },
  },
}

/** Waits a second for the answer, and does without. */
export const hasty = {
  StartAt: 'Ask',
  States: {
    Ask: {
      ...asking.States.Ask,
      TimeoutSeconds: 1,
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }],
      Next: 'Late',
    },
    Late: { ...task('late', {}, false), End: true },
  },
}

const Payload = z.record(z.string(), z.unknown())

type Invoke = StatesOptions['invoke']

/** The engine behind its front, and every call of a function that it made. */
export const setUp = async (
  answer: (name: string) => unknown = () => null,
  source: object = asking,
  activity = createActivity(),
  now = () => noon,
) => {
  const calls: { readonly name: string; readonly payload: Record<string, unknown> }[] = []
  const invoke: Invoke = async (name, payload) => {
    calls.push({ name, payload: Payload.parse(payload) })
    return answer(name)
  }
  const states = createStates({ definition: source, invoke, now, activity })
  const front = await serve(statesFront(states).fetch, 0)
  const sfn = new SFNClient(client(front.url))
  onTestFinished(async () => {
    await states.stopAll()
    sfn.destroy()
    await front.close()
  })
  const start = (name: string, question = 'why') =>
    sfn.send(
      new StartExecutionCommand({
        stateMachineArn: states.stateMachineArn,
        name,
        input: JSON.stringify({ question }),
      }),
    )
  const outcome = (executionArn: string | undefined) => sfn.send(new DescribeExecutionCommand({ executionArn }))
  const succeed = (taskToken: unknown, output = '{"answer":"because"}') =>
    sfn.send(new SendTaskSuccessCommand({ taskToken: String(taskToken), output }))
  const fail = (taskToken: unknown, error: string, cause?: string) =>
    sfn.send(new SendTaskFailureCommand({ taskToken: String(taskToken), error, cause }))
  return { states, sfn, calls, start, outcome, succeed, fail }
}
