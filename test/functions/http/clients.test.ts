import { expect, test } from 'vitest'
import type { AssignmentsView, ResponsibilityView } from '../../../shared/contracts/year.ts'
import { addMinutes } from '../../../shared/domain/time.ts'
import { ClientId } from '../../../shared/domain/ids.ts'
import { standingsOf } from '../../../functions/portfolio.ts'
import { caseId, employee, onPost } from '../support.ts'
import type { System } from '../../../functions/adapters/system.ts'
import { createApp } from '../../../functions/http/app.ts'
import { scopes } from '../../../functions/http/auth.ts'
import type { App } from '../../../functions/http/call.ts'
import { people } from '../../support/bank.ts'
import { assign, bothWays, clients } from '../portfolio.support.ts'
import { type ApiBank, bearer, fetchFrom, useApi } from './client.ts'

const openApi = useApi()

const id = ClientId.parse('K1')

/** All pages of a client's history, the latest first. */
const pagesOf = async ({ call }: ApiBank): Promise<readonly ResponsibilityView[]> => {
  const pages: ResponsibilityView[] = []
  for (let next: string | null = ''; next !== null; next = pages.at(-1)?.next ?? null) {
    const { status, body } = await call<ResponsibilityView>('GET', `/v1/clients/${id}${next && `?cursor=${next}`}`)
    expect(status).toBe(200)
    pages.push(body)
  }
  return pages
}

test('however often a client changes hands, item and answer stay small, and the whole history is told', async () => {
  const bank = await openApi()
  await onPost(bank, 1)
  const path = `/v1/assistants/${caseId(1)}/clients/${id}`
  /** Everyone is responsible for a minute. */
  const change = async (method: 'PUT' | 'DELETE') => {
    bank.clock.pass(1)
    expect((await bank.call(method, path)).status).toBe(method === 'PUT' ? 201 : 204)
  }
  await change('PUT')
  for (let times = 0; times < 105; times += 1) {
    await change('DELETE')
    await change('PUT')
  }

  const stored = async () => (await standingsOf(bank.system, [id])).get(id)!.client
  const kept = await stored()
  expect(kept.history.length).toBeLessThanOrEqual(100)
  const pages = await pagesOf(bank)
  expect(pages.map(({ history }) => history.length)).toEqual([7, 49, 50])
  expect(pages.every(({ responsible }) => responsible?.employeeNo === employee(1))).toBe(true)
  const told = pages.toReversed().flatMap(({ history }) => history)
  expect(told.at(-1)?.until).toBeNull()
  const ended = told.slice(0, -1)
  expect(ended.map(({ until }) => until)).toEqual(ended.map(({ from }) => addMinutes(from, 1)))
  expect(new Set(told.map(({ from }) => from)).size).toBe(106)

  // Whoever read the client before a history was put away sees none of it twice.
  const { history } = bank.system.responsibilities
  const latest = await history(kept, null)
  for (let times = 0; times < 50; times += 1) {
    await change('DELETE')
    await change('PUT')
  }
  expect((await stored()).history.length).toBeLessThan(100)
  expect((await stored()).changes).toBeGreaterThan(kept.changes + 100)
  expect(await history(kept, null)).toEqual(latest)

  for (const cursor of ['0', '5', '999999', '-1', 'x', '']) {
    const { status, body } = await bank.call('GET', `/v1/clients/${id}?cursor=${cursor}`)
    expect([status, body.errors?.[0]?.pointer], cursor).toEqual([400, '/query/cursor'])
  }
}, 120_000)

test('whoever was never given a client whom a batch had reserved for them is in no history', async () => {
  const bank = await openApi()
  await onPost(bank, 1)
  await onPost(bank, 2)
  const { responsibilities } = bank.system
  const told = async () => (await bank.call<ResponsibilityView>('GET', `/v1/clients/${id}`)).body
  const reserve = async () => {
    const cause = { at: bank.clock.now(), by: 'system', client: 'hr-demo' } as const
    const { client } = (await standingsOf(bank.system, [id])).get(id)!
    const holder = { employeeNo: employee(1), assistantId: caseId(1) }
    expect(await responsibilities.reserve([client], holder, [], cause)).not.toBeNull()
    bank.clock.pass(1)
  }
  await reserve()
  expect(await told()).toMatchObject({ responsible: null, history: [] })
  await reserve()
  expect((await bank.call('PUT', `/v1/assistants/${caseId(2)}/clients/${id}`)).status).toBe(201)
  expect((await told()).history).toMatchObject([{ employeeNo: employee(2), until: null }])
})

test('a hand-over that broke off and is repeated takes nobody who has come back to the giver since', async () => {
  const bank = await openApi()
  await onPost(bank, 1)
  await onPost(bank, 2)
  const all = clients(1, 25)
  await assign(bank.system, caseId(1), all)
  const namings = all.map((clientId) => ({ clientId, to: employee(2) }))
  const body = { by: people.filer, clients: namings }
  const handOver = (app: App, from: number, key: string, given: object) =>
    fetchFrom(app, `/v1/assistants/${caseId(from)}/hand-overs`, {
      method: 'POST',
      headers: {
        authorization: bearer('hr-demo', ...scopes),
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(given),
    })

  let commits = 0
  const commit: System['record']['commit'] = async (...given) => {
    commits += 1
    if (commits > 1) throw new Error('The connection is gone.')
    return bank.system.record.commit(...given)
  }
  const dying = { ...bank.system, record: { ...bank.system.record, commit } }
  const failing = createApp({
    system: dying,
    authenticate: async () => ({ client: 'hr-demo', scopes: new Set(scopes) }),
  })
  expect((await handOver(failing, 1, 'all', body)).status).toBeGreaterThanOrEqual(500)
  const back = { by: people.filer, clients: [{ clientId: 'K1', to: employee(1) }] }
  expect((await handOver(bank.app, 2, 'back', back)).status).toBe(201)

  const again = await handOver(bank.app, 1, 'all', body)
  expect([again.status, ((await again.json()) as { clientCount: number }).clientCount]).toEqual([201, 1])
  expect((await bothWays(bank, [1, 2])).byCase).toEqual([['K1'], all.slice(1).toSorted()])
  // Another call says so anew.
  expect((await handOver(bank.app, 1, 'another', { ...body, clients: namings.slice(0, 1) })).status).toBe(201)
  expect((await bothWays(bank, [1])).byCase).toEqual([[]])
})

test('of calls that assign the same clients at once, one says that it did, and the others that it was so', async () => {
  const bank = await openApi()
  await onPost(bank, 1)
  const one = `/v1/assistants/${caseId(1)}/clients/${id}`
  const single = await Promise.all(Array.from({ length: 4 }, () => bank.call('PUT', one)))
  expect(single.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(single.filter(({ status }) => status === 200)).toHaveLength(3)

  const several = await Promise.all(
    ['first', 'second', 'third'].map((key) =>
      bank.call<AssignmentsView>(
        'POST',
        `/v1/assistants/${caseId(1)}/clients`,
        { clientIds: ['K1', 'K2', 'K3'] },
        { 'idempotency-key': key },
      ),
    ),
  )
  const outcomes = several.map(({ body }) => body.clients.map(({ outcome }) => outcome).join())
  const already = 'already-assigned,already-assigned,already-assigned'
  expect(outcomes.toSorted()).toEqual([already, already, 'already-assigned,assigned,assigned'])
})
