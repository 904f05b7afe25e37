import { describe, expect, test } from 'vitest'
import { liveApplication, openStageOf } from '../../shared/domain/assistant.ts'
import { advance } from '../../shared/domain/chain.ts'
import { decide } from '../../shared/domain/decide.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { isRefusal } from '../../shared/domain/refusal.ts'
import { Day } from '../../shared/domain/time.ts'
import { policies, policiesOf } from '../../shared/policy/policies.ts'
import { ask, at, type Bench, contextOf, done, people } from '../support/bank.ts'
import { alarmed, branchOpen, decided, hqOpen, returnedByBranch, reviewOpen, trained } from '../support/cases.ts'

const old = policies.on(Day.parse('2025-03-03'))
const branch = { remindEvery: 1, escalate: [{ after: 2, to: 'hq' as const }], expireAfter: 4 }
/** Two versions: the one that the cases were filed under, and a stricter one from 4 March 2025 on. */
const two = policiesOf([
  old,
  {
    ...old,
    version: '2025-2',
    from: Day.parse('2025-03-04'),
    stages: { ...old.stages, branch },
    amendWithin: 5,
    review: { askBefore: 90, remindBefore: [45], escalateEvery: 2 },
  },
])

const command = { type: 'adopt-policy' } as const

const decidedOn = (bench: Bench) =>
  decide(command, bench.state, { ...contextOf(bench, command, people.filer), policies: two })

const adopted = (bench: Bench): Bench => {
  const events = decidedOn(bench)
  if (isRefusal(events)) throw new Error(events.refused)
  const context = { ...contextOf(bench, command, people.filer), policies: two }
  const { state, recorded } = advance(bench.state, events, context)
  return { ...bench, state, events: [...bench.events, ...recorded] }
}

const steps = ({ state }: Bench) =>
  openStageOf(state!)?.timetable.map(({ at: when, act, to }) => `${when.slice(0, 10)} ${act} ${to}`)

describe('adopting the policy in force', () => {
  test('counts the deadlines of an open stage anew from its opening; what lies behind is left out', () => {
    const bench = adopted(at(branchOpen(), '2025-03-04T02:00:00.000Z'))
    expect(steps(bench)).toEqual(['2025-03-05 escalate hq', '2025-03-06 remind branch', '2025-03-07 expire branch'])
    expect(openStageOf(bench.state!)?.dueOn).toBe('2025-03-07')
    expect(liveApplication(bench.state!)?.policyVersion).toBe('2025-2')
  })

  test('never lets a stage end in the past: its last day becomes today', () => {
    const late = at(branchOpen(), '2025-03-14T02:00:00.000Z')
    const bench = adopted(late)
    expect(steps(bench)).toEqual(['2025-03-14 expire branch'])
    expect(alarmOf(bench.state!)! > late.now).toBe(true)
  })

  test('moves the last day of an amendment', () => {
    const bench = adopted(at(returnedByBranch(), '2025-03-04T02:00:00.000Z'))
    expect(liveApplication(bench.state!)).toMatchObject({ status: 'returned', amendBy: '2025-03-10' })
    expect(alarmOf(bench.state!)).toBe('2025-03-10T16:00:00.000Z')
  })

  test('moves when the centre head is asked for the review', () => {
    const bench = adopted(at(trained(), '2025-03-04T02:00:00.000Z'))
    expect(bench.state?.reviewCallAt?.slice(0, 10)).toBe('2025-12-03')
    expect(alarmOf(bench.state!)).toBe(bench.state?.reviewCallAt)
  })

  test('moves the reminders of an open review, which never stays without a next step', () => {
    const open = reviewOpen()
    expect(steps(adopted(open))).toEqual(['2026-01-17 remind centre', '2026-03-04 escalate branch'])
    let overdue = open
    while (overdue.events.at(-1)?.type !== 'stage-escalated') overdue = alarmed(overdue)
    expect(steps(adopted(overdue))).toEqual(['2026-03-06 escalate hq'])
  })

  test('never puts off how an overdue review goes up: asked every day, it goes up all the same', () => {
    let overdue = reviewOpen()
    while (overdue.events.at(-1)?.type !== 'stage-escalated') overdue = alarmed(overdue)
    const once = adopted(overdue)
    const dayAfter = at(once, '2026-03-05T02:00:00.000Z')
    expect(decidedOn(dayAfter)).toMatchObject({ refused: 'nothing-due' })
    expect(decidedOn(at(overdue, '2026-03-11T01:00:00.000Z'))).toMatchObject({ refused: 'nothing-due' })
  })

  test('leaves the time that a stage was given anew after a dispute, where the policy is the same', () => {
    const open = hqOpen()
    const approvalId = open.state!.applications[0]!.stages[0]!.asked[0]!.id
    const disputed = done(open, { type: 'dispute-decision', approvalId, reason: null }, people.branch)
    const upheld = decided(at(disputed, '2025-03-05T02:00:00.000Z'), people.hq, 'uphold')
    expect(ask(upheld, command, people.filer)).toMatchObject({ refused: 'nothing-due' })
  })

  test.each([
    ['an open stage', hqOpen, '2025-04-02'],
    ['an amendment', returnedByBranch, '2025-03-19'],
  ] as const)('counts %s from where a dispute that was upheld gave it its time anew', (_, make, lastDay) => {
    const begun = make()
    const approvalId = begun.state!.applications[0]!.stages[0]!.asked[0]!.id
    const disputed = done(begun, { type: 'dispute-decision', approvalId, reason: null }, people.branch)
    const upheld = decided(at(disputed, '2025-03-12T02:00:00.000Z'), people.hq, 'uphold')
    const { state } = adopted(upheld)
    expect(openStageOf(state!)?.dueOn ?? liveApplication(state!)?.amendBy).toBe(lastDay)
  })

  test.each([
    ['a stage', branchOpen, '2025-03-17T16:00:00.000Z'],
    ['an amendment', returnedByBranch, '2025-03-31T16:00:00.000Z'],
  ] as const)('brings back nothing of %s whose time is over, be its expiry on record or not', (_, make, end) => {
    const before = at(make(), new Date(Date.parse(end) - 1).toISOString())
    expect(decidedOn(before)).toMatchObject([{ type: 'policy-adopted' }])
    expect(decidedOn(at(before, end))).toMatchObject({ refused: 'nothing-due' })
  })

  test('is refused where nothing would move: a case moves once', () => {
    const bench = adopted(at(branchOpen(), '2025-03-04T02:00:00.000Z'))
    expect(decidedOn(bench)).toMatchObject({ refused: 'nothing-due' })
    expect(decidedOn(branchOpen())).toMatchObject({ refused: 'nothing-due' })
  })
})
