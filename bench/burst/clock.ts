import { Instant } from '../../shared/domain/time.ts'

/** The bank's clock in a process of its own: it goes on from the `BANK_NOW` that the process was started with. */
export const startedClock = (): (() => Instant) => {
  const begun = Date.parse(Instant.parse(process.env['BANK_NOW'])) - performance.now()
  return () => Instant.parse(new Date(begun + performance.now()).toISOString())
}
