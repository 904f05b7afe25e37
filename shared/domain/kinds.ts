import * as z from 'zod/mini'
import { EmployeeNo } from './ids.ts'

// Apart from the events, whose schemas are many and which a running function takes as they were recorded.

/** The two kinds of assistant (art. 8). */
export const Track = z.enum(['private-bank', 'diamond'])
export type Track = z.infer<typeof Track>

/** Where an assistant comes from (art. 3). */
export const Source = z.enum(['graduate-programme', 'sub-branch-transfer', 'external-hire', 'other'])
export type Source = z.infer<typeof Source>

export const Procedure = z.enum(['onboarding', 'transfer'])
export type Procedure = z.infer<typeof Procedure>

/** The consents of an application, in this order (art. 7). */
export const ApplicationStage = z.enum(['branch', 'hq'])
export type ApplicationStage = z.infer<typeof ApplicationStage>

/** What the workflow comes to: the two consents, the review at the end of the year, the hand-over of an exit. */
export const WorkflowStage = z.enum(['branch', 'hq', 'centre-review', 'hand-over'])
export type WorkflowStage = z.infer<typeof WorkflowStage>

/** Whatever someone is asked to decide: the stages of the workflow, and the dispute of a decision. */
export const Stage = z.enum([...WorkflowStage.options, 'dispute'])
export type Stage = z.infer<typeof Stage>

export const Decision = z.enum(['approve', 'reject', 'return', 'qualified', 'below-standard', 'uphold', 'annul'])
export type Decision = z.infer<typeof Decision>

/** Why an assistant leaves the post otherwise than by transfer (art. 9). */
export const ExitGround = z.enum(['discipline', 'below-standard', 'unfit'])
export type ExitGround = z.infer<typeof ExitGround>

/** The level of the bank that acts or is told. */
export const Body = z.enum(['hq', 'branch', 'centre'])
export type Body = z.infer<typeof Body>

/** By which way something reached the record. */
export const Channel = z.enum(['api', 'page', 'reply', 'mail', 'workflow', 'time'])
export type Channel = z.infer<typeof Channel>

/** Who did it: an employee, or the system itself where time or the workflow did. */
export const Actor = z.union([EmployeeNo, z.literal('system')])
export type Actor = z.infer<typeof Actor>
