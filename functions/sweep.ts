import { createAnchors } from './adapters/anchors.ts'
import { createSystem, type System } from './adapters/system.ts'
import { createWorkflow } from './adapters/workflow.ts'
import { sweepDue } from './sweep-due.ts'

/** Does all that is due and returns when nothing is left, or the time given to the function runs out. */
export const sweep =
  (system: System) =>
  async (_event: unknown, context?: { readonly getRemainingTimeInMillis: () => number }): Promise<void> => {
    /** Milliseconds that a page of duties may take: less than that left, and the next sweep goes on. */
    const reserve = 30_000
    await sweepDue(system, () => context === undefined || context.getRemainingTimeInMillis() > reserve)
  }

export const handler = sweep(
  createSystem({
    variables: process.env,
    workflow: createWorkflow(process.env),
    anchors: createAnchors(process.env),
  }),
)
