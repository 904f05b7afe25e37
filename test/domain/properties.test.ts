import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { digest } from '../../functions/adapters/digest.ts'
import {
  type AssistantCase,
  hasEnded,
  liveApplication,
  liveDispute,
  liveReview,
  openStageOf,
  stagesOf,
} from '../../shared/domain/assistant.ts'
import { brokenLink } from '../../shared/domain/chain.ts'
import type { Command } from '../../shared/domain/commands.ts'
import { Decision } from '../../shared/domain/kinds.ts'
import { evolve } from '../../shared/domain/evolve.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { isRefusal } from '../../shared/domain/refusal.ts'
import { addDays, addMinutes, dayOf, Instant } from '../../shared/domain/time.ts'
import { actors, impersonal, personal } from '../support/actors.ts'
import { ask, type Bench, done, people } from '../support/bank.ts'
import { states } from '../support/states.ts'

/** A history goes on from any state: by chance alone few would come far. */
const beginnings = fc.constantFrom(...Object.values(states).map((make) => make()))

const names = <Name extends string>(record: Readonly<Record<Name, unknown>>) => Object.keys(record) as Name[]

/** What ends a case for good is rare: it would cut nearly every history short. */
const isEnd = (name: keyof typeof personal): boolean => /^exit|^withdraw/.test(name)

const personally = (commands: readonly (keyof typeof personal)[]) =>
  fc.record({
    kind: fc.constant('personal' as const),
    command: fc.constantFrom(...commands),
    actor: fc.constantFrom(...Object.values(actors), people.secondBranch, people.secondHq, people.assistant),
  })

