import { expect, test } from 'vitest'
import { officeMoment } from '../../shared/domain/office-hours.ts'
import { Day, Instant } from '../../shared/domain/time.ts'
import { mainlandCalendar } from '../../shared/policy/mainland-calendar.ts'
import { policies } from '../../shared/policy/policies.ts'

const desk = {
  zone: 'Asia/Shanghai',
  calendar: mainlandCalendar,
  policy: policies.on(Day.parse('2025-03-03')),
}

test.each([
  ['before the office opens', '2025-03-03T00:59:59.999Z', '2025-03-03T01:00:00.000Z'],
  ['as it opens', '2025-03-03T01:00:00.000Z', '2025-03-03T01:00:00.000Z'],
  ['just before it closes', '2025-03-03T09:59:59.999Z', '2025-03-03T09:59:59.999Z'],
  ['as it closes', '2025-03-03T10:00:00.000Z', '2025-03-04T01:00:00.000Z'],
  ['on a Friday night', '2025-03-07T14:00:00.000Z', '2025-03-10T01:00:00.000Z'],
  ['on a Sunday that is worked', '2025-01-26T02:00:00.000Z', '2025-01-26T02:00:00.000Z'],
  ['in the Spring Festival', '2025-01-29T02:00:00.000Z', '2025-02-05T01:00:00.000Z'],
  ['beyond the published calendar, on a Saturday', '2030-06-01T02:00:00.000Z', '2030-06-01T02:00:00.000Z'],
  ['in the night on which the calendar ends', '2026-12-31T14:00:00.000Z', '2027-01-01T01:00:00.000Z'],
])('%s', (_, now, moment) => {
  expect(officeMoment(Instant.parse(now), desk)).toBe(moment)
})
