import type { SweepFigures } from '../shared/contracts/metrics.ts'
import { dayOf, daysBetween, type Instant, secondsBetween } from '../shared/domain/time.ts'
import { createFigures } from './adapters/figures.ts'
import { createSystem, type System } from './adapters/system.ts'
import { createWorkflow } from './adapters/workflow.ts'
import { sweepDue } from './sweep-due.ts'
import { type Invocation, older, type Tally, timeLeft } from './work-off.ts'

const figuresOf = (
  { now, zone, calendar }: System,
  { done, left, oldestDuty, oldestDecision }: Tally,
  oldestHead: Instant | null,
): SweepFigures => {
  const at = now()
  const age = (since: Instant | null): number => (since === null ? 0 : secondsBetween(since, at))
  return {
    DutiesDone: done,
    DutiesLeft: left,
    OldestDutyAge: age(older(oldestDuty, oldestHead)),
    OldestDecisionAge: age(oldestDecision),
    CalendarDaysLeft: daysBetween(dayOf(at, zone), calendar.lastDay),
  }
}

/** Does all that is due and returns when nothing is left, or the time given to the function runs out. */
export const sweep =
  (system: System) =>
  async (_event: unknown, invocation?: Invocation): Promise<void> => {
    const tally = await sweepDue(system, timeLeft(invocation))
    // Whoever keeps the heads may not even run: somebody else has to say so.
    const [head] = await system.anchorings.due(system.now(), 1)
    system.figures?.put(figuresOf(system, tally, head?.dueAt ?? null))
  }

export const handler = sweep(
  createSystem({
    variables: process.env,
    workflow: createWorkflow(process.env),
    figures: createFigures(process.env),
  }),
)
