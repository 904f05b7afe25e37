import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { after, ClockBackwards, ClockOutOfRange, openClock } from '../../../infra/local/clock.ts'
import { Instant } from '../../../shared/domain/time.ts'
import { temporaryFolder } from './support.ts'

const at = (text: string): Instant => Instant.parse(text)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] })
  return () => void vi.useRealTimers()
})

const open = (file = join(temporaryFolder(), 'clock.json')) => {
  const clock = openClock(file)
  onTestFinished(clock.stop)
  return { clock, file }
}

it('begins at nine in Shanghai on the first published working day, and runs', () => {
  const { clock } = open()
  expect(clock.now()).toBe('2024-01-02T01:00:00.000Z')
  vi.advanceTimersByTime(90_500)
  expect(clock.now()).toBe('2024-01-02T01:01:30.500Z')
})

it('goes on from where it was turned to', () => {
  const { clock } = open()
  clock.moveTo(at('2025-03-03T01:00:00.000Z'))
  vi.advanceTimersByTime(1000)
  expect(clock.now()).toBe('2025-03-03T01:00:01.000Z')
})

it('never goes back', () => {
  const { clock } = open()
  vi.advanceTimersByTime(1)
  expect(() => clock.moveTo(at('2024-01-02T01:00:00.000Z'))).toThrow(ClockBackwards)
  expect(clock.now()).toBe('2024-01-02T01:00:00.001Z')
})

it('reaches a moment that has passed by staying where it is', () => {
  const { clock } = open()
  vi.advanceTimersByTime(1000)
  clock.reach(at('2024-01-02T01:00:00.999Z'))
  expect(clock.now()).toBe('2024-01-02T01:00:01.000Z')
  clock.reach(at('2024-01-02T01:00:02.000Z'))
  expect(clock.now()).toBe('2024-01-02T01:00:02.000Z')
})

it('is found again not before the moment it was left at', () => {
  const { clock, file } = open()
  clock.moveTo(at('2025-03-03T01:00:00.000Z'))
  vi.advanceTimersByTime(300)
  clock.stop()
  expect(open(file).clock.now() >= at('2025-03-03T01:00:00.300Z')).toBe(true)
})

it('is found again not before the last moment it showed, also when it was never stopped', () => {
  const { clock, file } = open()
  vi.advanceTimersByTime(12_345)
  const last = clock.now()
  const next = open(file).clock.now()
  expect(next >= last).toBe(true)
  expect(Date.parse(next) - Date.parse(last)).toBeLessThanOrEqual(1000)
})

const later = (start: string, duration: string, zone = 'Asia/Shanghai') =>
  after(at(start), Temporal.Duration.from(duration), zone)

describe('a duration', () => {
  it('is counted on the calendar of the bank', () => {
    // In Shanghai it is the 29th already, and a year later the 28th.
    expect(later('2024-02-28T16:30:00.000Z', 'P1Y')).toBe('2025-02-27T16:30:00.000Z')
    expect(later('2024-01-30T17:00:00.000Z', 'P1M')).toBe('2024-02-28T17:00:00.000Z')
    expect(later('2024-02-28T16:30:00.000Z', 'PT5M')).toBe('2024-02-28T16:35:00.000Z')
  })

  it('of a day is a day where clocks change, too', () => {
    expect(later('2024-03-30T12:00:00.000Z', 'P1D', 'Europe/Berlin')).toBe('2024-03-31T11:00:00.000Z')
  })

  it('ends before the year ten thousand', () => {
    expect(() => later('2024-01-02T01:00:00.000Z', 'P8000Y')).toThrow(ClockOutOfRange)
    expect(() => later('2024-01-02T01:00:00.000Z', 'P900000Y')).toThrow(ClockOutOfRange)
  })
})
