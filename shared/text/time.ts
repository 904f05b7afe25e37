import * as Instants from 'temporal-polyfill/fns/Instant'
import * as PlainDateTimes from 'temporal-polyfill/fns/PlainDateTime'
import * as ZonedDateTimes from 'temporal-polyfill/fns/ZonedDateTime'
import type { Instant, TimeZone } from '../domain/time.ts'

/** A moment as people of the bank write it, on their clocks: `2025-03-03 09:00`. */
export const localTime = (instant: Instant, zone: TimeZone): string => {
  const at = ZonedDateTimes.toPlainDateTime(Instants.toZonedDateTimeISO(Instants.fromString(instant), zone))
  return PlainDateTimes.toString(at, { smallestUnit: 'minute' }).replace('T', ' ')
}
