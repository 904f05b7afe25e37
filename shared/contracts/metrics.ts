/** What each sweep measures, by the names under which alarms and the dashboard find it. */
export interface SweepFigures {
  /** What was due and is done. */
  readonly DutiesDone: number
  /** What was due and is left to a later sweep, because it failed or its effect does not show yet. */
  readonly DutiesLeft: number
  /** Seconds for which the oldest of those has been owed; 0 where none is. */
  readonly OldestDutyAge: number
  /** Seconds since the oldest decision of which the workflow shows no sign; 0 where there is none. */
  readonly OldestDecisionAge: number
  /** Days until the published working calendar ends. */
  readonly CalendarDaysLeft: number
}

/** Under which CloudWatch keeps them, beside the names. */
export const sweepDimensions = { service: 'sweep' } as const

export const sweepUnits = {
  DutiesDone: 'Count',
  DutiesLeft: 'Count',
  OldestDutyAge: 'Seconds',
  OldestDecisionAge: 'Seconds',
  CalendarDaysLeft: 'Count',
} as const satisfies Record<keyof SweepFigures, string>

/** Minutes between two tries of what is owed, at most. Only a sweep that tries it counts it as left. */
export const longestPause = 60
