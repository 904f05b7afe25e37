import * as z from 'zod/mini'
import type { Setback } from '../domain/duty.ts'
import { WorkflowStage } from '../domain/kinds.ts'
import { ApplicationId, AssistantId } from '../domain/ids.ts'

/** Where an execution begins, and where it goes after a stage: the next thing that the record lacks. */
export const Beginning = z.enum(['branch', 'hq', 'effect', 'centre-review', 'hand-over'])

/**
 * Input of an execution, and output of every approved stage.
 * `applicationId` is null for a review and a hand-over, which belong to the case and not to an application.
 */
export const WorkflowInput = z.object({
  assistantId: AssistantId,
  applicationId: z.nullable(ApplicationId),
  begin: Beginning,
  /** The round of the stage that begins, counted from 1; 1 for `effect`. */
  round: z.int().check(z.positive()),
})
export type WorkflowInput = z.infer<typeof WorkflowInput>

/** What the workflow hands to `open-stage`; the stage stays open until its task token is answered. */
export const OpenStageTask = z.object({
  ...WorkflowInput.shape,
  begin: WorkflowStage,
  taskToken: z.string().check(z.minLength(1)),
})
export type OpenStageTask = z.infer<typeof OpenStageTask>

/** What the workflow hands to `take-effect`. */
export const TakeEffectTask = z.object({ assistantId: AssistantId, applicationId: ApplicationId })
export type TakeEffectTask = z.infer<typeof TakeEffectTask>

/** Names by which a stage that was not approved ends its task; the state machine catches each of them. */
export const workflowErrors = {
  rejected: 'Rejected',
  returned: 'ReturnedForAmendment',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  belowStandard: 'BelowStandard',
  exited: 'ExitedOtherwise',
  superseded: 'Superseded',
  disputed: 'Disputed',
} as const satisfies Record<Setback, string>
export type WorkflowError = (typeof workflowErrors)[keyof typeof workflowErrors]
