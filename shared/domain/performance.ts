import * as z from 'zod/mini'
import type { CentreId, EmployeeNo, TeamId } from './ids.ts'
import type { Team } from './organisation.ts'
import { addDays, addMonths, type Day } from './time.ts'

/** A quarter by the calendar: `2026-Q3`. */
export const Period = z
  .string()
  .check(z.regex(/^\d{4}-Q[1-4]$/))
  .brand<'Period'>()
export type Period = z.infer<typeof Period>

/** The month in which a quarter begins. */
const firstMonths = { 1: '01', 2: '04', 3: '07', 4: '10' } as const

export const firstDayOf = (period: Period): Day =>
  `${period.slice(0, 4)}-${firstMonths[Number(period.at(-1)) as keyof typeof firstMonths]}-01` as Day

export const lastDayOf = (period: Period): Day => addDays(addMonths(firstDayOf(period), 3), -1)

/** One thing that is measured, in a unit of its own. */
export interface Metric {
  readonly id: string
  readonly name: string | null
  /** Its part of the score; all weights are 1 in sum. */
  readonly weight: number
  /** What scores 100 points. */
  readonly target: number
  /** The most points that it scores; null for no limit. */
  readonly cap: number | null
}

/** The rules by which everyone's performance of a period is scored (art. 8). */
export interface PerformanceRules {
  readonly metrics: readonly Metric[]
}

/** What someone achieved, by metric. */
export type Figures = Readonly<Record<string, number>>

/** Whose performance is scored, as they stood in the period. */
export interface Assessed {
  readonly employeeNo: EmployeeNo
  readonly name: string
  readonly post: 'assistant' | 'relationship-manager'
  readonly centreId: CentreId
  readonly teamId: TeamId | null
}

/** Someone with what they achieved. */
export interface Result extends Assessed {
  readonly figures: Figures
}

/** Digits that a sum of products has for certain: what lies behind them is the error of binary fractions. */
const certainDigits = 14

/** With two decimals, as by hand: what is half a hundredth in decimals goes up. */
const rounded = (points: number): number => Math.round(Number((points * 100).toPrecision(certainDigits))) / 100

/** Points of one metric: achieved ÷ target × 100, up to the cap. What is not stated was not achieved. */
const pointsOf = ({ id, target, cap }: Metric, figures: Figures): number =>
  Math.min(((Object.hasOwn(figures, id) ? (figures[id] ?? 0) : 0) / target) * 100, cap ?? Infinity)

/** Everyone's score by the same rules (art. 8), with two decimals. */
export const scoreOf = ({ metrics }: PerformanceRules, figures: Figures): number =>
  rounded(metrics.reduce((sum, metric) => sum + metric.weight * pointsOf(metric, figures), 0))

export interface ScoredMember extends Omit<Assessed, 'centreId'> {
  readonly score: number
  /** Among the relationship managers of the centre: equal scores have equal ranks. Null for assistants (art. 8). */
  readonly rank: number | null
}

export interface ScoredTeam {
  readonly id: TeamId
  readonly name: string
  /** Of all its members, the assistants included (art. 8). */
  readonly score: number
  readonly average: number | null
  readonly members: readonly EmployeeNo[]
}

export interface PerformanceReport {
  /** By employee number, so that the order says nothing about anyone's score. */
  readonly members: readonly ScoredMember[]
  readonly teams: readonly ScoredTeam[]
}

/** A centre's report of a period: scores of everyone, ranks of relationship managers alone, teams with assistants. */
export const reportOf = (
  rules: PerformanceRules,
  results: readonly Result[],
  teams: readonly Team[],
): PerformanceReport => {
  const scored = results
    .map(({ employeeNo, name, post, teamId, figures }) => ({
      employeeNo,
      name,
      post,
      teamId,
      score: scoreOf(rules, figures),
    }))
    .toSorted((a, b) => (a.employeeNo < b.employeeNo ? -1 : 1))
  const ranked = scored.filter(({ post }) => post === 'relationship-manager').map(({ score }) => score)
  const rankOf = (score: number): number => 1 + ranked.filter((other) => other > score).length
  return {
    members: scored.map((member) => ({ ...member, rank: member.post === 'assistant' ? null : rankOf(member.score) })),
    teams: teams.map(({ id, name }) => {
      const members = scored.filter(({ teamId }) => teamId === id)
      const score = rounded(members.reduce((sum, member) => sum + member.score, 0))
      const average = members.length === 0 ? null : rounded(score / members.length)
      return { id, name, score, average, members: members.map(({ employeeNo }) => employeeNo) }
    }),
  }
}
