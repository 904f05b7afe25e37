import { expect, test } from 'vitest'
import type { AssistantView } from '../../shared/contracts/resources.ts'
import { bringOnPost, decide, planFor, train, trailOf, useBank } from '../support/bank-client.ts'

const bank = useBank()

const read = async (path: string): Promise<unknown> => (await bank.call<unknown>('GET', path)).body

test('every fact can be read as of any moment, as it was read then', async () => {
  const { id } = await bringOnPost(bank, 'Z1')
  const at = `/v1/assistants/${id}`
  const paths = [at, `${at}/clients`, `${at}/training-plan`]
  const seen: { moment: string; answers: unknown[] }[] = []
  /** Keeps what is read now, and lets an hour go by. */
  const look = async () => {
    const answers = await Promise.all(paths.map(read))
    seen.push({ moment: await bank.now(), answers })
    await bank.turn({ advance: 'PT1H' })
  }
  await look()
  await train(bank, id)
  await look()
  await bank.call('PUT', `${at}/clients/K1`)
  await bank.call('PUT', `${at}/clients/K2`, { by: 'F1' })
  await look()
  const plan = planFor((await read(at)) as AssistantView)
  await bank.call('PUT', `${at}/training-plan`, { ...plan, items: plan.items.toReversed() })
  await bank.call('DELETE', `${at}/clients/K1`)
  await look()
  const violation = { reportedBy: 'X1', on: '2024-01-02', severity: 'minor', sanctioned: false }
  const report = { ...violation, description: '迟到', evidence: '记录' }
  await bank.call('POST', `${at}/violations`, report, { 'idempotency-key': 'Z1-violation' })
  await look()
  await bank.turn({ advance: 'P1Y' })
  await look()
  await decide(bank, 'H1', id, 'below-standard', '未达标')
  await look()
  const clients = [{ clientId: 'K2', to: 'RM1' }]
  await bank.call('POST', `${at}/hand-overs`, { by: 'H1', clients }, { 'idempotency-key': 'Z1-hand-over' })
  await look()

  expect(seen).toHaveLength(8)
  for (const { moment, answers } of seen) {
    expect(await Promise.all(paths.map((path) => read(`${path}?asOf=${moment}`)))).toEqual(answers)
  }
  expect(seen.map(({ answers: [assistant] }) => (assistant as AssistantView).status)).toEqual([
    ...Array.from({ length: 6 }, () => 'on-post'),
    'exiting',
    'exited',
  ])
})

test('before the first event there is nothing, in the future nothing is known, and any RFC 3339 will do', async () => {
  const { id } = await bringOnPost(bank, 'Z2')
  const [filed] = await trailOf(bank, id)
  const path = `/v1/assistants/${id}`
  const before = new Date(Date.parse(filed!.at) - 1).toISOString()
  expect(await bank.call('GET', `${path}?asOf=${before}`)).toMatchObject({ status: 404 })
  expect(await bank.call('GET', `${path}?asOf=${filed!.at}`)).toMatchObject({
    status: 200,
    body: { status: 'candidate' },
  })
  for (const wrong of ['2030-01-01T00:00:00Z', 'yesterday', '2025-01-01'])
    expect(await bank.call('GET', `${path}?asOf=${wrong}`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/query/asOf' }] },
    })
  await bank.turn({ advance: 'PT1M' })
  const now = Date.parse(await bank.now())
  const inShanghai = `${new Date(now + 8 * 3_600_000).toISOString().slice(0, 19)}%2B08:00`
  expect(await bank.call('GET', `${path}?asOf=${inShanghai}`)).toMatchObject({
    status: 200,
    body: { status: 'on-post' },
  })
})