/** One turn of a random history: someone gives a command, the bank's people change, or time goes on. */
const turns = fc.oneof(
  { weight: 24, arbitrary: personally(names(personal).filter((name) => !isEnd(name))) },
  { weight: 1, arbitrary: personally(names(personal).filter(isEnd)) },
  {
    weight: 24,
    arbitrary: fc.record({
      kind: fc.constant('impersonal' as const),
      command: fc.constantFrom(...names(impersonal)),
    }),
  },
  {
    // By chance alone hardly anyone who was asked would answer, and the consents would go untested.
    weight: 24,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      nth: fc.nat(3),
      decision: fc.constantFrom(
        'approve' as const,
        'approve' as const,
        'approve' as const,
        'qualified' as const,
        'uphold' as const,
        'annul' as const,
        ...Decision.options,
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('dispute' as const), byPrincipal: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('bounce' as const), nth: fc.nat(3) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('alarm' as const) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('minutes' as const), minutes: fc.nat(4000) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('approvers' as const),
      branch: fc.subarray(Object.values(people), { minLength: 1 }),
      hq: fc.subarray(Object.values(people), { minLength: 1 }),
      head: fc.option(fc.constantFrom(...Object.values(people)), { freq: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('absence' as const),
      absent: fc.constantFrom(...Object.values(people)),
      delegate: fc.option(fc.constantFrom(...Object.values(people)), { freq: 5 }),
      days: fc.nat(20),
    }),
  },
)
type Turn = typeof turns extends fc.Arbitrary<infer Value> ? Value : never

/** The case after a command, or as it was where the command is refused. */
const tried = (bench: Bench, command: Command, by: EmployeeNo): Bench =>
  isRefusal(ask(bench, command, by)) ? bench : done(bench, command, by)

/** No history goes on to where the calendar ends: what happens there has tests of its own. */
const horizon = Instant.parse('2026-09-30T00:00:00.000Z')
const movedTo = (bench: Bench, now: Instant): Bench => (now > horizon ? bench : { ...bench, now })

const given = (bench: Bench, turn: Turn): Bench => {
  switch (turn.kind) {
    case 'personal':
      return tried(bench, personal[turn.command](bench, turn.actor), turn.actor)
    case 'impersonal':
      return tried(bench, impersonal[turn.command](bench), people.outsider)
    case 'answer': {
      const asked = bench.state === null ? [] : (openStageOf(bench.state)?.asked ?? [])
      const approval = asked[turn.nth % Math.max(asked.length, 1)]
      if (approval === undefined) return bench
      const { id: approvalId, approver } = approval
      return tried(
        bench,
        { type: 'decide-stage', stepUp: 'mail-code', approvalId, decision: turn.decision, reason: 'For a reason.' },
        approver,
      )
    }
    case 'dispute': {
      // The newest decision, by the one in whose name it was made.
      const decided = bench.events.findLast(({ type }) => type === 'stage-decided')
      if (decided?.type !== 'stage-decided') return bench
      const { approvalId } = decided.data
      const by = (turn.byPrincipal ? decided.onBehalfOf : null) ?? decided.by
      return tried(bench, { type: 'dispute-decision', approvalId, reason: null }, by as EmployeeNo)
    }
    case 'bounce': {
      const asked = bench.state === null ? [] : (openStageOf(bench.state)?.asked ?? [])
      const approval = asked[turn.nth % Math.max(asked.length, 1)]
      if (approval === undefined) return bench
      const { id: approvalId, approver: to } = approval
      const undeliverable = { dutyId: approvalId, kind: 'bounce', to, applicationId: null, approvalId } as const
      return tried(bench, { type: 'report-undeliverable', undeliverable }, people.outsider)
    }
    case 'alarm': {
      const alarm = bench.state === null ? null : alarmOf(bench.state)
      return alarm === null || alarm < bench.now ? bench : movedTo(bench, alarm)
    }
    case 'minutes':
      return movedTo(bench, addMinutes(bench.now, turn.minutes))
    case 'approvers':
      return {
        ...bench,
        organisation: {
          ...bench.organisation,
          centre: { ...bench.organisation.centre, head: turn.head },
          branch: { ...bench.organisation.branch, approvers: turn.branch },
          hq: { ...bench.organisation.hq, approvers: turn.hq },
        },
      }
    case 'absence': {
      const person = bench.organisation.people.get(turn.absent)
      if (person === undefined) return bench
      const from = dayOf(bench.now, 'Asia/Shanghai')
      const delegation = { delegate: turn.delegate, from, until: addDays(from, turn.days), reason: 'Leave' }
      const everyone = new Map(bench.organisation.people).set(turn.absent, { ...person, delegation })
      const away = { ...bench, organisation: { ...bench.organisation, people: everyone } }
      return tried(away, { type: 'reassess-stage' }, people.outsider)
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
    const consents = stages.filter(({ decision, status: counted }) => decision === 'approve' && counted !== 'annulled')
    expect(consents.map(({ stage }) => stage)).toEqual(['branch', 'hq'])
    // Whom a delegate stood in for counts like the delegate.
    const [branch, hq] = consents.map(({ decidedBy, onBehalfOf }) => [decidedBy, onBehalfOf ?? decidedBy])
    expect(branch!.filter((person) => hq!.includes(person))).toEqual([])
    expect([filedBy, particulars.employeeNo].filter((person) => [...branch!, ...hq!].includes(person))).toEqual([])
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
  const open = stagesOf(state).filter(({ status }) => status === 'open')
  expect(open.filter(({ stage }) => stage !== 'dispute').length).toBeLessThanOrEqual(1)
  expect(open.filter(({ stage }) => stage === 'dispute')).toEqual([liveDispute(state)?.stage].filter(Boolean))
  // What is disputed counts for nothing until it is settled.
  if (liveDispute(state) !== null) expect([openStageOf(state)?.stage, nextStep(state)]).toEqual(['dispute', null])
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
    fc.property(beginnings, fc.array(turns, { minLength: 30, maxLength: 60 }), (begin, history) => {
      let bench: Bench = begin
      for (const turn of history) {
        const before = bench
        bench = given(bench, turn)
        // Nothing brings back what has ended, unless the decision that ended it is disputed.
        const mayChange = turn.kind === 'dispute' || (before.state !== null && liveDispute(before.state) !== null)
        if (before.state !== null && hasEnded(before.state) && !mayChange) expect(bench.state).toBe(before.state)
        // Only a review that ended the post can be annulled: whoever left by another's word stays away.
        if (before.state?.exit && before.state.exit.ground !== 'below-standard')
          expect(['exiting', 'exited']).toContain(bench.state?.status)
        if (bench.state !== before.state) expectSound(bench)
      }
    }),
    { numRuns: 800 },
  )
}, 60_000)
