import { expect, test } from 'vitest'
import { openStageOf } from '../../shared/domain/assistant.ts'
import type { Command } from '../../shared/domain/commands.ts'
import { decide } from '../../shared/domain/decide.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { Day } from '../../shared/domain/time.ts'
import { reviewTimetable, stageTimetable } from '../../shared/domain/timetable.ts'
import { CalendarNotPublished } from '../../shared/domain/working-calendar.ts'
import { mainlandCalendar } from '../../shared/policy/mainland-calendar.ts'
import { policies, policiesOf } from '../../shared/policy/policies.ts'
import { ask, at, type Bench, contextOf, done, emptyBench, monday, onboarding, people } from '../support/bank.ts'
import {
  alarmed,
  branchOpen,
  conducted,
  decided,
  filed,
  liveOf,
  trained,
  returnedByBranch,
  reviewCalled,
} from '../support/cases.ts'

const approval = (bench: Bench): Command => ({
  type: 'decide-stage',
  stepUp: 'mail-code',
  approvalId: openStageOf(bench.state!)!.asked[0]!.id,
  decision: 'approve',
  reason: null,
})

const amendment = (bench: Bench): Command => ({
  type: 'amend',
  applicationId: liveOf(bench).id,
  changes: { particulars: {}, purpose: null, grounds: null },
  note: null,
})

test('art. 7: silence is not consent: after the last day an answer is too late, whether or not the expiry is on record yet', () => {
  const bench = branchOpen()
  const answerAt = (now: string) => ask(at(bench, now), approval(bench), people.branch)
  expect(answerAt('2025-03-17T15:59:59.999Z')).toMatchObject([{ type: 'stage-decided' }])
  expect(answerAt('2025-03-17T16:00:00.000Z')).toHaveProperty('refused')
  expect(answerAt('2025-04-17T01:00:00.000Z')).toHaveProperty('refused')
})

test('after the last day for it an amendment is too late, whether or not the expiry is on record yet', () => {
  const bench = returnedByBranch()
  const amendAt = (now: string) => ask(at(bench, now), amendment(bench), people.filer)
  expect(amendAt('2025-03-31T15:59:59.999Z')).toMatchObject([{ type: 'application-amended' }])
  expect(amendAt('2025-03-31T16:00:00.000Z')).toHaveProperty('refused')
})

test('an approval of a stage that ended without a decision is dead', () => {
  const open = branchOpen()
  const withdraw: Command = {
    type: 'withdraw',
    applicationId: liveOf(open).id,
    reason: 'Changed.',
  }
  let expired = open
  for (let step = 0; step < 10 && openStageOf(expired.state!) !== null; step += 1) expired = alarmed(expired)
  for (const after of [done(open, withdraw, people.filer), expired]) {
    expect(ask(after, approval(open), people.branch)).toMatchObject({
      refused: 'unknown-approval',
    })
  }
})

test('a stage crosses the Spring Festival and its moved Sunday and Saturday', () => {
  // Thursday, 23 January 2025. Sunday the 26th is worked, 28 January to 4 February are not, Saturday the 8th is.
  const bench = conducted(done(at(emptyBench, '2025-01-23T02:00:00.000Z'), onboarding, people.filer))
  const stage = openStageOf(bench.state!)
  expect(stage?.dueOn).toBe('2025-02-12')
  expect(stage?.timetable.map(({ at: when, act }) => `${when.slice(0, 10)} ${act}`)).toEqual([
    '2025-01-26 remind',
    '2025-02-05 remind',
    '2025-02-06 escalate',
    '2025-02-07 remind',
    '2025-02-10 escalate',
    '2025-02-12 expire',
  ])
})

test('a stage opened two days before National Day has one of its ten days before the holiday and nine behind it', () => {
  // Monday, 29 September 2025: one working day is left before 1 to 8 October; Saturday the 11th is worked.
  const bench = conducted(done(at(emptyBench, '2025-09-29T02:00:00.000Z'), onboarding, people.filer))
  expect(openStageOf(bench.state!)?.dueOn).toBe('2025-10-20')
})

test('a stage whose days are not published yet is not opened on a guess', () => {
  const bench = done(at(emptyBench, '2026-11-20T02:00:00.000Z'), onboarding, people.filer)
  expect(() => conducted(at(bench, '2026-12-18T02:00:00.000Z'))).toThrow(CalendarNotPublished)
})

test('an amendment that the stage could not be given its days for is not taken', () => {
  let bench = conducted(done(at(emptyBench, '2026-11-16T02:00:00.000Z'), onboarding, people.filer))
  bench = decided(at(bench, '2026-11-27T02:00:00.000Z'), people.branch, 'return', 'Unclear.')
  expect(liveOf(bench).amendBy).toBe('2026-12-25')
  // The branch needs ten working days from here; 2026 has ten left on the 17th, and nine on the 18th.
  expect(ask(at(bench, '2026-12-17T02:00:00.000Z'), amendment(bench), people.filer)).toMatchObject([
    { type: 'application-amended' },
  ])
  expect(() => ask(at(bench, '2026-12-18T02:00:00.000Z'), amendment(bench), people.filer)).toThrow(CalendarNotPublished)
})

