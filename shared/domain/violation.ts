import * as z from 'zod/mini'
import { EmployeeNo } from './ids.ts'
import { Day } from './time.ts'

export const Severity = z.enum(['minor', 'serious'])
export type Severity = z.infer<typeof Severity>

/** What the risk department or HR reports of someone's conduct. */
export const Violation = z.object({
  reportedBy: EmployeeNo,
  /** The day of the violation. */
  on: Day,
  severity: Severity,
  /** Whether it was punished. */
  sanctioned: z.boolean(),
  /** The day on which the sanction was lifted; null while it stands, or where there is none. */
  sanctionLiftedOn: z.nullable(Day),
  description: z.string(),
  evidence: z.string(),
})
export type Violation = z.infer<typeof Violation>

/** Whether someone punished for it leaves the post, without any further vote (art. 9). */
export const endsThePost = ({ severity, sanctioned }: Violation): boolean => severity === 'serious' && sanctioned
