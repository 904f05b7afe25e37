import { InvalidOutput, InvalidToken, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createActivity } from '../../../infra/local/activity.ts'
import { hasty, setUp } from './states-engine.ts'
import { noon } from './support.ts'

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
