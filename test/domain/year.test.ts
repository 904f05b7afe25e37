import { expect, test } from 'vitest'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { openStageOf } from '../../shared/domain/assistant.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import { Day, Instant } from '../../shared/domain/time.ts'
import { ask, at, type Bench, done, emptyBench, onboarding, people } from '../support/bank.ts'
import {
  alarmed,
  conducted,
  decided,
  exited,
  liveOf,
  onPost,
  reviewOpen,
  trained,
  transferBranchOpen,
} from '../support/cases.ts'

test("art. 4, 7: the year runs from the day of HQ's consent, however late the workflow comes to it", () => {
  let bench = conducted(done(emptyBench, onboarding, people.filer))
  bench = conducted(decided(bench, people.branch, 'approve'))
  // Half an hour before midnight at the bank; the effect is taken up the day after.
  bench = decided(at(bench, '2025-03-05T15:30:00.000Z'), people.hq, 'approve')
  bench = conducted(at(bench, '2025-03-06T03:00:00.000Z'))
  expect(bench.state).toMatchObject({ status: 'on-post', onPostSince: '2025-03-05', reviewDueOn: '2026-03-05' })
  expect(bench.state?.applications[0]?.effectiveAt).toBe('2025-03-05T15:30:00.000Z')
})

test('art. 4: on the post since 29 February, the year ends on 28 February', () => {
  const leap = at(emptyBench, '2024-02-29T02:00:00.000Z')
  let bench = conducted(done(leap, onboarding, people.filer))
  bench = conducted(decided(bench, people.branch, 'approve'))
  bench = conducted(decided(bench, people.hq, 'approve'))
  expect(bench.state).toMatchObject({ onPostSince: '2024-02-29', reviewDueOn: '2025-02-28' })
})

const moments = (begin: Bench, steps: number): readonly string[] => {
  let bench = begin
  return Array.from({ length: steps }, () => {
    bench = alarmed(bench)
    const last = bench.events.at(-1)
    const to = last?.type === 'stage-escalated' ? ` ${last.data.to}` : ''
    return `${bench.now.slice(0, 16)} ${last?.type}${to}`
  })
}

test('art. 4: the centre head is asked 60 days before the anniversary, reminded 30 and 7 days before; overdue, it goes up and up', () => {
  expect(alarmOf(trained().state!)).toBe('2026-01-02T01:00:00.000Z')
  expect(moments(reviewOpen(), 6)).toEqual([
    '2026-02-01T01:00 stage-reminded',
    '2026-02-24T01:00 stage-reminded',
    '2026-03-04T01:00 stage-escalated branch',
    '2026-03-11T01:00 stage-escalated hq',
    '2026-03-18T01:00 stage-escalated hq',
    '2026-03-25T01:00 stage-escalated hq',
  ])
})

const yearOver = (): Bench => at(reviewOpen(), '2026-03-03T02:00:00.000Z')

test('art. 4: an overdue review goes up week after week, beyond the days that are published as well', () => {
  let bench = reviewOpen()
  while (bench.now < '2027-02-01') bench = alarmed(bench)
  const escalated = bench.events
    .filter(({ type }) => type === 'stage-escalated')
    .map(({ at: when }) => when.slice(0, 10))
  expect(escalated.slice(-3)).toEqual(['2027-01-23', '2027-01-28', '2027-02-02'])
})

test('art. 9: below the standard is found once the year is over, and ends the post', () => {
  const bench = decided(yearOver(), people.head, 'below-standard', 'Failed the examination.')
  expect(bench.state).toMatchObject({
    status: 'exited',
    exit: { ground: 'below-standard', decidedBy: { body: 'centre', employeeNo: people.head }, decidedOn: '2026-03-03' },
  })
  expect(nextStep(bench.state!)).toBeNull()
  expect(alarmOf(bench.state!)).toBeNull()
})

test('art. 4: who is qualified is put forward for transfer at once, and the centre head counts as the filer', () => {
  const bench = decided(yearOver(), people.head, 'qualified')
  expect(liveOf(bench)).toMatchObject({
    procedure: 'transfer',
    status: 'open',
    stage: 'branch',
    filedBy: people.head,
    early: false,
  })
  expect(nextStep(bench.state!)).toMatchObject({ begin: 'branch', round: 1 })
})

const refusedTransfer = (begin: Bench): Bench => decided(conducted(begin), people.branch, 'reject', 'Not yet.')

