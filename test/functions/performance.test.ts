import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { caseItem } from '../../functions/adapters/items.ts'
import { recordResult } from '../../functions/performance.ts'
import { Period } from '../../shared/domain/performance.ts'
import { TeamId } from '../../shared/domain/ids.ts'
import { people } from '../support/bank.ts'
import { foundUnfit } from '../support/cases.ts'
import { useEngines } from '../support/engines.ts'
import { caseId, command, done, employee, load, onPost, register, trail } from './support.ts'

const openBank = useEngines()

const period = Period.parse('2025-Q1')
const by = { client: 'hr-demo', by: null, at: '2025-03-03T01:00:00.000Z' } as never
const rules = (target: number) =>
  ({ metrics: [{ id: 'new-clients', name: null, target, weight: 100, cap: null }] }) as never
const origin = { by: 'system', onBehalfOf: null, channel: 'api', client: 'hr-demo' } as const

test('rules that are stated again leave no trace, and of several at once each is kept', async () => {
  const { system, items } = await openBank()
  const targets = async () =>
    (await items())
      .filter(({ pk }) => pk === `PERFORMANCE#${period}`)
      .map(({ body }) => JSON.parse(body as string).metrics[0].target)
      .toSorted((a: number, b: number) => a - b)
  expect(await system.performance.putRules(period, rules(1), by)).toBe('created')
  for (let again = 0; again < 3; again += 1) await system.performance.putRules(period, rules(1), by)
  expect(await targets()).toEqual([1])
  await Promise.all([2, 3, 4, 5].map((target) => system.performance.putRules(period, rules(target), by)))
  expect(await targets()).toEqual([1, 2, 3, 4, 5])
})

test('however often something else is stated, its item stays as small, and all of it is on record', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await onPost(bank, 1)
  for (const value of [1, 2, 3, 4]) {
    await bank.system.performance.putRules(period, rules(value), by)
    await recordResult(bank.called, period, employee(1), { 'new-clients': value }, origin)
  }
  for (const [pk, sk] of [
    [`PERFORMANCE#${period}`, 'RULES'],
    [`PERSON#${employee(1)}`, 'RESULT#'],
  ] as const) {
    const stated = (await bank.items()).filter((item) => item.pk === pk && item.sk.startsWith(sk))
    expect(new Set(stated.map(({ changes }) => changes))).toEqual(new Set([1, 2, 3, 4]))
    expect(new Set(stated.map(({ body }) => String(body).length)).size).toBe(1)
  }
})

test('figures that are stated again count in the team where the assistant is now, without another event', async () => {
  const bank = await openBank()
  const { called, system, client, variables } = bank
  await register(system.directory)
  const state = await onPost(bank, 1)
  await system.performance.putRules(period, rules(1), by)
  const figures = { 'new-clients': 1 } as never
  const put = () => recordResult(called, period, employee(1), figures, origin)
  expect(await put()).toEqual({ type: 'created' })
  const events = (await trail(system, caseId(1))).length

  const centre = await system.directory.centre(state.particulars.centreId)
  const team = TeamId.parse('T-9')
  await system.directory.putCentre({ ...centre!, teams: [{ id: team, name: '九', leader: null }] } as never)
  const recorded = await load(system, caseId(1))
  const moved = { ...recorded, particulars: { ...recorded.particulars, teamId: team } }
  await client.send(new PutItemCommand({ TableName: variables['TABLE_NAME'], Item: caseItem(moved) }))

  expect(await put()).toEqual({ type: 'replaced' })
  expect(await system.performance.ofCentre(period, state.particulars.centreId)).toMatchObject([
    { teamId: team, figures },
  ])
  const before = await bank.items()
  expect(await put()).toEqual({ type: 'replaced' })
  expect(await bank.items()).toEqual(before)
  expect((await trail(system, caseId(1))).length).toBe(events)
})

test('art. 8: whoever left after the last day of a period is assessed in it still, and in none after it', async () => {
  const bank = await openBank()
  const { called, system } = bank
  await register(system.directory)
  const { particulars } = await onPost(bank, 1)
  bank.clock.moveTo('2025-04-02T02:00:00.000Z')
  done(await command(called, caseId(1), foundUnfit, people.branch))
  const state = (of: Period) => recordResult(called, of, employee(1), { 'new-clients': 1 }, origin)
  expect(await state(period)).toEqual({ type: 'created' })
  expect(await system.performance.ofCentre(period, particulars.centreId)).toMatchObject([{ post: 'assistant' }])
  expect(await state(Period.parse('2025-Q2'))).toMatchObject({ refusal: { refused: 'not-assessed' } })
})

test('figures that come while others are looked at are kept by the case and by its result alike', async () => {
  const bank = await openBank()
  const { called, system } = bank
  await register(system.directory)
  await onPost(bank, 1)
  await system.performance.putRules(period, rules(1), by)
  const put = (on: typeof called, value: number) =>
    recordResult(on, period, employee(1), { 'new-clients': value }, origin)
  await put(called, 1)
  let overtaken: Promise<unknown> | null = null
  const cases: typeof called.lists.cases = async (ids) => {
    const found = await called.lists.cases(ids)
    await (overtaken ??= put(called, 2))
    return found
  }
  await put({ ...called, lists: { ...called.lists, cases } }, 1)
  const { performance } = await load(system, caseId(1))
  expect((await system.performance.result(period, employee(1)))?.figures).toEqual(performance[period])
})
