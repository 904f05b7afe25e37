import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidExecutionInput,
  InvalidName,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createStates } from '../../../infra/local/states.ts'
import { setUp } from './states-engine.ts'
import { noon } from './support.ts'

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
