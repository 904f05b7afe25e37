import { expect, it } from 'vitest'
import { createTimekeeper, TimeStopped, type Due, type Engines } from '../../../infra/local/advance.ts'
import type { Clock } from '../../../infra/local/clock.ts'
import { Instant } from '../../../shared/domain/time.ts'

const at = (text: string): Instant => Instant.parse(text)
const day = (number: number): Instant => at(`2024-01-0${number}T00:00:00.000Z`)

/** A clock that moves only when it is turned. */
const stillClock = (start: Instant): Clock => {
  let now = start
  return {
    now: () => now,
    moveTo: (instant) => {
      now = instant
    },
    reach: (instant) => {
      if (instant > now) now = instant
    },
    stop: () => undefined,
  }
}

const nextDay = (now: Instant): Instant => at(new Date(Date.parse(now) + 24 * 60 * 60 * 1000).toISOString())

interface Entry extends Due {
  /** What happens when it is done, and may fall due in turn. */
  readonly leadsTo?: readonly Entry[]
}

const setUp = (entries: readonly Entry[], overrides: Partial<Engines> = {}) => {
  const clock = stillClock(day(1))
  const done: string[] = []
  let open = [...entries]
  const timekeeper = createTimekeeper({
    clock,
    idle: async () => undefined,
    earliest: async (until) =>
      open.filter(({ dueAt }) => dueAt <= until).toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : 1))[0],
    sweep: async () => {
      const due = open.filter(({ dueAt }) => dueAt <= clock.now())
      done.push(...due.map(({ item }) => `${item} on ${clock.now().slice(0, 10)}`))
      open = [...open.filter((entry) => !due.includes(entry)), ...due.flatMap(({ leadsTo }) => leadsTo ?? [])]
    },
    ...overrides,
  })
  return { clock, done, timekeeper }
}

it('does what falls due on the way in its order, each at its time, and no more', async () => {
  const { clock, done, timekeeper } = setUp([
    { item: 'late', dueAt: day(6) },
    { item: 'second', dueAt: day(3), leadsTo: [{ item: 'third', dueAt: day(4) }] },
    { item: 'first', dueAt: day(2) },
  ])
  await timekeeper.advance(() => day(5))
  expect(done).toEqual(['first on 2024-01-02', 'second on 2024-01-03', 'third on 2024-01-04'])
  expect(clock.now()).toBe(day(5))
})

it('does what was due already at the time it is', async () => {
  const { done, timekeeper } = setUp([{ item: 'overdue', dueAt: at('2023-12-31T00:00:00.000Z') }])
  await timekeeper.advance(() => day(2))
  expect(done).toEqual(['overdue on 2024-01-01'])
})

it('waits until nothing moves, before it looks and when it ends', async () => {
  const events: string[] = []
  const { timekeeper } = setUp([], {
    idle: async () => void events.push('idle'),
    earliest: async () => {
      events.push('looked')
      return undefined
    },
  })
  await timekeeper.advance(() => day(2))
  expect(events).toEqual(['idle', 'looked', 'idle', 'looked'])
})

it('takes two turns one after the other', async () => {
  const { clock, timekeeper } = setUp([{ item: 'first', dueAt: day(2) }])
  await Promise.all([timekeeper.advance(nextDay), timekeeper.advance(nextDay)])
  expect(clock.now()).toBe(day(3))
})

it('stops at what the sweep leaves undone, and can be asked again', async () => {
  const { clock, timekeeper } = setUp([{ item: 'stuck', dueAt: day(2) }], { sweep: async () => undefined })
  const attempt = () => timekeeper.advance(() => day(5))
  await expect(attempt()).rejects.toThrow(TimeStopped)
  await expect(attempt()).rejects.toThrow(/stuck/)
  expect(clock.now()).toBe(day(2))
})

/** A sweep that gets nothing done, and puts everything off by so many hours. */
const putOff = (hours: number) => {
  let dueAt = day(2)
  let tries = 0
  const { timekeeper } = setUp([], {
    earliest: async (until) => (dueAt <= until ? { item: 'put off', dueAt } : undefined),
    sweep: async () => {
      tries += 1
      dueAt = at(new Date(Date.parse(dueAt) + hours * 60 * 60 * 1000).toISOString())
    },
  })
  return { timekeeper, tries: () => tries }
}

it('stops at what is put off by minutes for ever, and goes past what comes back now and then', async () => {
  const often = putOff(0.25)
  await expect(often.timekeeper.advance(() => day(9))).rejects.toThrow(TimeStopped)
  expect(often.tries()).toBe(20)
  const seldom = putOff(2)
  await seldom.timekeeper.advance(() => day(9))
  expect(seldom.tries()).toBe(7 * 12 + 1)
})

it('catches up without turning the clock', async () => {
  const { clock, done, timekeeper } = setUp([
    { item: 'due', dueAt: day(1) },
    { item: 'later', dueAt: day(2) },
  ])
  await timekeeper.catchUp()
  expect(done).toEqual(['due on 2024-01-01'])
  expect(clock.now()).toBe(day(1))
})

it('stops in the middle of a turn', async () => {
  const stopped: Promise<void>[] = []
  const { clock, timekeeper } = setUp([{ item: 'first', dueAt: day(2) }], {
    sweep: async () => void stopped.push(timekeeper.stop()),
  })
  await expect(timekeeper.advance(() => day(5))).rejects.toThrow('stopping')
  await Promise.all(stopped)
  expect(clock.now()).toBe(day(2))
})
