import { Temporal } from 'temporal-polyfill'
import type { Instant, TimeZone } from '../domain/time.ts'

/** A moment as people of the bank write it, on their clocks: `2025-03-03 09:00`. */
export const localTime = (instant: Instant, zone: TimeZone): string => {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
  return `${at.toPlainDate().toString()} ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`
}
