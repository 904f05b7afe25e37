import * as z from 'zod'
import type { Activity } from './activity.ts'
import type { PreparedDefinition } from './states-definition.ts'
import { newTaskToken, TaskFailure, type Json, type TaskTokens } from './states-tasks.ts'

/** Calls a function as Lambda would. */
export type Invoke = (functionName: string, payload: Json) => Promise<unknown>

/** An execution on its way. */
export interface Run {
  readonly name: string
  readonly arn: string
  /** The states entered so far. */
  readonly states: string[]
  running: boolean
  /** Ends the spell in which the execution moves by itself: it is parked on a token, or has ended. */
  endSpell: () => void
}

const Invocation = z.looseObject({ FunctionName: z.string(), Payload: z.json().default(null) })

/** Through JSON and back, as everything passes that goes to a Lambda function or comes from it. */
const overTheWire = (value: unknown): Json => z.json().parse(JSON.parse(JSON.stringify(value ?? null)))

const failureOfFunction = (error: unknown): TaskFailure => {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return new TaskFailure(name, JSON.stringify({ errorType: name, errorMessage: message }))
}

const stopped = (): TaskFailure => new TaskFailure('States.Runtime', 'The execution was stopped.')

interface Engine {
  readonly tasks: PreparedDefinition['tasks']
  readonly invoke: Invoke
  readonly activity: Activity
  readonly tokens: TaskTokens
}

const callFunction = async ({ activity, invoke }: Engine, input: unknown): Promise<Json> => {
  const { FunctionName, Payload } = Invocation.parse(input)
  const end = activity.begin()
  try {
    return overTheWire(await invoke(FunctionName, overTheWire(Payload)))
  } catch (error) {
    throw failureOfFunction(error)
  } finally {
    end()
  }
}

const callAndWait = async (engine: Engine, run: Run, token: string, input: unknown): Promise<Json> => {
  const { tokens, activity } = engine
  const answer = Promise.withResolvers<Json>()
  // An answer can come while the function still runs, when nobody listens for it yet.
  answer.promise.catch(() => undefined)
  const moveOn = (): void => {
    run.endSpell()
    run.endSpell = activity.begin()
  }
  tokens.open(token, { execution: run.name, moveOn, succeed: answer.resolve, fail: answer.reject })
  try {
    await callFunction(engine, input)
  } catch (error) {
    // A task that was answered has its answer, whatever became of the function after that.
    if (tokens.isOpen(token)) {
      tokens.take(token)
      throw error
    }
  }
  if (tokens.isOpen(token)) run.endSpell()
  return answer.promise
}

/** What the engine needs to run an execution's tasks: the functions to call, and where it finds a task's token. */
export const tasksOf = (engine: Engine, run: Run) => {
  let minted: string | undefined
  const handle = async (waitsForToken: boolean, input: unknown): Promise<Json> => {
    // The parameters, and the token among them, were evaluated just before; each attempt gets a token of its own.
    const token = minted ?? newTaskToken()
    minted = undefined
    if (!run.running) throw stopped()
    if (waitsForToken) return callAndWait(engine, run, token, input)
    return { ExecutedVersion: '$LATEST', StatusCode: 200, Payload: await callFunction(engine, input) }
  }
  return {
    handlers: Object.fromEntries(
      engine.tasks.map(({ state, waitsForToken }) => [state, (input: unknown) => handle(waitsForToken, input)]),
    ),
    context: {
      Execution: { Id: run.arn, Name: run.name },
      Task: {
        get Token(): string {
          minted ??= newTaskToken()
          return minted
        },
      },
    },
  }
}

/** Lets nothing wait any more for an execution that has ended; its timers would keep the process alive. */
export const release = (run: Run, tokens: TaskTokens): void => {
  run.running = false
  for (const task of tokens.takeAll(run.name)) task.fail(stopped())
  run.endSpell()
}
