import type { SweepFigures } from '../shared/contracts/metrics.ts'
import { dayOf, daysBetween, type Instant, secondsBetween } from '../shared/domain/time.ts'
import { createAnchors } from './adapters/anchors.ts'
import { createFigures } from './adapters/figures.ts'
import { createSystem, type System } from './adapters/system.ts'
import { createWorkflow } from './adapters/workflow.ts'
import { sweepDue, type Tally } from './sweep-due.ts'

const figuresOf = (
  { now, zone, calendar }: System,
  { done, left, oldestDuty, oldestDecision }: Tally,
): SweepFigures => {
  const at = now()
  const age = (since: Instant | null): number => (since === null ? 0 : secondsBetween(since, at))
  return {
    DutiesDone: done,
    DutiesLeft: left,
    OldestDutyAge: age(oldestDuty),
    OldestDecisionAge: age(oldestDecision),
    CalendarDaysLeft: daysBetween(dayOf(at, zone), calendar.lastDay),
  }
}

/** Does all that is due and returns when nothing is left, or the time given to the function runs out. */
export const sweep =
  (system: System) =>
  async (_event: unknown, context?: { readonly getRemainingTimeInMillis: () => number }): Promise<void> => {
    /** Milliseconds that a page of duties may take: less than that left, and the next sweep goes on. */
    const reserve = 30_000
    const tally = await sweepDue(system, () => context === undefined || context.getRemainingTimeInMillis() > reserve)
    system.figures?.put(figuresOf(system, tally))
  }

export const handler = sweep(
  createSystem({
    variables: process.env,
    workflow: createWorkflow(process.env),
    anchors: createAnchors(process.env),
    figures: createFigures(process.env),
  }),
)
