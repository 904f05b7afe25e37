import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { digest } from '../../functions/adapters/digest.ts'
import {
  type AssistantCase,
  hasEnded,
  liveApplication,
  liveReview,
  openStageOf,
  stagesOf,
} from '../../shared/domain/assistant.ts'
import { brokenLink } from '../../shared/domain/chain.ts'
import { evolve } from '../../shared/domain/evolve.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { isRefusal } from '../../shared/domain/refusal.ts'
import { addMinutes } from '../../shared/domain/time.ts'
import { actors, impersonal, personal } from '../support/actors.ts'
import { ask, type Bench, done, organisation, people } from '../support/bank.ts'
import { states } from '../support/states.ts'

/** A history goes on from any state: by chance alone few would come far. */
const beginnings = fc.constantFrom(...Object.values(states).map((make) => make()))

/** One turn of a random history: someone gives a command, the bank's people change, or time goes on. */
const turns = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('personal' as const),
      command: fc.constantFrom(...(Object.keys(personal) as (keyof typeof personal)[])),
      actor: fc.constantFrom(...Object.values(actors), people.secondBranch, people.secondHq, people.assistant),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('impersonal' as const),
      command: fc.constantFrom(...(Object.keys(impersonal) as (keyof typeof impersonal)[])),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('alarm' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('minutes' as const), minutes: fc.nat(4000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('approvers' as const),
      branch: fc.subarray(Object.values(people), { minLength: 1 }),
      hq: fc.subarray(Object.values(people), { minLength: 1 }),
    }),
  },
)
type Turn = typeof turns extends fc.Arbitrary<infer Value> ? Value : never

const given = (bench: Bench, turn: Turn): Bench => {
  switch (turn.kind) {
    case 'personal': {
      const command = personal[turn.command](bench, turn.actor)
      return isRefusal(ask(bench, command, turn.actor)) ? bench : done(bench, command, turn.actor)
    }
    case 'impersonal': {
      const command = impersonal[turn.command](bench)
      return isRefusal(ask(bench, command, people.outsider)) ? bench : done(bench, command, people.outsider)
    }
    case 'alarm': {
      const alarm = bench.state === null ? null : alarmOf(bench.state)
      return alarm === null || alarm < bench.now ? bench : { ...bench, now: alarm }
    }
    case 'minutes':
      return { ...bench, now: addMinutes(bench.now, turn.minutes) }
    case 'approvers':
      return {
        ...bench,
        organisation: {
          ...organisation,
          branch: { ...organisation.branch, approvers: turn.branch },
          hq: { ...organisation.hq, approvers: turn.hq },
        },
      }
  }
}

/** Two consents, in order, by two people neither of whom filed nor is the assistant: else nothing has an effect. */
const expectConsents = ({ applications, particulars }: AssistantCase): void => {
  for (const { effectiveAt, status, filedBy, stages } of applications) {
    if (status !== 'approved') {
      expect(effectiveAt).toBeNull()
      continue
    }
    const consents = stages.filter(({ decision }) => decision === 'approve')
    expect(consents.map(({ stage }) => stage)).toEqual(['branch', 'hq'])
    const deciders = consents.map(({ decidedBy }) => decidedBy)
    expect(new Set([...deciders, filedBy, particulars.employeeNo]).size).toBe(4)
  }
}

const expectSound = ({ state, events }: Bench): void => {
  if (state === null) return
  expectConsents(state)
  expect(
    state.applications
      .slice(0, -1)
      .every(
        ({ status, effectiveAt }) =>
          status !== 'open' && status !== 'returned' && (status !== 'approved' || effectiveAt !== null),
      ),
  ).toBe(true)
  expect(stagesOf(state).filter(({ status }) => status === 'open').length).toBeLessThanOrEqual(1)
  expect(liveApplication(state) === null || liveReview(state) === null).toBe(true)
  const approvals = stagesOf(state).flatMap(({ asked }) => asked.map(({ id }) => id))
  expect(new Set(approvals).size).toBe(approvals.length)
  expect(brokenLink(events, digest)).toBeNull()
  let replayed: AssistantCase | null = null
  for (const event of events) replayed = evolve(replayed, event)
  expect(replayed).toEqual(state)
  // Nothing is ever stuck: it has ended, waits for a time, or waits for a step of the workflow.
  const awaitsWorkflow = nextStep(state) !== null && openStageOf(state) === null
  expect(hasEnded(state) || alarmOf(state) !== null || awaitsWorkflow).toBe(true)
}

test('whatever is done in whatever order, by whomever: the invariants hold after every turn', () => {
  fc.assert(
    fc.property(beginnings, fc.array(turns, { minLength: 10, maxLength: 50 }), (begin, history) => {
      let bench: Bench = begin
      for (const turn of history) {
        const before = bench
        bench = given(bench, turn)
        if (before.state !== null && hasEnded(before.state)) expect(bench.state).toBe(before.state)
        if (bench.state !== before.state) expectSound(bench)
      }
    }),
    { numRuns: 400 },
  )
}, 60_000)