test("art. 7: HQ's consent begins no further stage, so it needs no calendar beyond its own last day", () => {
  let bench = conducted(done(at(emptyBench, '2026-11-26T01:00:00.000Z'), onboarding, people.filer))
  bench = conducted(decided(at(bench, '2026-12-10T01:00:00.000Z'), people.branch, 'approve'))
  const consented = decided(at(bench, '2026-12-30T01:00:00.000Z'), people.hq, 'approve')
  expect(liveOf(consented).status).toBe('approved')
})

test('an early transfer whose deadlines are not published yet is not filed', () => {
  const command: Command = {
    type: 'file-transfer',
    early: true,
    grounds: 'Excellent.',
    filedBy: people.filer,
    note: null,
  }
  let bench = conducted(done(at(emptyBench, '2026-11-02T02:00:00.000Z'), onboarding, people.filer))
  bench = conducted(decided(bench, people.branch, 'approve'))
  bench = trained(conducted(decided(bench, people.hq, 'approve')))
  expect(() => ask(at(bench, '2026-12-01T02:00:00.000Z'), command, people.filer)).toThrow(CalendarNotPublished)
})

test('a running case keeps the policy that it was filed under; a new one has that of its day', () => {
  const old = policies.on(Day.parse('2025-03-03'))
  const hq = { remindEvery: 1, escalate: [{ after: 2, to: 'hq' as const }], expireAfter: 3 }
  const two = policiesOf([
    old,
    { ...old, version: '2025-2', from: Day.parse('2025-03-04'), stages: { branch: hq, hq } },
  ])
  const next = at(filed(), '2025-03-04T02:00:00.000Z')
  const command: Command = {
    type: 'open-stage',
    applicationId: liveOf(next).id,
    begin: 'branch',
    round: 1,
  }
  const context = { ...contextOf(next, command, people.outsider), policies: two }
  expect(decide(command, next.state, context)).toMatchObject([{ type: 'stage-opened', data: { dueOn: '2025-03-18' } }])
  const { dueOn } = stageTimetable('branch', next.now, {
    zone: 'Asia/Shanghai',
    calendar: mainlandCalendar,
    policy: two.on(Day.parse('2025-03-04')),
  })
  expect(dueOn).toBe('2025-03-07')
})

test("art. 4: the year runs by the bank's days: consent at half past midnight in Shanghai counts for the day begun", () => {
  let bench = conducted(done(emptyBench, onboarding, people.filer))
  bench = conducted(decided(bench, people.branch, 'approve'))
  bench = conducted(decided(at(bench, '2025-03-05T16:30:00.000Z'), people.hq, 'approve'))
  expect(bench.state).toMatchObject({ onPostSince: '2025-03-06', reviewDueOn: '2026-03-06' })
})

const bankClock = { zone: 'Asia/Shanghai', policy: policies.on(Day.parse('2025-03-03')) }
const dueOn = Day.parse('2026-03-03')

test('art. 4: a review opened late leaves out the reminders that lie behind, never the escalation', () => {
  const opened = at(emptyBench, '2026-02-10T02:00:00.000Z').now
  expect(reviewTimetable(dueOn, opened, bankClock).map((step) => `${step.at.slice(0, 10)} ${step.act}`)).toEqual([
    '2026-02-24 remind',
    '2026-03-04 escalate',
  ])
  const overdue = at(emptyBench, '2026-04-01T02:00:00.000Z').now
  expect(reviewTimetable(dueOn, overdue, bankClock)).toEqual([{ at: overdue, act: 'escalate', to: 'branch' }])
})

test('art. 4: the reminders of a review come in order of time, however the policy lists them', () => {
  const policy = {
    ...bankClock.policy,
    review: { ...bankClock.policy.review, remindBefore: [7, 30] },
  }
  const steps = reviewTimetable(dueOn, monday, { ...bankClock, policy })
  expect(steps.map((step) => step.at.slice(0, 10))).toEqual(['2026-02-01', '2026-02-24', '2026-03-04'])
})

test('art. 4: the review of a case opened after the year is overdue at once, and then every five working days', () => {
  const bench = conducted(at(reviewCalled(), '2026-04-01T02:00:00.000Z'))
  expect(alarmOf(bench.state!)).toBe('2026-04-01T02:00:00.000Z')
  const toBranch = alarmed(bench)
  expect(toBranch.events.at(-1)).toMatchObject({ type: 'stage-escalated', data: { to: 'branch' } })
  // 4 to 6 April 2026 are off.
  expect(alarmOf(toBranch.state!)).toBe('2026-04-09T01:00:00.000Z')
})

test('time passes at the very moment of the alarm, and not a millisecond before', () => {
  const bench = trained()
  const passTimeAt = (now: string) => ask(at(bench, now), { type: 'pass-time' }, people.outsider)
  expect(passTimeAt('2026-01-02T00:59:59.999Z')).toMatchObject({ refused: 'nothing-due' })
  expect(passTimeAt('2026-01-02T01:00:00.000Z')).toMatchObject([{ type: 'review-called', data: { round: 1 } }])
})
