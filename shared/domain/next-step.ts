import {
  type AssistantCase,
  handOverOf,
  hasClientsLeft,
  liveApplication,
  liveDispute,
  liveReview,
} from './assistant.ts'
import type { ApplicationId } from './ids.ts'

/** Where the workflow can begin: a stage to open, or the effect of both consents. */
export type Beginning = 'branch' | 'hq' | 'effect' | 'centre-review' | 'hand-over'

/** What the workflow has to do next for a case. */
export interface NextStep {
  readonly applicationId: ApplicationId | null
  readonly begin: Beginning
  /** The round of the stage; 1 for the effect. */
  readonly round: number
}

/**
 * The point that a case has reached, as the workflow sees it: what an execution started now has to begin with.
 * Null while nothing waits for the workflow: between procedures, while returned to HR, while a decision is disputed, and
 * after the end.
 */
export const nextStep = (state: AssistantCase): NextStep | null => {
  if (liveDispute(state) !== null) return null
  const application = liveApplication(state)
  if (application !== null) {
    const { id, status, stage, round } = application
    if (status === 'approved') return { applicationId: id, begin: 'effect', round: 1 }
    return status === 'open' ? { applicationId: id, begin: stage, round } : null
  }
  const handOver = handOverOf(state)
  if (handOver && hasClientsLeft(state)) return { applicationId: null, begin: 'hand-over', round: handOver.round }
  const review = state.status === 'on-post' ? liveReview(state) : null
  return review === null ? null : { applicationId: null, begin: 'centre-review', round: review.round }
}

export const isSameStep = (a: NextStep, b: NextStep): boolean =>
  a.applicationId === b.applicationId && a.begin === b.begin && a.round === b.round
