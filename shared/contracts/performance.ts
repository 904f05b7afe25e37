import * as z from 'zod'
import { Period } from '../domain/performance.ts'
import { mistakeTexts, type Mistake } from '../text/mistakes.ts'
import { distinct, employeeNo, line, code, teamId } from './fields.ts'

/** The largest amount, so that no sum leaves what a number can hold exactly enough. */
const most = 1e12

const weightsAreWhole = (metrics: readonly { readonly weight: number }[]): boolean =>
  Math.abs(metrics.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9

export const period = z
  .string()
  .refine((text) => Period.safeParse(text).success, { error: 'period' satisfies Mistake })
  .meta({ description: mistakeTexts.en.period, pattern: '^\\d{4}-Q[1-4]$' }) as unknown as z.ZodType<Period, string>

const Metric = z.strictObject({
  id: code,
  name: line(50).nullish(),
  weight: z.number().gt(0).max(1),
  target: z.number().min(1e-6).max(most),
  cap: z.number().min(0).max(10_000).nullish(),
})

export const PerformanceRulesBody = z.strictObject({
  metrics: distinct(Metric, 20, ({ id }) => id)
    .min(1)
    .refine(weightsAreWhole, { error: 'weights' satisfies Mistake }),
})

export const PerformanceRulesView = PerformanceRulesBody.extend({ period }).meta({ id: 'PerformanceRules' })

export const PerformanceResultBody = z.strictObject({
  by: employeeNo.optional(),
  metrics: z.record(code, z.number().min(-most).max(most)),
})

export const PerformanceResultView = z
  .object({ period, employeeNo, metrics: z.record(z.string(), z.number()), score: z.number() })
  .meta({ id: 'PerformanceResult' })

export const PerformanceReportView = z
  .object({
    period,
    /** By employee number. An assistant's rank is always null (art. 8). */
    members: z.array(
      z.object({
        employeeNo,
        name: z.string(),
        post: z.enum(['assistant', 'relationship-manager']),
        teamId: teamId.nullable(),
        score: z.number(),
        rank: z.int().nullable(),
      }),
    ),
    /** Each with its assistants: the sum of its members' scores, and their average. */
    teams: z.array(
      z.object({
        id: teamId,
        name: z.string(),
        score: z.number(),
        average: z.number().nullable(),
        members: z.array(employeeNo),
      }),
    ),
  })
  .meta({ id: 'PerformanceReport' })
