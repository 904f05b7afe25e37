import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { delegate } from '../../functions/absence.ts'
import { inLanes } from '../../functions/lanes.ts'
import { dayOf } from '../../shared/domain/time.ts'
import { people } from '../support/bank.ts'
import { useEngines } from '../support/engines.ts'
import { branchAsked, byHr, register } from './support.ts'

const openBank = useEngines()

/** Work that tells how much of it was going on at once. */
const watched = <Given extends readonly unknown[], Done>(work: (...given: Given) => Promise<Done>) => {
  const counts = { now: 0, most: 0 }
  const counted = async (...given: Given): Promise<Done> => {
    counts.now += 1
    counts.most = Math.max(counts.most, counts.now)
    try {
      return await work(...given)
    } finally {
      counts.now -= 1
    }
  }
  return { counts, counted }
}

test('all are worked on, in their order and so many at a time', async () => {
  const begun: number[] = []
  const { counts, counted } = watched(async (one: number) => {
    begun.push(one)
    await setImmediate()
  })
  await inLanes([1, 2, 3, 4, 5, 6, 7], 3, counted)
  expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(counts).toEqual({ now: 0, most: 3 })
})

test('one that fails keeps none of the others from being done, and is told when they are', async () => {
  const done: number[] = []
  const work = inLanes([1, 2, 3, 4, 5], 2, async (one) => {
    if (one < 3) throw new Error(`No ${one}.`)
    await setImmediate()
    done.push(one)
  })
  await expect(work).rejects.toThrow('No 1.')
  expect(done).toEqual([3, 4, 5])
})

test('what waits on whoever is away from today on is looked at several at a time', async () => {
  const bank = await openBank()
  const { system } = bank
  await register(system.directory)
  for (const number of [1, 2, 3]) await branchAsked(bank, number)
  const { counts, counted } = watched(system.record.load)
  const today = dayOf(system.now(), system.zone)
  await delegate(
    { ...system, record: { ...system.record, load: counted } },
    people.branch,
    {
      delegate: null,
      from: today,
      until: today,
      reason: '休假',
    },
    byHr,
  )
  expect(counts.most).toBe(3)
})
