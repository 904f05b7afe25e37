import { expect, test } from 'vitest'
import { digest } from '../../functions/adapters/digest.ts'
import { brokenLink, noHash } from '../../shared/domain/chain.ts'
import type { RecordedEvent } from '../../shared/domain/events.ts'
import { onPost } from '../support/cases.ts'

const { events } = onPost()

test('the trail of a case is whole: who, when, by which way, under which policy, chained by hashes', () => {
  expect(brokenLink(events, digest)).toBeNull()
  expect(events[0]).toMatchObject({ seq: 1, by: 'F1', channel: 'api', policyVersion: '2024-1', previousHash: noHash })
  expect(events.map(({ by, channel }) => `${by} ${channel}`)).toEqual([
    'F1 api',
    'system workflow',
    'B1 page',
    'system workflow',
    'Q1 page',
    'system workflow',
  ])
})

const edited = (index: number, change: Partial<RecordedEvent>): readonly RecordedEvent[] =>
  events.map((event, at) => (at === index ? ({ ...event, ...change } as RecordedEvent) : event))

test.each([
  ['an edited event', edited(2, { by: 'X1' as never }), 3],
  [
    'an edited event whose hash was made anew',
    edited(2, { by: 'X1' as never, hash: digest({ ...events[2], by: 'X1', hash: undefined }) }),
    4,
  ],
  ['a deleted event', events.filter((_, index) => index !== 1), 2],
  ["two events in each other's place", [events[0]!, events[2]!, events[1]!, ...events.slice(3)], 2],
])('%s is found, by its number', (_, trail, number) => {
  expect(brokenLink(trail, digest)).toBe(number)
})

test('the hash is SHA-256 of canonical JSON: anyone can compute it', () => {
  expect(digest({ b: 1, a: ['二', null] })).toBe(digest({ a: ['二', null], b: 1 }))
  expect(digest({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862')
})

test('a gap in the numbers is found, even where every hash was made anew', () => {
  let previousHash = noHash
  const forged: RecordedEvent[] = []
  for (const [index, event] of events.entries()) {
    const { hash: _replaced, ...gapped } = { ...event, seq: index < 2 ? event.seq : event.seq + 1, previousHash }
    previousHash = digest(gapped)
    forged.push({ ...gapped, hash: previousHash })
  }
  expect(brokenLink(forged, digest)).toBe(3)
})
