import { anchorDue } from '../../functions/anchor-due.ts'
import { anchoringOf } from '../../functions/adapters/anchoring.ts'
import { createAnchors } from '../../functions/adapters/anchors.ts'
import { createSystem } from '../../functions/adapters/system.ts'
import { createWorkflow } from '../../functions/adapters/workflow.ts'
import { sweep } from '../../functions/sweep.ts'
import { timeLeft } from '../../functions/work-off.ts'
import type { SweepFigures } from '../../shared/contracts/metrics.ts'
import { startedClock } from './clock.ts'

// One call of the sweep's function, in a process of its own that is given as much time as the function is.

/** What a sweep tells of itself as it ends. */
export interface Swept {
  readonly done: number
  readonly left: number
  /** The most that the process ever had of resident memory. */
  readonly peakBytes: number
}

const timeoutMs = Number(process.env['SWEEP_SECONDS']) * 1000

const put = ({ DutiesDone: done, DutiesLeft: left }: SweepFigures): void => {
  const swept: Swept = { done, left, peakBytes: process.resourceUsage().maxRSS * 1024 }
  process.send?.(swept, () => process.disconnect())
}

// Nobody is left to hear of it, be it that this is told or that the benchmark was ended.
process.on('disconnect', () => process.exit())

const system = createSystem({
  variables: process.env,
  workflow: createWorkflow(process.env),
  figures: { put },
  now: startedClock(),
})
// The clock of `performance` began with the process, as a function's time does.
const invocation = { getRemainingTimeInMillis: () => timeoutMs - performance.now() }
// Another function keeps the heads, at the same intervals: here it comes first, for the sweep ends the process.
await anchorDue(anchoringOf(system, createAnchors(process.env)), timeLeft(invocation))
await sweep(system)({}, invocation)
