import { expect, test } from 'vitest'
import type { AssistantCase } from '../../shared/domain/assistant.ts'
import type { Command } from '../../shared/domain/commands.ts'
import { dutiesOf } from '../../shared/domain/duties.ts'
import type { Duty } from '../../shared/domain/duty.ts'
import { evolve } from '../../shared/domain/evolve.ts'
import { Day } from '../../shared/domain/time.ts'
import { at, type Bench, done, organisation, people } from '../support/bank.ts'
import {
  alarmed,
  branchOpen,
  conducted,
  decided,
  hqPending,
  liveOf,
  onPost,
  returnedByBranch,
  reviewOpen,
  transferBranchOpen,
} from '../support/cases.ts'

const dutiesAfter = ({ events }: Bench, last: number, bank = organisation): readonly Duty[] => {
  let before: AssistantCase | null = null
  for (const event of events.slice(0, -last)) before = evolve(before, event)
  return dutiesOf(before, events.slice(-last), bank)
}

const mails = (duties: readonly Duty[]) =>
  duties.flatMap((duty) => {
    if (duty.kind === 'send-digest') return [`digest > ${duty.to}`]
    return duty.kind === 'send-mail' ? [`${duty.notice} > ${duty.to}`] : []
  })

const resumptions = (duties: readonly Duty[]) =>
  duties.flatMap((duty) =>
    duty.kind === 'resume-workflow'
      ? [`${duty.ended?.stage ?? '-'} ${duty.setback ?? '-'} ${duty.next?.begin ?? '-'}`]
      : [],
  )

const exit: Command = {
  type: 'exit-post',
  ground: 'discipline',
  decidedBy: { body: 'hq', employeeNo: people.hq },
  decidedOn: Day.parse('2025-03-03'),
  reasons: 'Sanctioned.',
  evidence: 'Notice 1',
}

const withdrawn = (bench: Bench): Bench =>
  done(bench, { type: 'withdraw', applicationId: liveOf(bench).id, reason: 'Changed.' }, people.filer)

test('a withdrawal disturbs nobody who waits for nothing: after a return, and before HQ is asked', () => {
  for (const bench of [withdrawn(returnedByBranch()), withdrawn(hqPending())]) {
    expect(mails(dutiesAfter(bench, 1))).toEqual([])
    expect(resumptions(dutiesAfter(bench, 1))).toEqual([])
  }
})

test('art. 9: below the standard ends the task of the review by its error, once, and is told as an exit', () => {
  const bench = decided(at(reviewOpen(), '2026-03-03T02:00:00.000Z'), people.head, 'below-standard', 'Failed.')
  const duties = dutiesAfter(bench, 2)
  expect(resumptions(duties)).toEqual(['centre-review belowStandard -'])
  const told = ['Q1', 'Q2', 'B1', 'B2', 'H1'].map((person) => `exited > ${person}`)
  expect(mails(duties)).toEqual(['receipt > H1', ...told])
})

test.each([
  ['the application', transferBranchOpen, 'branch exited -'],
  ['the review', reviewOpen, 'centre-review exited -'],
])('art. 9: an exit ends the task of %s that was under way', (_, make, ended) => {
  expect(resumptions(dutiesAfter(done(make(), exit, people.hq), 1))).toEqual([ended])
})

test('art. 9: an exit between procedures has no task to end', () => {
  expect(resumptions(dutiesAfter(done(onPost(), exit, people.hq), 1))).toEqual([])
})

test('whoever is told twice over is mailed once', () => {
  const bench = decided(branchOpen(), people.branch, 'reject', 'No vacancy.')
  const filerIsHead = { ...organisation, centre: { ...organisation.centre, head: people.filer } }
  expect(mails(dutiesAfter(bench, 1, filerIsHead))).toEqual(['receipt > B1', 'decided > B2', 'rejected > F1'])
  const manyHats = { ...organisation, hq: { ...organisation.hq, approvers: [people.branch] } }
  expect(mails(dutiesAfter(done(onPost(), exit, people.hq), 1, manyHats))).toEqual([
    'exited > B1',
    'exited > B2',
    'exited > H1',
  ])
})

test('art. 4: a transfer refused in the time of the review ends its task and starts the review anew', () => {
  const put = conducted(decided(reviewOpen(), people.head, 'qualified'))
  const refused = decided(put, people.branch, 'reject', 'Not yet.')
  const duties = dutiesAfter(refused, 2)
  expect(resumptions(duties)).toEqual(['branch rejected -', '- - centre-review'])
  // The centre head put the assistant forward, and counts as the filer.
  expect(mails(duties)).toEqual(['receipt > B1', 'decided > B2', 'rejected > H1'])
})

test('a returned application that lapses is told, and no task waits for it', () => {
  const duties = dutiesAfter(alarmed(returnedByBranch()), 1)
  expect(mails(duties)).toEqual(['expired > F1', 'expired > H1'])
  expect(resumptions(duties)).toEqual([])
})

test('art. 4: an overdue review is told to the branch, then to HQ, and the centre head is reminded each time', () => {
  let bench = reviewOpen()
  const escalations: string[][] = []
  for (let step = 0; step < 4; step += 1) {
    bench = alarmed(bench)
    escalations.push([...mails(dutiesAfter(bench, 1))])
  }
  expect(escalations).toEqual([
    ['digest > H1'],
    ['digest > H1'],
    ['digest > H1', 'digest > B1', 'digest > B2'],
    ['digest > H1', 'digest > Q1', 'digest > Q2'],
  ])
})