test('art. 4: a transfer refused in the time of the review goes back to the review, in its next round', () => {
  const bench = refusedTransfer(decided(yearOver(), people.head, 'qualified'))
  expect(bench.state).toMatchObject({ status: 'on-post', reviews: [{ round: 1 }, { round: 2, stage: null }] })
  const again = conducted(bench)
  expect(openStageOf(again.state!)).toMatchObject({ stage: 'centre-review', round: 2, dueOn: '2026-03-03' })
  expect(decided(again, people.head, 'below-standard', 'Failed again.').state?.status).toBe('exited')
})

test('art. 4: an early transfer that is refused leaves the assistant on the post, and the review comes in its time', () => {
  const bench = decided(transferBranchOpen(), people.branch, 'reject', 'Too early.')
  expect(bench.state).toMatchObject({ status: 'on-post', reviews: [] })
  expect(alarmOf(bench.state!)).toBe('2026-01-02T01:00:00.000Z')
})

test('art. 4: while a transfer is under way the review waits, and is called at once if the transfer fails then', () => {
  const early = {
    type: 'file-transfer',
    early: true,
    grounds: 'Excellent.',
    filedBy: people.filer,
    note: null,
  } as const
  const bench = conducted(done(at(trained(), '2025-12-31T02:00:00.000Z'), early, people.filer))
  expect(openStageOf(bench.state!)?.stage).toBe('branch')
  const late = decided(at(bench, '2026-01-05T01:00:00.000Z'), people.branch, 'reject', 'Too early.')
  expect(late.events.at(-1)).toMatchObject({ type: 'review-called', data: { round: 1 } })
})

test('art. 9: an exit closes the application and the review that were under way', () => {
  const exit = (bench: Bench) =>
    done(
      bench,
      {
        type: 'exit-post',
        ground: 'discipline',
        decidedBy: { body: 'hq', employeeNo: people.hq },
        decidedOn: '2025-03-03' as never,
        reasons: 'Sanctioned.',
        evidence: 'Notice 1',
      },
      people.hq,
    )
  expect(exit(transferBranchOpen()).state).toMatchObject({
    status: 'exited',
    applications: [{}, { status: 'withdrawn', stages: [{ status: 'withdrawn' }] }],
  })
  expect(exit(reviewOpen()).state).toMatchObject({ status: 'exited', reviews: [{ stage: { status: 'closed' } }] })
  expect(exited().state?.exit).toMatchObject({ ground: 'unfit', decidedBy: { body: 'branch' } })
})

test('a moment is written one way, so that the order of texts is the order of time', () => {
  expect(Instant.safeParse('2025-03-03T01:00:00Z').success).toBe(false)
  expect(Instant.safeParse('2025-03-03T09:00:00.000+08:00').success).toBe(false)
  expect(Instant.safeParse('2025-03-03T01:00:00.000Z').success).toBe(true)
})

test('art. 4: the anniversary is the same day of the next year, leap years included', () => {
  const begin = at(emptyBench, '2024-01-15T02:00:00.000Z')
  let bench = conducted(done(begin, onboarding, people.filer))
  bench = conducted(decided(bench, people.branch, 'approve'))
  bench = conducted(decided(bench, people.hq, 'approve'))
  expect(bench.state?.reviewDueOn).toBe('2025-01-15')
})

test('art. 4: a transfer that nobody answers in the time of the review goes back to the review too', () => {
  let bench = conducted(decided(yearOver(), people.head, 'qualified'))
  while (openStageOf(bench.state!) !== null) bench = alarmed(bench)
  expect(bench.events.slice(-2).map(({ type }) => type)).toEqual(['application-expired', 'review-called'])
})

test('art. 9: an exit is decided by someone else, and not in the future', () => {
  const exit = (employeeNo: EmployeeNo, decidedOn: string) =>
    ask(
      onPost(),
      {
        type: 'exit-post',
        ground: 'unfit',
        decidedBy: { body: 'centre', employeeNo },
        decidedOn: Day.parse(decidedOn),
        reasons: 'Unfit.',
        evidence: null,
      },
      employeeNo,
    )
  expect(exit(people.assistant, '2025-03-03')).toMatchObject({ refused: 'four-eyes' })
  expect(exit(people.head, '2025-03-04')).toMatchObject({ refused: 'decided-in-future', pointer: '/decidedOn' })
  expect(exit(people.head, '2025-03-03')).toMatchObject([{ type: 'assistant-exited' }])
})
