import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidExecutionInput,
  InvalidName,
  InvalidOutput,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
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
const definition = {
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
const hasty = {
  StartAt: 'Ask',
  States: {
    Ask: {
      ...definition.States.Ask,
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
const setUp = async (
  answer: (name: string) => unknown = () => null,
  source: object = definition,
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

describe('a task that waits', () => {
  it('is parked until its token is answered, and its output is the answer', async () => {
    const { states, calls, start, outcome, succeed } = await setUp((name) => (name === 'do' ? { done: true } : null))

    const { executionArn, startDate } = await start('one')
    await states.idle()
    expect(startDate?.toISOString()).toBe(noon)
    expect(await outcome(executionArn)).toMatchObject({ status: 'RUNNING', name: 'one', input: '{"question":"why"}' })
    expect(calls).toEqual([
      { name: 'ask', payload: { question: 'why', taskToken: expect.stringMatching(/^[\w-]{43}$/) } },
    ])

    await succeed(calls[0]?.payload['taskToken'])
    await states.idle()
    expect(calls[1]).toEqual({ name: 'do', payload: { answer: 'because' } })
    const done = await outcome(executionArn)
    expect(done.status).toBe('SUCCEEDED')
    expect(JSON.parse(String(done.output))).toEqual({
      ExecutedVersion: '$LATEST',
      StatusCode: 200,
      Payload: { done: true },
    })
    expect(states.history('one')).toEqual(['Ask', 'Do', 'Done'])
  })

  it('ends by the error that its token is answered with, and the input stays beside it', async () => {
    const { states, calls, start, outcome, fail } = await setUp()
    const { executionArn } = await start('one')
    await states.idle()

    await fail(calls[0]?.payload['taskToken'], 'Refused', 'not today')
    await states.idle()

    const done = await outcome(executionArn)
    expect(done.status).toBe('SUCCEEDED')
    expect(JSON.parse(String(done.output))).toEqual({
      question: 'why',
      outcome: { Error: 'Refused', Cause: 'not today' },
    })
    expect(states.history('one')).toEqual(['Ask', 'Refused'])
  })

  it('fails the execution by an error that nothing catches', async () => {
    const { states, calls, start, outcome, fail } = await setUp()
    const { executionArn } = await start('one')
    await states.idle()

    await fail(calls[0]?.payload['taskToken'], 'Unheard')
    await states.idle()

    expect(await outcome(executionArn)).toMatchObject({ status: 'FAILED', error: 'Unheard' })
    expect((await outcome(executionArn)).stopDate?.toISOString()).toBe(noon)
  })

  it('takes an answer that comes while its function still runs', async () => {
    const { states, calls, start, outcome, succeed } = await setUp(async (name) => {
      if (name === 'ask') await succeed(calls[0]?.payload['taskToken'])
      return null
    })
    const { executionArn } = await start('one')
    await states.idle()
    expect((await outcome(executionArn)).status).toBe('SUCCEEDED')
  })

  it('ends by the error that its function throws', async () => {
    const { states, start, outcome } = await setUp(() => {
      throw Object.assign(new Error('out of order'), { name: 'Broken' })
    })
    const { executionArn } = await start('one')
    await states.idle()
    expect(JSON.parse(String((await outcome(executionArn)).output))).toMatchObject({
      outcome: { Error: 'Broken', Cause: '{"errorType":"Broken","errorMessage":"out of order"}' },
    })
  })

  it('has another token when it is tried again, and the first is dead', async () => {
    let tries = 0
    const { states, calls, start, succeed } = await setUp((name) => {
      tries += 1
      if (name === 'ask' && tries === 1) throw Object.assign(new Error('once'), { name: 'Flaky' })
      return null
    })
    await start('one')
    await states.idle()

    const [first, second] = calls.map(({ payload }) => payload['taskToken'])
    expect(second).not.toBe(first)
    await expect(succeed(first)).rejects.toThrow(TaskTimedOut)
    await succeed(second)
    await states.idle()
    expect(states.history('one').at(-1)).toBe('Done')
  })

  it('may time out, after which its token is dead', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const late = Promise.withResolvers<null>()
    const { states, calls, start, succeed } = await setUp((name) => {
      if (name === 'late') late.resolve(null)
      return null
    }, hasty)
    await start('one')
    await states.idle()
    await vi.advanceTimersByTimeAsync(1000)
    await late.promise
    await states.idle()
    expect(states.executions()).toMatchObject([{ name: 'one', status: 'SUCCEEDED' }])
    await expect(succeed(calls[0]?.payload['taskToken'])).rejects.toThrow(TaskTimedOut)
  })

  it('fails its execution where the engine fails to follow it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const activity = createActivity()
    const source = { ...hasty, States: { ...hasty.States, Late: { Type: 'Succeed' } } }
    const { states, start } = await setUp(() => null, source, activity)
    await start('one')
    await states.idle()
    // Called when its time is up and it moves on.
    vi.spyOn(activity, 'begin').mockImplementationOnce(() => {
      throw new Error('Lost.')
    })
    await vi.advanceTimersByTimeAsync(1000)
    await nextTurn()
    expect(states.executions()).toMatchObject([{ status: 'FAILED', cause: 'Error: Lost.' }])
  })
})

describe('a token', () => {
  it('is taken once', async () => {
    const { states, calls, start, succeed, fail } = await setUp()
    await start('one')
    await states.idle()
    const token = calls[0]?.payload['taskToken']
    await succeed(token)
    await expect(succeed(token)).rejects.toThrow(TaskTimedOut)
    await expect(fail(token, 'Refused')).rejects.toThrow(TaskTimedOut)
  })

  it('is refused when it was never given, or is none at all', async () => {
    const { succeed } = await setUp()
    await expect(succeed('x'.repeat(43))).rejects.toThrow(TaskDoesNotExist)
    await expect(succeed('nonsense')).rejects.toThrow(InvalidToken)
  })

  it('stays open when the output is not JSON', async () => {
    const { states, calls, start, succeed } = await setUp()
    await start('one')
    await states.idle()
    const token = calls[0]?.payload['taskToken']
    await expect(succeed(token, 'yes')).rejects.toThrow(InvalidOutput)
    await expect(succeed(token)).resolves.toBeDefined()
  })
})

describe('starting', () => {
  it('starts once, however often the same is asked for while it runs', async () => {
    const { states, calls, start } = await setUp()
    const [first, second] = await Promise.all([start('one'), start('one')])
    await states.idle()
    expect(second.executionArn).toBe(first.executionArn)
    expect(calls).toHaveLength(1)
  })

  it('refuses a name that runs with another input, or has run', async () => {
    const { states, calls, start, fail } = await setUp()
    await start('one')
    await states.idle()
    await expect(start('one', 'how')).rejects.toThrow(ExecutionAlreadyExists)
    await fail(calls[0]?.payload['taskToken'], 'Refused')
    await states.idle()
    await expect(start('one')).rejects.toThrow(ExecutionAlreadyExists)
  })

  it('takes a name again, as if for the first time, 90 days after what had it has ended', async () => {
    let now = noon
    const { states, calls, start, outcome, fail } = await setUp(undefined, undefined, undefined, () => now)
    const { executionArn } = await start('one')
    await states.idle()
    const token = calls[0]?.payload['taskToken']
    await fail(token, 'Refused')
    await states.idle()
    await start('parked')
    now = '2024-05-30T03:59:59.999Z'
    await expect(start('one')).rejects.toThrow(ExecutionAlreadyExists)
    await expect(fail(token, 'Refused')).rejects.toThrow(TaskTimedOut)
    now = '2024-05-30T04:00:00.000Z'
    await start('another')
    await expect(outcome(executionArn)).rejects.toThrow(ExecutionDoesNotExist)
    await expect(fail(token, 'Refused')).rejects.toThrow(TaskDoesNotExist)
    expect(states.executions().map(({ name }) => name)).toEqual(['parked', 'another'])
    await expect(start('one')).resolves.toMatchObject({ executionArn })
  })

  it('refuses what AWS would refuse', async () => {
    const { states, sfn, start, outcome } = await setUp()
    const { stateMachineArn } = states
    await expect(start('no spaces')).rejects.toThrow(InvalidName)
    await expect(start('x'.repeat(81))).rejects.toThrow(InvalidName)
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: 'text' }))).rejects.toThrow(
      InvalidExecutionInput,
    )
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn: 'arn:other', name: 'one' }))).rejects.toThrow(
      StateMachineDoesNotExist,
    )
    await expect(outcome('arn:other')).rejects.toThrow(ExecutionDoesNotExist)
    expect(states.executions()).toEqual([])
  })
})

