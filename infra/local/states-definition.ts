import type { StateMachineDefinition } from 'aws-local-stepfunctions'
import * as z from 'zod'

/** Timers count milliseconds in 31 bits; a longer one fires at once. */
const longestTimeoutSeconds = Math.floor((2 ** 31 - 1) / 1000)

const resources = { invoke: ':states:::lambda:invoke', invokeAndWait: ':states:::lambda:invoke.waitForTaskToken' }

const Task = z.looseObject({
  Type: z.literal('Task'),
  Resource: z.string(),
  TimeoutSeconds: z.number().optional(),
})

const State = z.union([Task, z.looseObject({ Type: z.enum(['Pass', 'Choice', 'Wait', 'Succeed', 'Fail']) })])

const Definition = z.looseObject({
  StartAt: z.string(),
  TimeoutSeconds: z.number().optional(),
  States: z.record(z.string(), State),
})

/** The engine checks the rest itself when it takes the definition. */
const Runnable = z.custom<StateMachineDefinition>()

/** A state machine that the local engine can run, and which of its states call a function. */
export interface PreparedDefinition {
  readonly definition: StateMachineDefinition
  readonly tasks: readonly { readonly state: string; readonly waitsForToken: boolean }[]
}

const waitsForToken = (state: string, resource: string): boolean => {
  if (resource.endsWith(resources.invokeAndWait)) return true
  if (resource.endsWith(resources.invoke)) return false
  throw new Error(`State "${state}" calls ${resource}, which the local engine can't.`)
}

const clamped = (seconds: number | undefined): number =>
  Math.min(seconds ?? longestTimeoutSeconds, longestTimeoutSeconds)

/**
 * Fits a definition to the local engine: a task without a timeout would end after 60 seconds there, and one with
 * a timeout over 24.8 days at once. Nested states (Map, Parallel) are refused, for they'd call AWS.
 */
export const prepareDefinition = (source: unknown): PreparedDefinition => {
  const definition = Definition.parse(source)
  const tasks: { state: string; waitsForToken: boolean }[] = []
  const states = Object.entries(definition.States).map(([name, state]) => {
    const task = Task.safeParse(state)
    if (!task.success) return [name, state]
    tasks.push({ state: name, waitsForToken: waitsForToken(name, task.data.Resource) })
    return [name, { ...task.data, TimeoutSeconds: clamped(task.data.TimeoutSeconds) }]
  })
  return {
    definition: Runnable.parse({
      ...definition,
      States: Object.fromEntries(states),
      ...(definition.TimeoutSeconds === undefined ? {} : { TimeoutSeconds: clamped(definition.TimeoutSeconds) }),
    }),
    tasks,
  }
}
