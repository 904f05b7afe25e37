import { Cron } from 'croner'

const unitSeconds = { minute: 60, hour: 60 * 60, day: 24 * 60 * 60 } as const

const secondsOf = (unit: string | undefined): number | undefined =>
  unit === 'minute' || unit === 'hour' || unit === 'day' ? unitSeconds[unit] : undefined

/** Runs `work` as EventBridge Scheduler would by `rate(5 minutes)`; one that overruns is not joined by the next. */
export const schedule = (
  expression: string,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): (() => void) => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? []
  const seconds = secondsOf(unit)
  if (seconds === undefined) throw new Error(`The local engine can't read the schedule ${expression}.`)
  const cron = new Cron('* * * * * *', { interval: Number(count) * seconds, protect: true, catch: failed }, work)
  return () => cron.stop()
}
