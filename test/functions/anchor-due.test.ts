import { expect, test } from 'vitest'
import { anchorDue } from '../../functions/anchor-due.ts'
import { type Anchoring, anchoringOf } from '../../functions/adapters/anchoring.ts'
import { createAnchors } from '../../functions/adapters/anchors.ts'
import { evidenceOf } from '../../functions/evidence.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import type { AnchorHead } from '../../shared/domain/duty.ts'
import { Day } from '../../shared/domain/time.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, caseId, dutiesAmong, load, register } from './support.ts'

const openBank = useEngines()
const always = () => true
const id = caseId(1)

/** A bank with a case that changed on Monday, half an hour after midnight. */
const dayOver = async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await branchAsked(bank, 1)
  bank.clock.moveTo('2025-03-03T16:30:00.000Z')
  return { bank, anchoring: anchoringOf(bank.system, createAnchors(bank.variables)) }
}

const headsLeft = async (bank: TestBank) => dutiesAmong(await bank.items()).filter(({ sk }) => sk.endsWith('-a'))

test('keeps the head of each chain that grew on a day that is over, once', async () => {
  const { bank, anchoring } = await dayOver()
  const tallies = [await anchorDue(anchoring, always), await anchorDue(anchoring, always)]
  expect(tallies.map(({ done }) => done)).toEqual([1, 0])
  const { version, hash } = await load(bank.system, id)
  const evidence = await evidenceOf(bank.system, id)
  expect(evidence?.anchors).toMatchObject([{ day: '2025-03-03', seq: version, hash }])
})

test('is left alone by the sweep, which does the rest', async () => {
  const { bank } = await dayOver()
  await sweepDue(bank.system, always)
  expect(await headsLeft(bank)).toHaveLength(1)
})

test('is tried again where the bucket is out of reach, and keeps no other head waiting', async () => {
  const { bank, anchoring } = await dayOver()
  await branchAsked(bank, 2)
  bank.clock.moveTo('2025-03-04T16:30:00.000Z')
  const keep: Anchoring['anchors']['keep'] = async (head) =>
    head.assistantId === id ? Promise.reject(new Error('Out of reach.')) : anchoring.anchors.keep(head)
  expect(await anchorDue({ ...anchoring, anchors: { keep } }, always)).toMatchObject({ done: 1, left: 1 })
  bank.clock.pass(1)
  expect(await anchorDue(anchoring, always)).toMatchObject({ done: 1, left: 0 })
  expect(await headsLeft(bank)).toEqual([])
})

test('is an error where a head is of no case', async () => {
  const { bank, anchoring } = await dayOver()
  const day = Day.parse('2025-03-03')
  const head: AnchorHead = {
    kind: 'anchor-head',
    id: `${caseId(9)}-${day}-a`,
    assistantId: caseId(9),
    day,
    dueAt: bank.clock.now(),
  }
  const read: Anchoring['duties']['read'] = async (items) =>
    new Map(items.map((item) => [item, { duty: head, attempts: 5, owedSince: item.dueAt }]))
  await anchorDue({ ...anchoring, duties: { ...anchoring.duties, read } }, always)
  expect(bank.logged).toContainEqual(expect.objectContaining({ level: 'ERROR', message: 'A duty keeps failing.' }))
})
