import { ExecutionAbortedError, ExecutionTimeoutError, StateMachine } from 'aws-local-stepfunctions'
import { createActivity, type Activity } from './activity.ts'
import { AwsError } from './aws-json.ts'
import { prepareDefinition } from './states-definition.ts'
import { release, tasksOf, type Invoke, type Run } from './states-run.ts'
import { createTaskTokens, TaskFailure, type Json } from './states-tasks.ts'

export interface Execution {
  readonly arn: string
  readonly name: string
  readonly input: string
  readonly startedAt: string
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED'
  readonly stoppedAt?: string
  readonly output?: string
  readonly error?: string
  readonly cause?: string
}

/**
 * Step Functions with one state machine, in this process. What it runs is lost when the process ends; what has ended is
 * known for as long as on AWS.
 */
export interface States {
  readonly stateMachineArn: string
  /** Starts an execution; once, however often it is asked for the same one while it runs. */
  readonly start: (name: string, input: string) => Execution
  readonly describe: (arn: string) => Execution
  readonly stop: (arn: string, error?: string, cause?: string) => Execution
  readonly succeed: (taskToken: string, output: Json) => void
  readonly fail: (taskToken: string, error: string, cause: string) => void
  /** Resolves when nothing moves: each execution has ended, or is parked until its token is answered. */
  readonly idle: () => Promise<void>
  readonly executions: () => readonly Execution[]
  /** The states that an execution entered, in order. */
  readonly history: (name: string) => readonly string[]
  readonly stopAll: () => Promise<void>
}

export interface StatesOptions {
  /** Amazon States Language, as a template has it. */
  readonly definition: object
  readonly invoke: Invoke
  readonly now: () => string
  /** Counts what moves; others may count in it too. */
  readonly activity?: Activity
}

/** How long after its end an execution is known, and its name taken. Milliseconds. */
const knownForMs = 90 * 24 * 60 * 60 * 1000

const stateMachineArn = 'arn:local:states:local:000000000000:stateMachine:lifecycle'
const executionArn = (name: string): string => `${stateMachineArn.replace('stateMachine', 'execution')}:${name}`

interface Entry {
  execution: Execution
  readonly run: Run
  readonly abort: () => void
}

type End = Omit<Execution, 'arn' | 'name' | 'input' | 'startedAt' | 'stoppedAt'>

const endOf = (error: unknown): End => {
  if (error instanceof ExecutionAbortedError) return { status: 'ABORTED' }
  if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT' }
  const failure = error instanceof Error && error.cause instanceof Error ? error.cause : new Error(String(error))
  return { status: 'FAILED', error: failure.name, cause: failure.message }
}

const prepare = (source: object) => {
  const { definition, tasks } = prepareDefinition(source)
  return { tasks, machine: new StateMachine(definition, { validationOptions: { checkArn: false } }) }
}

/** Checking a definition takes a while, and whoever starts many engines starts them on the same. */
const prepared = new WeakMap<object, ReturnType<typeof prepare>>()

export const createStates = ({ definition, invoke, now, activity = createActivity() }: StatesOptions): States => {
  const { machine, tasks } = prepared.get(definition) ?? prepare(definition)
  prepared.set(definition, { machine, tasks })
  const tokens = createTaskTokens()
  const entries = new Map<string, Entry>()
  /** In order of their ends. */
  const ended = new Set<Execution & { readonly stoppedAt: string }>()

  const forgetOld = (): void => {
    const latest = Date.parse(now()) - knownForMs
    for (const execution of ended) {
      if (Date.parse(execution.stoppedAt) > latest) return
      ended.delete(execution)
      entries.delete(execution.arn)
      tokens.forgetAll(execution.name)
    }
  }

  const end = (entry: Entry, how: End): void => {
    if (entry.execution.status !== 'RUNNING') return
    const execution = { ...entry.execution, ...how, stoppedAt: now() }
    entry.execution = execution
    ended.add(execution)
    release(entry.run, tokens)
  }

  const follow = async ({ eventLogs }: ReturnType<StateMachine['run']>, run: Run): Promise<void> => {
    for await (const event of eventLogs) {
      if (event.type === 'StateEntered') run.states.push(event.state.name)
      if (event.type === 'StateFailed' && event.Error === 'States.Timeout')
        for (const task of tokens.takeAll(run.name)) task.moveOn()
    }
  }

  const conclude = async (started: ReturnType<StateMachine['run']>, entry: Entry): Promise<void> => {
    try {
      // An execution that can't be followed fails, for then its tokens may be open for ever.
      const [output] = await Promise.all([started.result, follow(started, entry.run)])
      end(entry, { status: 'SUCCEEDED', output: JSON.stringify(output) })
    } catch (error) {
      end(entry, endOf(error))
    }
  }

  const launch = (execution: Execution): Entry => {
    const { name, arn, input } = execution
    const run: Run = { name, arn, states: [], running: true, endSpell: activity.begin() }
    const { handlers, context } = tasksOf({ tasks, invoke, activity, tokens }, run)
    const started = machine.run(JSON.parse(input), { context, overrides: { taskResourceLocalHandlers: handlers } })
    const entry: Entry = { execution, run, abort: started.abort }
    void conclude(started, entry)
    return entry
  }

  const entryOf = (arn: string): Entry => {
    const entry = entries.get(arn)
    if (!entry) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`)
    return entry
  }

  const stop = (entry: Entry, how: Omit<End, 'status'>): void => {
    end(entry, { status: 'ABORTED', ...how })
    entry.abort()
  }

  const answer = (token: string, give: (task: ReturnType<typeof tokens.take>) => void): void => {
    const task = tokens.take(token)
    task.moveOn()
    give(task)
  }

  return {
    stateMachineArn,
    start: (name, input) => {
      forgetOld()
      const arn = executionArn(name)
      const known = entries.get(arn)?.execution
      if (known?.status === 'RUNNING' && known.input === input) return known
      if (known) throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`)
      const entry = launch({ arn, name, input, startedAt: now(), status: 'RUNNING' })
      entries.set(arn, entry)
      return entry.execution
    },
    describe: (arn) => entryOf(arn).execution,
    stop: (arn, error, cause) => {
      const entry = entryOf(arn)
      stop(entry, { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) })
      return entry.execution
    },
    succeed: (token, output) => answer(token, (task) => task.succeed(output)),
    fail: (token, error, cause) => answer(token, (task) => task.fail(new TaskFailure(error, cause))),
    idle: activity.idle,
    executions: () => [...entries.values()].map((entry) => entry.execution),
    history: (name) => entryOf(executionArn(name)).run.states,
    stopAll: async () => {
      for (const entry of entries.values()) stop(entry, {})
      await activity.idle()
    },
  }
}
