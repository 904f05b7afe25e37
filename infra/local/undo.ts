type Step = () => void | Promise<void>

/** What has to be undone, the last first, when the system stops or can't start after all. */
export interface Undo {
  readonly push: (step: Step) => void
  readonly all: () => Promise<void>
}

export const createUndo = (): Undo => {
  const steps: Step[] = []
  let undone: Promise<void> | undefined

  const undoAll = async (): Promise<void> => {
    const failures: unknown[] = []
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      try {
        await step()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.')
  }

  return {
    push: (step) => {
      steps.push(step)
    },
    // Whoever asks again waits for the same end: two at once would take turns at the steps.
    all: () => (undone ??= undoAll()),
  }
}