describe('stopping', () => {
  it('ends an execution, and its token with it', async () => {
    const { states, sfn, calls, start, outcome, succeed } = await setUp()
    const { executionArn } = await start('one')
    await states.idle()
    await sfn.send(new StopExecutionCommand({ executionArn, error: 'Repaired', cause: 'begun anew' }))
    await states.idle()
    expect(await outcome(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Repaired', cause: 'begun anew' })
    await expect(succeed(calls[0]?.payload['taskToken'])).rejects.toThrow(TaskTimedOut)
    expect(states.history('one')).toEqual(['Ask'])
  })

  it('waits for the function that is running', async () => {
    const running = Promise.withResolvers<null>()
    const called = Promise.withResolvers<null>()
    const { states, start } = await setUp(() => {
      called.resolve(null)
      return running.promise
    })
    await start('one')
    await called.promise
    const first = Promise.race([states.stopAll().then(() => 'stopped'), nextTurn('running')])
    running.resolve(null)
    expect(await first).toBe('running')
    await states.stopAll()
    expect(states.executions()).toMatchObject([{ status: 'ABORTED' }])
  })
})

describe('a definition', () => {
  it('is refused when it calls what the engine does not play', () => {
    const options = { invoke: async () => null, now: () => noon }
    const publish = { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true }
    const many = { Type: 'Map', ItemProcessor: {}, End: true }
    expect(() => createStates({ ...options, definition: { StartAt: 'A', States: { A: publish } } })).toThrow(
      'sns:publish',
    )
    expect(() => createStates({ ...options, definition: { StartAt: 'A', States: { A: many } } })).toThrow('Type')
  })
})
