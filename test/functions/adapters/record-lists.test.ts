import { describe, expect, test } from 'vitest'
import { dutiesOf } from '../../../shared/domain/duties.ts'
import { alarmOf } from '../../../shared/domain/passing-time.ts'
import { assistantId, type Bench, emptyBench, organisation, people } from '../../support/bank.ts'
import {
  branchOpen,
  conducted,
  consented,
  decided,
  exited,
  filed,
  hqOpen,
  hqPending,
  notAppointed,
  onPost,
  returnedByBranch,
  reviewCalled,
  reviewOpen,
  transferBranchOpen,
  transferFiled,
} from '../../support/cases.ts'
import { useEngines } from '../../support/engines.ts'

const openBank = useEngines()

const toOnPost = [filed, branchOpen, hqPending, hqOpen, onPost]
const qualified = () => decided(reviewOpen(), people.head, 'qualified')

/** Ways to a status, with the partitions of the list index in which the case then stands. */
const ways: readonly (readonly [string, readonly (() => Bench)[], readonly string[]])[] = [
  ['filed', [filed], ['application#open#branch', 'assistant#candidate']],
  ['asked of the branch', [filed, branchOpen], ['application#open#branch', 'assistant#candidate']],
  ['asked of HQ', [filed, branchOpen, hqPending, hqOpen], ['application#open#hq', 'assistant#candidate']],
  ['returned', [filed, branchOpen, returnedByBranch], ['application#returned#branch', 'assistant#candidate']],
  ['refused', [filed, branchOpen, notAppointed], ['application#rejected', 'assistant#not-appointed']],
  [
    'about to take effect',
    [filed, branchOpen, hqPending, hqOpen, consented],
    ['application#approved#pending', 'assistant#candidate'],
  ],
  ['in effect', toOnPost, ['application#approved', 'assistant#on-post', 'review']],
  ['under review', [...toOnPost, reviewCalled, reviewOpen], ['application#approved', 'assistant#on-post', 'review']],
  [
    'found qualified',
    [...toOnPost, reviewCalled, reviewOpen, qualified],
    ['application#approved', 'application#open#branch', 'assistant#on-post', 'review'],
  ],
  [
    'to be transferred early',
    [...toOnPost, transferFiled, transferBranchOpen],
    ['application#approved', 'application#open#branch', 'assistant#on-post', 'review'],
  ],
  ['at an end', [...toOnPost, exited], ['application#approved', 'assistant#exited']],
]

describe.each(ways)('a case that is %s', (_, benches, partitions) => {
  test('stands in the lists of its status and in no other, and its alarm among what is due', async () => {
    const { system, items } = await openBank()
    let before = emptyBench
    for (const bench of benches) {
      const after = bench()
      const recorded = after.events.slice(before.events.length)
      const outcome = await system.record.commit({
        before: before.state,
        advanced: { state: after.state!, recorded },
        duties: dutiesOf(before.state, recorded, organisation),
        token: null,
        answer: null,
        now: after.now,
      })
      expect(outcome).toBe('committed')
      before = after
    }
    const stored = await items()
    const listed = stored.flatMap(({ listPartition }) => listPartition ?? [])
    expect(listed.toSorted()).toEqual(partitions)

    const { duePartition, dueAt } = stored.find(({ pk, sk }) => pk === `CASE#${assistantId}` && sk === 'CASE') ?? {}
    const alarm = alarmOf(before.state!)
    expect([duePartition, dueAt]).toEqual(alarm === null ? [undefined, undefined] : ['due', alarm])
  })
})

test('an assistant who transferred stands in no list of reviews', async () => {
  const { system, items } = await openBank()
  const steps = [...toOnPost, transferFiled, transferBranchOpen].map((bench) => bench())
  const consents = [people.branch, people.hq]
  let last = steps.at(-1)!
  for (const approver of consents) {
    steps.push((last = decided(last, approver, 'approve')))
    steps.push((last = conducted(last)))
  }
  let before = emptyBench
  for (const after of steps) {
    const recorded = after.events.slice(before.events.length)
    const advanced = { state: after.state!, recorded }
    await system.record.commit({
      before: before.state,
      advanced,
      duties: [],
      token: null,
      answer: null,
      now: after.now,
    })
    before = after
  }
  expect(before.state?.status).toBe('transferred')
  const listed = (await items()).flatMap(({ listPartition }) => listPartition ?? [])
  expect(listed.toSorted()).toEqual(['application#approved', 'application#approved', 'assistant#transferred'])
})
