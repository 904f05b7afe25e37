import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { digest } from '../../functions/adapters/digest.ts'
import { noHash } from '../../shared/domain/chain.ts'
import type { RecordedEvent } from '../../shared/domain/events.ts'
import { type Anchor, decisionsIn, type Evidence, misfitsIn } from '../../shared/domain/evidence.ts'
import { addMinutes, type Instant } from '../../shared/domain/time.ts'
import { policies } from '../../shared/policy/policies.ts'
import { assistantId, monday } from '../support/bank.ts'
import { conducted, transferConsented } from '../support/cases.ts'

const { events, state } = conducted(transferConsented())

const anchorAt = (seq: number): Anchor => ({
  assistantId,
  day: '2025-03-03' as never,
  seq,
  hash: events[seq - 1]!.hash,
  at: monday,
  key: `anchors/${assistantId}/2025-03-03.json`,
})

const archive: Evidence = {
  format: 'zhuli-evidence',
  version: 1,
  assistantId,
  madeAt: monday,
  head: { seq: state!.version, hash: state!.hash },
  events,
  decisions: decisionsIn(events),
  mails: [],
  policies: [policies.version('2024-1')],
  anchors: [anchorAt(events.length)],
}

const check = (changed: Partial<Evidence>, anchors: readonly Anchor[] = []) =>
  misfitsIn({ ...archive, ...changed }, anchors, digest)

/** The trail written anew from an event on, hashes and all, as a forger with access to the table would. */
const rechained = (forged: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  let previousHash = noHash
  return forged.map((event, index) => {
    const { hash: _hash, ...hashed } = { ...event, seq: index + 1, previousHash }
    previousHash = digest(hashed)
    return { ...hashed, hash: previousHash }
  })
}

const anywhere = fc.integer({ min: 0, max: events.length - 1 })

test('an archive that nobody touched fits', () => {
  expect(events.length).toBeGreaterThan(15)
  expect(check({})).toEqual([])
  expect(check({}, [anchorAt(3)])).toEqual([])
})

test('an event that was edited is named', () => {
  const members = ['at', 'by', 'onBehalfOf', 'channel', 'policyVersion', 'type'] as const
  fc.assert(
    fc.property(anywhere, fc.constantFrom(...members), fc.string(), (index, member, value) => {
      fc.pre(events[index]![member] !== value)
      const edited = events.map((event, each) => (each === index ? { ...event, [member]: value } : event))
      expect(check({ events: edited })[0]).toMatchObject({ seq: index + 1, because: 'event' })
    }),
  )
})

test('whatever was edited in the data of an event, that is named', () => {
  fc.assert(
    fc.property(anywhere, fc.string(), (index, value) => {
      const edited = events.map((event, each) =>
        each === index ? ({ ...event, data: { ...event.data, added: value } } as never) : event,
      )
      expect(check({ events: edited })[0]).toMatchObject({ seq: index + 1, because: 'event' })
    }),
  )
})

test('where an event was deleted, inserted or put elsewhere, the first that does not fit is named', () => {
  fc.assert(
    fc.property(anywhere, anywhere, (from, to) => {
      const without = events.toSpliced(from, 1)
      const [gone] = check({ events: without })
      expect(gone).toMatchObject({ seq: from + 1, because: from === events.length - 1 ? 'head' : 'event' })
      expect(check({ events: events.toSpliced(to, 0, events[from]!) })[0]?.seq).toBeLessThanOrEqual(to + 2)
      if (from === to) return
      const moved = without.toSpliced(to, 0, events[from]!)
      expect(check({ events: moved })[0]).toMatchObject({ seq: Math.min(from, to) + 1, because: 'event' })
    }),
  )
})

test('a trail that was cut off is missing its head, and where that was changed too, its anchor', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: events.length - 1 }), (length) => {
      const cut = events.slice(0, length)
      expect(check({ events: cut })[0]).toMatchObject({ seq: length + 1, because: 'head' })
      const last = cut.at(-1)!
      const forged = { events: cut, head: { seq: last.seq, hash: last.hash }, decisions: decisionsIn(cut), anchors: [] }
      expect(check(forged)).toEqual([])
      expect(check(forged, [anchorAt(events.length)])[0]).toMatchObject({ seq: length + 1, because: 'anchor' })
    }),
  )
})

test('a trail that was rewritten as a whole, hashes, head and all, fits no anchor', () => {
  fc.assert(
    fc.property(anywhere, (index) => {
      const forged = rechained(
        events.map((event, each) => (each === index ? { ...event, by: 'FORGER' as never } : event)),
      )
      const last = forged.at(-1)!
      const all = {
        events: forged,
        head: { seq: last.seq, hash: last.hash },
        decisions: decisionsIn(forged),
        anchors: [],
      }
      expect(check(all)).toEqual([])
      const anchored = check(all, [anchorAt(index + 1), anchorAt(events.length)])
      expect(anchored[0]).toMatchObject({ seq: index + 1, because: 'anchor' })
    }),
  )
})

test('an anchor that is newer than the archive asks for a newer archive', () => {
  const newer = { ...anchorAt(events.length), seq: events.length + 1, at: addMinutes(archive.madeAt, 1) }
  const [misfit] = check({}, [newer])
  expect(misfit).toMatchObject({ seq: events.length + 1, because: 'anchor' })
  expect(misfit?.detail).toContain('take a newer archive')
  expect(check({ madeAt: newer.at }, [newer])[0]?.detail).toContain('is missing')
})

test('an event that was added and dated back is named, by the one before it or by the anchor that did not know it', () => {
  const last = events.at(-1)!
  const added = (at: Instant) => {
    const forged = rechained([...events, { ...events.find(({ type }) => type === 'assessment-recorded')!, at }])
    const { seq, hash } = forged.at(-1)!
    return { events: forged, head: { seq, hash } }
  }
  const seq = last.seq + 1
  expect(check(added(addMinutes(last.at, -1)))).toMatchObject([{ seq, because: 'event' }])
  const anchored = { ...anchorAt(last.seq), at: addMinutes(last.at, 600) }
  expect(check(added(addMinutes(last.at, 60)), [anchored])).toMatchObject([{ seq, because: 'anchor' }])
  // Whoever was committing just then is no forger.
  expect(check(added(addMinutes(last.at, 599)), [anchored])).toEqual([])
  expect(check(added(addMinutes(last.at, 700)), [anchored])).toEqual([])
})

test('a decision that was made on another dossier than the one that is kept is named', () => {
  const opening = events.findIndex(({ type }) => type === 'stage-opened')
  const shown = events[opening]! as Extract<RecordedEvent, { type: 'stage-opened' }>
  const dossier = { ...shown.data.dossier, purpose: 'Another purpose' }
  const forged = rechained(events.with(opening, { ...shown, data: { ...shown.data, dossier } }))
  const decided = forged.findIndex(({ type }) => type === 'stage-decided')
  const last = forged.at(-1)!
  expect(check({ events: forged, head: { seq: last.seq, hash: last.hash }, anchors: [] })).toMatchObject([
    { seq: decided + 1, because: 'dossier' },
  ])
})

test('the summary, the policies and the case are those of the events', () => {
  expect(check({ decisions: archive.decisions.slice(1) })).toMatchObject([{ seq: null, because: 'decisions' }])
  expect(check({ policies: [] })).toMatchObject([{ seq: 1, because: 'policy' }])
  expect(check({ assistantId: 'zzzzzzzz' as never, anchors: [] })).toMatchObject([{ seq: 1, because: 'assistant' }])
  expect(check({ events: [] })[0]).toMatchObject({ seq: 1 })
})
