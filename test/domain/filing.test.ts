import { expect, test } from 'vitest'
import type { Particulars } from '../../shared/domain/events.ts'
import { type EmployeeNo, TeamId } from '../../shared/domain/ids.ts'
import { CalendarNotPublished } from '../../shared/domain/working-calendar.ts'
import {
  ask,
  at,
  type Bench,
  done,
  emptyBench,
  onboarding,
  organisation,
  particulars,
  people,
} from '../support/bank.ts'
import { conducted, decided, reviewOpen, trained } from '../support/cases.ts'

const file = (bench: Bench, changes: Partial<Particulars>, purpose = onboarding.purpose) =>
  ask(bench, { ...onboarding, purpose, particulars: { ...particulars, ...changes } }, people.filer)

test.each(['行政助理', '中心文员', 'Clerical work', 'administrative support', '内勤及文秘', '中心秘书'])(
  'art. 2: the post is not for %s',
  (purpose) => {
    expect(file(emptyBench, {}, purpose)).toMatchObject({ refused: 'clerical-purpose', pointer: '/purpose' })
  },
)

test.each(['培养为私钻客户经理', 'Training to become a relationship manager'])(
  'art. 2: the aim is training: %s',
  (purpose) => {
    expect(file(emptyBench, {}, purpose)).toMatchObject([{ type: 'onboarding-filed', data: { purpose } }])
  },
)

test('art. 3: another source needs an explanation', () => {
  const refused = { refused: 'source-unexplained', pointer: '/assistant/sourceNote' }
  expect(file(emptyBench, { source: 'other' })).toMatchObject(refused)
  expect(file(emptyBench, { source: 'other', sourceNote: 'Exchange with HQ' })).toMatchObject([
    { type: 'onboarding-filed' },
  ])
})

test('art. 8: in a centre with team leaders an assistant belongs to one of its teams', () => {
  const team = { id: TeamId.parse('T1'), name: 'Team 1', leader: people.head }
  const teamed = { ...emptyBench, organisation: { ...organisation, centre: { ...organisation.centre, teams: [team] } } }
  expect(file(teamed, {})).toMatchObject({ refused: 'team-required' })
  expect(file(teamed, { teamId: TeamId.parse('T2') })).toMatchObject({ refused: 'unknown-team' })
  expect(file(teamed, { teamId: team.id })).toMatchObject([{ type: 'onboarding-filed' }])
  expect(file(emptyBench, { teamId: team.id })).toMatchObject({ refused: 'unknown-team' })
})

const withApprovers = (branch: readonly EmployeeNo[], hq: readonly EmployeeNo[]): Bench => ({
  ...emptyBench,
  organisation: {
    ...organisation,
    branch: { ...organisation.branch, approvers: branch },
    hq: { ...organisation.hq, approvers: hq },
  },
})

test.each([
  ['nobody at the branch', [], [people.hq]],
  ['nobody at HQ', [people.branch], []],
  ['the filer alone at the branch', [people.filer], [people.hq]],
  ['the assistant alone at HQ', [people.branch], [people.assistant]],
  ['one and the same person at both', [people.branch], [people.branch]],
])('art. 7: nothing is filed that nobody could consent to: %s', (_, branch, hq) => {
  expect(file(withApprovers(branch, hq), {})).toMatchObject({ refused: 'no-approver' })
})

test('art. 7: two people are enough, even where each could decide both stages', () => {
  const both = [people.branch, people.hq]
  expect(file(withApprovers(both, both), {})).toMatchObject([{ type: 'onboarding-filed' }])
})

const transfer = (bench: Bench, early: boolean, grounds: string | null) =>
  ask(bench, { type: 'file-transfer', early, grounds, filedBy: people.filer, note: null }, people.filer)

test('art. 4: an early transfer needs written grounds, and one that is not early waits for the review', () => {
  expect(transfer(trained(), true, null)).toMatchObject({ refused: 'grounds-required' })
  expect(transfer(trained(), false, null)).toMatchObject({ refused: 'year-not-over', facts: { dueOn: '2026-03-03' } })
  expect(transfer(trained(), true, 'Best of the year')).toMatchObject([
    { type: 'transfer-filed', data: { early: true } },
  ])
})

test('deadlines beyond the published calendar are refused when the application is filed', () => {
  // Branch and HQ may take 25 working days together.
  expect(file(at(emptyBench, '2026-11-26T01:00:00.000Z'), {})).toMatchObject([{ type: 'onboarding-filed' }])
  expect(() => file(at(emptyBench, '2026-11-27T01:00:00.000Z'), {})).toThrow(CalendarNotPublished)
})

test('nothing is decided that would begin what has no published deadline', () => {
  const late = '2026-12-21T01:00:00.000Z'
  // Filed in time, opened late by the workflow, and within its own days still.
  const filedInTime = done(at(emptyBench, '2026-11-26T01:00:00.000Z'), onboarding, people.filer)
  const open = at(conducted(at(filedInTime, '2026-12-10T01:00:00.000Z')), late)
  expect(() => decided(open, people.branch, 'approve')).toThrow(CalendarNotPublished)
  expect(() => decided(open, people.branch, 'return', 'Unclear.')).toThrow(CalendarNotPublished)
  expect(() => decided(at(reviewOpen(), late), people.head, 'qualified')).toThrow(CalendarNotPublished)
  expect(decided(open, people.branch, 'reject', 'No.').state?.status).toBe('not-appointed')
})
