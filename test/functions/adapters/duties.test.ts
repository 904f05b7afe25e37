import { expect, test } from 'vitest'
import { backOff, claimedUntil, type DueItem, type Duties, isDuty } from '../../../functions/adapters/duties.ts'
import { alarmOf } from '../../../shared/domain/passing-time.ts'
import type { Duty } from '../../../shared/domain/duty.ts'
import { addMinutes, Instant } from '../../../shared/domain/time.ts'
import { monday } from '../../support/bank.ts'
import { branchOpen } from '../../support/cases.ts'
import { type TestBank, useEngines } from '../../support/engines.ts'
import { caseId, dutiesAmong, putDuty } from '../support.ts'

const openBank = useEngines()

const later = Instant.parse('2025-12-31T00:00:00.000Z')

const mail = (number: number): Duty => ({
  kind: 'send-mail',
  id: `${caseId(number)}-1-m1`,
  assistantId: caseId(number),
  notice: 'decision-request',
  to: 'assistant',
  applicationId: null,
  approvalId: null,
})

/** Puts a duty on record that is due after so many minutes. */
const put = async (bank: TestBank, number: number, minutes: number): Promise<Duty> => {
  await putDuty(bank, mail(number), addMinutes(monday, minutes))
  return mail(number)
}

const casesDue = async (duties: Duties, now: Instant, limit = 100) =>
  (await duties.due(now, limit)).map(({ assistantId }) => Number(assistantId))

test('what is due is found in the order of its time, up to now, and as much as asked', async () => {
  const bank = await openBank()
  const { duties } = bank.system
  for (const [number, minutes] of [
    [1, 30],
    [2, 10],
    [3, 20],
    [4, 0],
  ] as const)
    await put(bank, number, minutes)

  expect(await casesDue(duties, addMinutes(monday, 20))).toEqual([4, 2, 3])
  expect(await casesDue(duties, addMinutes(monday, 20), 2)).toEqual([4, 2])
  expect(await casesDue(duties, later)).toEqual([4, 2, 3, 1])
  expect(await casesDue(duties, addMinutes(monday, -1))).toEqual([])
})

test('what is due is found page after page, each entry once, also where many are due at the same moment', async () => {
  const bank = await openBank()
  const { duties } = bank.system
  for (let number = 1; number <= 7; number += 1) await put(bank, number, number < 6 ? 0 : number)
  const found: DueItem[] = []
  for (let page = 1; page <= 5; page += 1) found.push(...(await duties.due(later, 2, found.at(-1))))
  expect(found).toEqual(await duties.due(later, 100))
  expect(found).toHaveLength(7)
})

test('a duty is read with what it says and how often it was tried; one done meanwhile is left out', async () => {
  const bank = await openBank()
  const { duties } = bank.system
  const first = await put(bank, 1, 0)
  const second = await put(bank, 2, 1)
  const entries = await duties.due(later, 10)
  await duties.complete([{ duty: second }], monday)

  const open = [...(await duties.read(entries)).values()]
  expect(open.map(({ duty, attempts }) => [duty, attempts])).toEqual([[first, 0]])
  expect(await casesDue(duties, later)).toEqual([1])
})

test('the alarm of a case stands among the duties, and is told apart from them', async () => {
  const bank = await openBank()
  const { system } = bank
  const { state, events } = branchOpen()
  const advanced = { state: state!, recorded: events }
  await put(bank, 1, 0)
  await system.record.commit({ before: null, advanced, duties: [], token: null, answer: null, now: monday })

  const due = await system.duties.due(later, 10)

  expect(due.map((item) => [item.assistantId, isDuty(item)])).toEqual([
    [caseId(1), true],
    [state!.id, false],
  ])
  expect(due[1]?.dueAt).toBe(alarmOf(state!))
  expect([...(await system.duties.read(due)).keys()]).toEqual([due[0]])
})

test('of many who claim an entry at once, one gets it', async () => {
  const bank = await openBank()
  const { duties } = bank.system
  await put(bank, 1, 0)
  const [entry] = await duties.due(monday, 1)

  const claims = await Promise.all(Array.from({ length: 12 }, () => duties.postpone(entry!, claimedUntil(monday))))

  expect(claims.filter(Boolean)).toHaveLength(1)
  expect(await casesDue(duties, addMinutes(monday, 4))).toEqual([])
  expect(await casesDue(duties, addMinutes(monday, 5))).toEqual([1])
})

test('an entry that was done or put off since it was seen can not be put off again', async () => {
  const bank = await openBank()
  const { duties } = bank.system
  const duty = await put(bank, 1, 0)
  await put(bank, 2, 0)
  const [first, second] = await duties.due(monday, 2)
  await duties.complete([{ duty }], monday)
  await duties.postpone(second!, addMinutes(monday, 30))

  expect(await duties.postpone(first!, later)).toBe(false)
  expect(await duties.postpone(second!, later)).toBe(false)
  expect(await casesDue(duties, addMinutes(monday, 30))).toEqual([2])
  expect(dutiesAmong(await bank.items())).toHaveLength(1)
})

test('putting off the alarm of a case leaves the case as it was', async () => {
  const { system } = await openBank()
  const { state, events } = branchOpen()
  const advanced = { state: state!, recorded: events }
  await system.record.commit({ before: null, advanced, duties: [], token: null, answer: null, now: monday })
  const [entry] = await system.duties.due(later, 1)

  expect(await system.duties.postpone(entry!, later)).toBe(true)

  expect(await system.record.load(state!.id)).toEqual(state)
  expect((await system.duties.due(later, 1))[0]?.dueAt).toBe(later)
})

test('completing a duty twice does no harm', async () => {
  const bank = await openBank()
  const duty = await put(bank, 1, 0)
  await bank.system.duties.complete([{ duty }], monday)
  await bank.system.duties.complete([{ duty }], monday)
  expect(await casesDue(bank.system.duties, later)).toEqual([])
})

test('a duty that fails is tried again after 1, 2, 4 … minutes, at most after six hours', () => {
  expect([0, 1, 2, 3, 5, 6, 20].map(backOff)).toEqual([1, 2, 4, 8, 32, 60, 60])
})
