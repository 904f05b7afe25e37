import { expect, test } from 'vitest'
import { gradeOf, nothingKnown, type Qualifications, standingTo } from '../../shared/domain/standard.ts'
import { Day } from '../../shared/domain/time.ts'
import type { Violation } from '../../shared/domain/violation.ts'
import { policies } from '../../shared/policy/policies.ts'
import { ask, done, people } from '../support/bank.ts'
import {
  consented,
  conducted,
  decided,
  exited,
  onPost,
  reviewOpen,
  trained,
  transferConsented,
} from '../support/cases.ts'

const today = Day.parse('2025-03-03')
const policy = policies.on(today)

const violation = (more: Partial<Violation> = {}): Violation => ({
  reportedBy: people.hq,
  on: Day.parse('2025-03-01'),
  severity: 'minor',
  sanctioned: false,
  sanctionLiftedOn: null,
  description: 'Late.',
  evidence: 'Report 1',
  ...more,
})

const standing = (
  name: string,
  qualifications: Partial<Qualifications> | null,
  violations: readonly Violation[] = [],
) => {
  const state = {
    ...onPost().state!,
    violations,
    qualifications: qualifications && { ...nothingKnown, ...qualifications },
  }
  return standingTo(state, policy, today).find(({ criterion }) => criterion === name)
}

test('the standard names every criterion; what HR has not stated is unknown, never not met', () => {
  const criteria = standingTo(onPost().state!, policy, today)
  expect(criteria.map(({ criterion, standing: stands }) => [criterion, stands])).toEqual([
    ['training', 'not-met'],
    ['experience', 'unknown'],
    ['education', 'unknown'],
    ['lending-qualification', 'unknown'],
    ['conduct', 'met'],
    ['examination', 'unknown'],
  ])
  expect(standingTo(trained().state!, policy, today)[0]).toEqual({
    criterion: 'training',
    standing: 'met',
    from: { planVersion: 1 },
  })
})

test.each([
  ['experience', { yearsInFinance: 2 }, 'met'],
  ['experience', { yearsInFinance: 1.9 }, 'unknown'],
  ['experience', { yearsInFinance: 1.9, yearsInBank: 0.9 }, 'not-met'],
  ['experience', { yearsInBank: 1 }, 'met'],
  ['education', { education: 'below-college' }, 'not-met'],
  ['education', { education: 'college' }, 'met'],
  ['education', { education: 'doctorate' }, 'met'],
  ['lending-qualification', { lendingQualification: true }, 'met'],
  ['lending-qualification', { lendingQualification: false }, 'not-met'],
  ['examination', { examination: { passed: true, takenOn: today, grade: null } }, 'met'],
  ['examination', { examination: { passed: false, takenOn: today, grade: null } }, 'unknown'],
  ['examination', { averageDailyDeposits: 3_000_000 }, 'met'],
  [
    'examination',
    { averageDailyDeposits: 2_999_999.99, examination: { passed: false, takenOn: today, grade: null } },
    'not-met',
  ],
] as const)('%s: from %o it is %s', (name, facts, expected) => {
  expect(standing(name, facts)).toMatchObject({ standing: expected, from: expect.any(Object) })
})

test.each([
  [{}, 'met'],
  [{ sanctioned: true }, 'not-met'],
  [{ sanctioned: true, on: Day.parse('2020-01-01'), sanctionLiftedOn: Day.parse('2023-03-03') }, 'not-met'],
  [{ sanctioned: true, on: Day.parse('2020-01-01'), sanctionLiftedOn: Day.parse('2023-03-02') }, 'met'],
  // As systems write a sanction without an end.
  [{ sanctioned: true, sanctionLiftedOn: Day.parse('9999-12-31') }, 'not-met'],
] as const)('conduct: a violation %o is %s, counting two years from the lifting of a sanction', (more, expected) => {
  expect(standing('conduct', null, [violation(more)])?.standing).toBe(expected)
})

