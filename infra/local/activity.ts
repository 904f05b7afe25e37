import { setImmediate as nextTurn } from 'node:timers/promises'

/** Counts what is under way, and tells when nothing is. */
export interface Activity {
  /** Begins something; what it returns ends it (calling that again does nothing). */
  readonly begin: () => () => void
  readonly idle: () => Promise<void>
}

export const createActivity = (): Activity => {
  let underWay = 0
  let waiting: (() => void)[] = []

  const begin = (): (() => void) => {
    underWay += 1
    let ended = false
    return () => {
      if (ended) return
      ended = true
      underWay -= 1
      if (underWay > 0) return
      for (const resume of waiting) resume()
      waiting = []
    }
  }

  const idle = async (): Promise<void> => {
    if (underWay > 0) await new Promise<void>((resolve) => waiting.push(resolve))
    // What has just ended may begin something in the promises that hang on it: they all run before the next turn.
    await nextTurn()
    if (underWay > 0) await idle()
  }

  return { begin, idle }
}
