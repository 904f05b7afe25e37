import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { CentreId, EmployeeNo, TeamId } from '../../shared/domain/ids.ts'
import {
  firstDayOf,
  lastDayOf,
  type PerformanceRules,
  Period,
  reportOf,
  type Result,
  scoreOf,
} from '../../shared/domain/performance.ts'

const metric = (id: string, weight: number, target: number, cap: number | null = null) => ({
  id,
  name: null,
  weight,
  target,
  cap,
})

const rules: PerformanceRules = { metrics: [metric('deals', 0.6, 10, 120), metric('satisfaction', 0.4, 80)] }
const teams = ['T1', 'T2'].map((id) => ({ id: TeamId.parse(id), name: id, leader: EmployeeNo.parse(`L${id}`) }))

test('a metric scores achieved ÷ target × 100 up to its cap; the score is their weighted sum', () => {
  expect(scoreOf(rules, { deals: 10, satisfaction: 80 })).toBe(100)
  expect(scoreOf(rules, { deals: 20, satisfaction: 40 })).toBe(92)
  expect(scoreOf(rules, { deals: 5 })).toBe(30)
  expect(scoreOf({ metrics: [metric('constructor', 1, 1)] }, {})).toBe(0)
})

test('art. 8: a score has two decimals, rounded as by hand: half a hundredth goes up', () => {
  const tenths = fc.integer({ min: 0, max: 2000 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), tenths, tenths, (percent, first, second) => {
      const metrics = [metric('a', percent / 100, 100), metric('b', (100 - percent) / 100, 100)]
      const thousandths = percent * first + (100 - percent) * second
      const byHand = Math.floor((thousandths + 5) / 10) / 100
      expect(scoreOf({ metrics }, { a: first / 10, b: second / 10 })).toBe(byHand)
    }),
    { numRuns: 1000 },
  )
})

test('a period is a quarter', () => {
  const period = Period.parse('2026-Q1')
  expect([firstDayOf(period), lastDayOf(period)]).toEqual(['2026-01-01', '2026-03-31'])
  expect(lastDayOf(Period.parse('2026-Q4'))).toBe('2026-12-31')
  expect(Period.safeParse('2026-Q5').success).toBe(false)
})

const person = fc.record({
  post: fc.constantFrom<Result['post']>('assistant', 'relationship-manager'),
  teamId: fc.constantFrom(...teams.map(({ id }) => id)),
  // Few values, so that scores are equal often.
  figures: fc.record({ deals: fc.integer({ min: 0, max: 12 }), satisfaction: fc.constantFrom(40, 60, 80) }),
})

const centre = fc.array(person, { minLength: 1, maxLength: 30 }).map((people) =>
  people.map((one, index): Result => ({
    ...one,
    employeeNo: EmployeeNo.parse(`E${String(index).padStart(2, '0')}`),
    name: `Person ${index}`,
    centreId: CentreId.parse('C1'),
  })),
)

/** Ranks as one would find them by hand: sorted downwards, equal scores share the place of the first. */
const ranksByHand = (results: readonly Result[]): ReadonlyMap<string, number> => {
  const scores = results
    .filter(({ post }) => post === 'relationship-manager')
    .map((one) => {
      const deals = Math.min((one.figures['deals']! / 10) * 100, 120) * 0.6
      const satisfaction = (one.figures['satisfaction']! / 80) * 100 * 0.4
      return { employeeNo: one.employeeNo, score: Number((deals + satisfaction).toFixed(2)) }
    })
    .toSorted((a, b) => b.score - a.score)
  const ranks = new Map<string, number>()
  scores.forEach(({ employeeNo, score }, index) => {
    const above = scores[index - 1]
    ranks.set(employeeNo, above?.score === score ? ranks.get(above.employeeNo)! : index + 1)
  })
  return ranks
}

test('art. 8: ranks are those of the relationship managers alone, whether assistants are listed or not', () => {
  fc.assert(
    fc.property(centre, (results) => {
      const { members } = reportOf(rules, results, teams)
      const byHand = ranksByHand(results)
      for (const { employeeNo, post, rank } of members)
        expect(rank).toBe(post === 'assistant' ? null : byHand.get(employeeNo))
      const managers = results.filter(({ post }) => post === 'relationship-manager')
      const alone = reportOf(rules, managers, teams).members
      expect(alone).toEqual(members.filter(({ post }) => post === 'relationship-manager'))
    }),
    { numRuns: 300 },
  )
})

test('art. 8: the order of a report is the same whatever anyone scores', () => {
  fc.assert(
    fc.property(
      centre,
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 30, maxLength: 30 }),
      (results, other) => {
        const orderOf = (some: readonly Result[]) =>
          reportOf(rules, some, teams).members.map(({ employeeNo }) => employeeNo)
        const changed = results.map((one, index) => ({ ...one, figures: { deals: other[index]!, satisfaction: 80 } }))
        expect(orderOf(changed.toReversed())).toEqual(orderOf(results))
      },
    ),
  )
})

test('art. 8: a team is its members, the assistants among them', () => {
  fc.assert(
    fc.property(centre, (results) => {
      const { members, teams: scored } = reportOf(rules, results, teams)
      for (const { id, score, average, members: numbers } of scored) {
        const mine = members.filter(({ teamId }) => teamId === id)
        const sum = mine.reduce((total, one) => total + one.score, 0)
        expect(numbers).toEqual(mine.map(({ employeeNo }) => employeeNo))
        expect(score).toBeCloseTo(sum, 2)
        expect(average === null).toBe(mine.length === 0)
      }
    }),
  )
})
