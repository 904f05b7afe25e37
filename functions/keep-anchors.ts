import { createAnchoring, type Anchoring } from './adapters/anchoring.ts'
import { anchorDue } from './anchor-due.ts'
import { type Invocation, timeLeft } from './work-off.ts'

/** Keeps the heads that are due, until none is left or the time given to the function runs out. */
export const keepAnchors =
  (anchoring: Anchoring) =>
  async (_event: unknown, invocation?: Invocation): Promise<void> => {
    await anchorDue(anchoring, timeLeft(invocation))
  }

export const handler = keepAnchors(createAnchoring(process.env))
