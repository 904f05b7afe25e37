import { errorName, type Log, type LogFacts } from './adapters/log.ts'
import { StageSetback } from './rejoin.ts'

/**
 * Does a task of the workflow and notes what came of it. What it throws goes on to the workflow, which tries again or
 * catches it; the runtime's own line of it knows no case.
 */
export const noted = async (log: Log, facts: LogFacts, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
    log.info('Did a task.', facts)
  } catch (error) {
    if (error instanceof StageSetback) log.info('A task ended otherwise.', { ...facts, outcome: error.name })
    else log.warn('A task failed.', { ...facts, error: errorName(error) })
    throw error
  }
}
