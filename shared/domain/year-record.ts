import * as z from 'zod/mini'
import { EmployeeNo } from './ids.ts'
import { Criterion } from './standard.ts'
import { Assessment, Attendance, PlanItem } from './training.ts'

/** What is on file of the time on the post, as those see it who decide on a review, a transfer or a hand-over. */
export const YearRecord = z.object({
  mentor: z.nullable(z.object({ employeeNo: EmployeeNo, name: z.string() })),
  /** Null while there is no plan. */
  trainingPlan: z.nullable(z.object({ version: z.number(), items: z.array(PlanItem) })),
  assessments: z.array(Assessment),
  /** The items that are still to be passed. */
  toPass: z.array(z.string()),
  attendance: Attendance,
  /** The assistant's own scores, never a place among others (art. 8); null where the period has no rules. */
  performance: z.array(z.object({ period: z.string(), score: z.nullable(z.number()) })),
  clients: z.object({ count: z.number(), cap: z.number() }),
  standard: z.array(Criterion),
})
export type YearRecord = z.infer<typeof YearRecord>
