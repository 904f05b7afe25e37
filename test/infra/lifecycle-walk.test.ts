import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStates, type States } from '../../infra/local/states.ts'
import { synthesisedParts } from '../../infra/synthesise.ts'
import { type WorkflowError, workflowErrors } from '../../shared/contracts/workflow.ts'

// The definition as it would be deployed, interpreted: every state, every transition, every catch.
const { definition } = synthesisedParts()

const input = (begin: string) => ({ assistantId: '7k3m9q2d', applicationId: '7k3m9q2d-1', begin, round: 1 })

interface Called {
  readonly name: string
  readonly payload: Record<string, unknown>
}

let states: States
let calls: Called[]
let failWith: string | null

beforeEach(() => {
  calls = []
  failWith = null
  states = createStates({
    definition,
    now: () => '2025-03-03T01:00:00.000Z',
    invoke: async (name, payload) => {
      calls.push({ name, payload: payload as Record<string, unknown> })
      if (failWith !== null) throw Object.assign(new Error('set back'), { name: failWith })
      return null
    },
  })
})

afterEach(() => states.stopAll())

const visited = new Set<string>()
const taken = new Set<string>()

/** Starts at a beginning and answers each waiting stage in turn; the last answer may be an error. */
const walk = async (begin: string, answers: readonly (string | { readonly error: WorkflowError })[]) => {
  const { arn } = states.start(`walk-${begin}`, JSON.stringify(input(begin)))
  await states.idle()
  for (const answer of answers) {
    const token = String(calls.at(-1)?.payload['taskToken'])
    if (typeof answer === 'string') states.succeed(token, input(answer))
    else states.fail(token, answer.error, '')
    await states.idle()
  }
  const path = states.history(`walk-${begin}`)
  path.forEach((state, index) => {
    visited.add(state)
    if (index > 0) taken.add(`${path[index - 1]} > ${state}`)
  })
  return { path, status: states.describe(arn).status }
}

test('an application approved twice: five states, and each stage is opened once', async () => {
  const { path, status } = await walk('branch', ['hq', 'effect'])
  expect({ path, status }).toEqual({
    path: ['Begin', 'BranchApproval', 'HqApproval', 'TakeEffect', 'TookEffect'],
    status: 'SUCCEEDED',
  })
  expect(calls.map(({ name, payload }) => [name, payload['begin']])).toEqual([
    ['open-stage', 'branch'],
    ['open-stage', 'hq'],
    ['take-effect', undefined],
  ])
})

test.each([
  ['hq', ['effect'], ['Begin', 'HqApproval', 'TakeEffect', 'TookEffect']],
  ['effect', [], ['Begin', 'TakeEffect', 'TookEffect']],
  [
    'centre-review',
    ['branch', 'hq', 'effect'],
    ['Begin', 'CentreReview', 'BranchApproval', 'HqApproval', 'TakeEffect', 'TookEffect'],
  ],
  ['hand-over', ['hand-over'], ['Begin', 'HandOver', 'Exited']],
] as const)('an execution can begin at %s', async (begin, answers, expected) => {
  expect(await walk(begin, answers)).toEqual({ path: expected, status: 'SUCCEEDED' })
})

const approvalEnds = [
  [workflowErrors.rejected, 'Rejected'],
  [workflowErrors.returned, 'ReturnedForAmendment'],
  [workflowErrors.withdrawn, 'Withdrawn'],
  [workflowErrors.expired, 'Expired'],
  [workflowErrors.exited, 'Exited'],
  [workflowErrors.superseded, 'Superseded'],
  [workflowErrors.disputed, 'Disputed'],
] as const

test.each([
  ...approvalEnds.flatMap(([error, end]) => [
    ['branch', 'BranchApproval', error, end] as const,
    ['hq', 'HqApproval', error, end] as const,
  ]),
  ['centre-review', 'CentreReview', workflowErrors.belowStandard, 'Exited'] as const,
  ['centre-review', 'CentreReview', workflowErrors.exited, 'Exited'] as const,
  ['centre-review', 'CentreReview', workflowErrors.superseded, 'Superseded'] as const,
  ['centre-review', 'CentreReview', workflowErrors.disputed, 'Disputed'] as const,
  ['hand-over', 'HandOver', workflowErrors.exited, 'Exited'] as const,
  ['hand-over', 'HandOver', workflowErrors.superseded, 'Superseded'] as const,
  ['hand-over', 'HandOver', workflowErrors.disputed, 'Disputed'] as const,
])('%s: %s is left by %s to %s, as a success and without another try', async (begin, stage, error, end) => {
  expect(await walk(begin, [{ error }])).toEqual({ path: ['Begin', stage, end], status: 'SUCCEEDED' })
  expect(calls).toHaveLength(1)
})

test.each(approvalEnds)('a function that finds the stage ended throws %s, which leads to %s', async (error, end) => {
  failWith = error
  expect(await walk('branch', [])).toEqual({ path: ['Begin', 'BranchApproval', end], status: 'SUCCEEDED' })
})

test.each([
  ['the assistant leaves the post', workflowErrors.exited, 'Exited'],
  ['a consent is disputed', workflowErrors.disputed, 'Disputed'],
])('where %s before the effect, the workflow ends without it', async (_, error, end) => {
  failWith = error
  expect(await walk('effect', [])).toEqual({ path: ['Begin', 'TakeEffect', end], status: 'SUCCEEDED' })
})

test('a beginning that nothing in the record has is a defect, and fails', async () => {
  expect(await walk('nowhere', [])).toEqual({ path: ['Begin', 'UnknownBeginning'], status: 'FAILED' })
})

test('with that, every state, transition and catch of the definition was walked', () => {
  const all = definition.States as Record<
    string,
    {
      readonly Next?: string
      readonly Default?: string
      readonly Choices?: readonly { readonly Next: string }[]
      readonly Catch?: readonly { readonly Next: string }[]
    }
  >
  const transitions = Object.entries(all).flatMap(([from, { Next, Default, Choices = [], Catch = [] }]) =>
    [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((handler) => handler.Next)]
      .filter((to) => to !== undefined)
      .map((to) => `${from} > ${to}`),
  )
  expect([...visited].toSorted()).toEqual(Object.keys(all).toSorted())
  expect([...taken].toSorted()).toEqual([...new Set(transitions)].toSorted())
})
