import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReleaseClients } from '../../shared/domain/commands.ts'
import { ClientId } from '../../shared/domain/ids.ts'
import type { Policy } from '../../shared/domain/policy.ts'
import { policies, policiesOf } from '../../shared/policy/policies.ts'
import { decide } from '../../shared/domain/decide.ts'
import { ask, type Bench, contextOf, done, emptyBench, onboarding, people } from '../support/bank.ts'
import { conducted, decided, filed, onPost } from '../support/cases.ts'

export const clients = (from: number, to: number): ClientId[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ClientId.parse(`K${from + index}`))

const assign = (bench: Bench, clientIds: readonly ClientId[], mode: 'all-or-nothing' | 'each' = 'all-or-nothing') =>
  ask(bench, { type: 'assign-clients', clientIds, mode }, people.filer)

const serving = (bench: Bench, count: number): Bench =>
  done(bench, { type: 'assign-clients', clientIds: clients(1, count), mode: 'all-or-nothing' }, people.filer)

const diamond = (): Bench => {
  const particulars = { ...onboarding.particulars, track: 'diamond' as const }
  let bench = conducted(done(emptyBench, { ...onboarding, particulars }, people.filer))
  bench = conducted(decided(bench, people.branch, 'approve'))
  return conducted(decided(bench, people.hq, 'approve'))
}

describe.each([
  ['private-bank', onPost, 35],
  ['diamond', diamond, 100],
] as const)('art. 6: a %s assistant', (track, begin, cap) => {
  test(`serves ${cap} clients and no more`, () => {
    const full = serving(begin(), cap)
    expect(full.state?.portfolio).toHaveLength(cap)
    expect(assign(full, clients(cap + 1, cap + 1))).toMatchObject({
      refused: 'client-cap',
      facts: { track, cap: String(cap), count: String(cap), wanted: '1' },
    })
    expect(assign(begin(), clients(1, cap + 1))).toMatchObject({ refused: 'client-cap' })
  })

  test('client by client gets as many as there is room for', () => {
    const almost = serving(begin(), cap - 2)
    expect(assign(almost, clients(cap, cap + 5), 'each')).toMatchObject([
      { type: 'clients-assigned', data: { clientIds: clients(cap, cap + 1), count: cap, cap } },
    ])
  })

  test('takes over no more clients than there is room for', () => {
    const receive = (to: number) =>
      ask(
        serving(begin(), cap - 2),
        { type: 'receive-clients', clientIds: clients(cap, to), from: people.mentor },
        people.head,
      )
    expect(receive(cap + 1)).toMatchObject([{ type: 'clients-received', data: { count: cap, from: people.mentor } }])
    expect(receive(cap + 2)).toMatchObject({ refused: 'client-cap' })
  })

  test('warns the centre head once, at nine tenths of the cap', () => {
    const warnAt = Math.ceil(cap * 0.9)
    expect(assign(serving(begin(), warnAt - 2), clients(200, 200))).toMatchObject([{ data: { nearCap: false } }])
    expect(assign(serving(begin(), warnAt - 1), clients(200, 200))).toMatchObject([{ data: { nearCap: true } }])
    expect(assign(serving(begin(), warnAt), clients(200, 200))).toMatchObject([{ data: { nearCap: false } }])
  })
})

test('art. 6: a changed cap applies at once to new assignments, whatever policy the case was filed under', () => {
  const bench = serving(onPost(), 10)
  const today = policies.on('2025-03-03' as never)
  const tighter: Policy = {
    ...today,
    version: 'tighter',
    from: '2025-03-03' as never,
    clientCaps: { 'private-bank': 10, diamond: 10 },
  }
  const command = { type: 'assign-clients', clientIds: clients(11, 11), mode: 'each' } as const
  const context = { ...contextOf(bench, command, people.filer), policies: policiesOf([today, tighter]) }
  expect(decide(command, bench.state, context)).toMatchObject({ refused: 'client-cap', facts: { cap: '10' } })
  expect(assign(bench, clients(11, 11))).toMatchObject([{ type: 'clients-assigned' }])
})

test('art. 6: clients are for those on the post', () => {
  expect(assign(filed(), clients(1, 1))).toMatchObject({ refused: 'not-on-post' })
})

test('art. 6: a client who is served already is left as is', () => {
  expect(assign(serving(onPost(), 3), clients(2, 3))).toEqual([])
  expect(assign(serving(onPost(), 3), clients(3, 4))).toMatchObject([{ data: { clientIds: clients(4, 4), count: 4 } }])
})

test('a client is released by whoever serves them, as what they serve them', () => {
  const bench = serving(onPost(), 2)
  const release = (clientIds: ClientId[], servedAs: ReleaseClients['servedAs'] = 'assistant') =>
    ask(bench, { type: 'release-clients', clientIds, servedAs }, people.filer)
  expect(release(clients(3, 3))).toMatchObject({ refused: 'unknown-client', facts: { client: 'K3' } })
  expect(release(clients(1, 1), 'relationship-manager')).toMatchObject({ refused: 'unknown-client' })
  expect(release(clients(1, 1))).toMatchObject([{ type: 'clients-released', data: { clientIds: clients(1, 1) } }])
})

test('art. 6: whatever is assigned, received, released and handed over, the portfolio has no client twice and keeps to the cap', () => {
  const some = fc.uniqueArray(fc.integer({ min: 1, max: 45 }), { minLength: 1, maxLength: 20 })
  const step = fc.record({ kind: fc.constantFrom('assign', 'each', 'receive', 'release', 'hand-over'), some })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let bench = onPost()
      const expected = new Set<string>()
      for (const { kind, some: numbers } of steps) {
        const ids = numbers.map((number) => ClientId.parse(`K${number}`))
        const command = {
          assign: { type: 'assign-clients', clientIds: ids, mode: 'all-or-nothing' },
          each: { type: 'assign-clients', clientIds: ids, mode: 'each' },
          receive: { type: 'receive-clients', clientIds: ids.filter((id) => !expected.has(id)), from: people.mentor },
          release: { type: 'release-clients', clientIds: ids, servedAs: 'assistant' },
          'hand-over': { type: 'hand-over-clients', clientIds: ids, to: people.mentor, approvalId: null },
        }[kind] as never
        const outcome = ask(bench, command, people.filer)
        if ('refused' in outcome || outcome.length === 0) continue
        bench = done(bench, command, people.filer)
        for (const event of outcome) {
          if (!('clientIds' in event.data)) throw new Error(`Not of clients: ${event.type}`)
          for (const id of event.data.clientIds)
            if (event.type === 'clients-assigned' || event.type === 'clients-received') expected.add(id)
            else expected.delete(id)
        }
        expect(bench.state?.portfolio.map(({ clientId }) => clientId).toSorted()).toEqual([...expected].toSorted())
        expect(expected.size).toBeLessThanOrEqual(35)
      }
    }),
    { numRuns: 150 },
  )
})