test('the grade is that of the examination, else junior; by the balance route a provisional junior', () => {
  const examination = { passed: true, takenOn: today, grade: null }
  expect(gradeOf(null, policy)).toBeNull()
  expect(gradeOf({ ...nothingKnown, examination }, policy)).toBe('junior')
  expect(gradeOf({ ...nothingKnown, examination: { ...examination, grade: 'senior' } }, policy)).toBe('senior')
  expect(gradeOf({ ...nothingKnown, averageDailyDeposits: 4_000_000 }, policy)).toBe('provisional-junior')
  const failed = { ...examination, passed: false, grade: 'senior' as const }
  expect(gradeOf({ ...nothingKnown, examination: failed, averageDailyDeposits: 3_000_000 }, policy)).toBe(
    'provisional-junior',
  )
})

test('a transfer that takes effect records the grade', () => {
  const qualifications = {
    ...nothingKnown,
    examination: { passed: true, takenOn: today, grade: 'intermediate' as const },
  }
  const bench = conducted(done(transferConsented(), { type: 'record-qualifications', qualifications }, people.hq))
  expect(bench.state).toMatchObject({ status: 'transferred', grade: 'intermediate' })
  expect(conducted(transferConsented()).state).toMatchObject({ status: 'transferred', grade: null })
})

test('art. 4: what a review or a consent to a transfer decides keeps how the assistant stood to the standard that day', () => {
  const reviewed = decided(reviewOpen(), people.head, 'qualified')
  const event = reviewed.events.findLast(({ type }) => type === 'stage-decided')
  expect(event?.data).toMatchObject({ standard: [{ criterion: 'training', standing: 'met' }, {}, {}, {}, {}, {}] })
  const onboarding = consented().events.findLast(({ type }) => type === 'stage-decided')
  expect(onboarding?.data).toMatchObject({ standard: null })
})

const report = (bench: ReturnType<typeof onPost>, more: Partial<Violation> = {}) =>
  ask(bench, { type: 'record-violation', violation: violation(more) }, people.hq)

test('art. 9 (1): a serious violation that was punished ends the post at once; a minor or unpunished one is kept', () => {
  const bench = onPost()
  expect(report(bench)).toMatchObject([{ type: 'violation-recorded' }])
  expect(report(bench, { severity: 'serious' })).toMatchObject([{ type: 'violation-recorded' }])
  expect(report(bench, { sanctioned: true })).toMatchObject([{ type: 'violation-recorded' }])
  const [recorded, exit, ...others] = report(bench, { severity: 'serious', sanctioned: true }) as readonly unknown[]
  expect(recorded).toMatchObject({ type: 'violation-recorded', data: { severity: 'serious' } })
  expect(exit).toMatchObject({ type: 'assistant-exited', data: { ground: 'discipline', employeeNo: people.hq } })
  expect(others).toEqual([])
})

test('a violation is not reported from the future, by the assistant, or with a sanction that contradicts itself', () => {
  const bench = onPost()
  expect(report(bench, { on: Day.parse('2025-03-04') })).toMatchObject({ refused: 'date-in-future', pointer: '/on' })
  expect(report(bench, { reportedBy: people.assistant })).toMatchObject({ refused: 'four-eyes' })
  const lifted = Day.parse('2025-03-02')
  expect(report(bench, { sanctionLiftedOn: lifted })).toMatchObject({ refused: 'sanction-contradicts' })
  expect(report(bench, { sanctioned: true, sanctionLiftedOn: Day.parse('2025-02-28') })).toMatchObject({
    refused: 'sanction-contradicts',
  })
  expect(report(exited())).toMatchObject({ refused: 'not-on-post' })
})

test('the same qualifications again change nothing', () => {
  const bench = done(onPost(), { type: 'record-qualifications', qualifications: nothingKnown }, people.hq)
  expect(ask(bench, { type: 'record-qualifications', qualifications: nothingKnown }, people.hq)).toEqual([])
})

test('no examination was taken in the future', () => {
  const taken = (takenOn: string) =>
    ask(
      onPost(),
      {
        type: 'record-qualifications',
        qualifications: { ...nothingKnown, examination: { passed: true, takenOn: Day.parse(takenOn), grade: null } },
      },
      people.hq,
    )
  expect(taken('2025-03-04')).toMatchObject({ refused: 'date-in-future', pointer: '/examination/takenOn' })
  expect(taken('2025-03-03')).toMatchObject([{ type: 'qualifications-recorded' }])
})
