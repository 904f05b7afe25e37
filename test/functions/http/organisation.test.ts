import { expect, test } from 'vitest'
import { openStageOf } from '../../../shared/domain/assistant.ts'
import { EmployeeNo } from '../../../shared/domain/ids.ts'
import { sweepDue } from '../../../functions/sweep-due.ts'
import { organisation } from '../../support/bank.ts'
import { branchAsked, caseId, hqAsked, load, trainedOnPost } from '../support.ts'
import { useApi, fetchFrom, issuer } from './client.ts'

const openApi = useApi()

const person = { name: '王芳', email: 'wang@bank.test', post: 'staff' }
const unit = { name: '上海分行', approvers: ['B1', 'B2'] }
const centre = {
  name: '上海私钻中心',
  branchId: 'BR1',
  head: 'H1',
  teams: [{ id: 'T1', name: '一队', leader: 'X1' }],
}

test.each([
  ['/v1/people/A9', person, { employeeNo: 'A9', ...person, locale: 'zh-CN' }],
  ['/v1/hq', unit, unit],
  ['/v1/branches/SH.1_2-3', unit, { id: 'SH.1_2-3', ...unit }],
  ['/v1/centres/C9', centre, { id: 'C9', ...centre }],
])('PUT %s registers in any order, says what is on record, and replaces it', async (path, body, shown) => {
  const { call, items } = await openApi({ organisation: false })
  const created = await call('PUT', path, body)
  expect([created.status, created.body]).toEqual([201, shown])
  const again = await call('PUT', path, body)
  expect([again.status, again.body]).toEqual([200, shown])
  expect(await call('PUT', path, { ...body, name: '改名' })).toMatchObject({ status: 200, body: { name: '改名' } })
  expect(await items()).toHaveLength(1)
})

test('a delegation is named, replaced and ended, and outlives a change of the person', async () => {
  const { call, system } = await openApi()
  const path = '/v1/people/B1/delegation'
  const delegation = { delegate: 'X1', from: '2025-03-03', until: '2025-03-07', reason: '休假' }
  const created = await call('PUT', path, delegation)
  expect([created.status, created.body]).toEqual([201, delegation])
  expect(await call('PUT', path, { ...delegation, delegate: 'B2' })).toMatchObject({
    status: 200,
    body: { delegate: 'B2' },
  })
  await call('PUT', '/v1/people/B1', person)
  const delegated = async () => (await system.directory.person(EmployeeNo.parse('B1')))?.delegation
  expect(await delegated()).toEqual({ ...delegation, delegate: 'B2' })

  for (let times = 0; times < 2; times += 1) {
    const ended = await call('DELETE', path)
    expect([ended.status, ended.text]).toEqual([204, ''])
  }
  expect(await delegated()).toBeNull()
  for (const unknown of [
    await call('DELETE', '/v1/people/NOBODY/delegation'),
    await call('PUT', '/v1/people/NOBODY/delegation', delegation),
  ]) {
    expect(unknown).toMatchObject({ status: 404, body: { code: 'unknown-resource' } })
  }
})

test('who was named for whom, for when and by whom can be read for good, the latest first, also of what came at once', async () => {
  const { call, clock, system } = await openApi()
  const path = '/v1/people/B1/delegation'
  const days = { from: '2025-03-03', until: '2025-03-07' }
  const first = { delegate: 'X1', ...days }
  for (let times = 0; times < 2; times += 1) await call('PUT', path, { ...first, reason: '休假' })
  clock.pass(1)
  await call('DELETE', path)
  await call('DELETE', path)
  const named = { by: 'system', channel: 'api', client: 'hr-demo' }
  const early = [
    { at: '2025-03-03T01:01:00.000Z', ...named, delegation: null },
    { at: '2025-03-03T01:00:00.000Z', ...named, delegation: first },
  ]
  const read = async (query = '') =>
    (await call<{ items: { delegation: unknown }[]; next: string | null }>('GET', `${path}s${query}`)).body
  expect(await read()).toEqual({ items: early, next: null })

  const delegates = ['B2', 'X1', 'Q1']
  await Promise.all(delegates.map((delegate) => call('PUT', path, { delegate, ...days, reason: '休假' })))
  const { items } = await read()
  expect(items.slice(3)).toEqual(early)
  const atOnce = items.slice(0, 3).map(({ delegation }) => (delegation as { delegate: string }).delegate)
  expect(atOnce.toSorted()).toEqual(delegates.toSorted())
  expect((await system.directory.person(EmployeeNo.parse('B1')))?.delegation?.delegate).toBe(atOnce[0])

  const pages = []
  for (let next: string | null = ''; next !== null;) {
    const page = await read(`?limit=2${next && `&cursor=${next}`}`)
    pages.push(page.items)
    next = page.next
  }
  expect(pages.map(({ length }) => length)).toEqual([2, 2, 1])
  expect(pages.flat()).toEqual(items)
  expect(await call('GET', '/v1/people/NOBODY/delegations')).toMatchObject({ status: 404 })
  for (const cursor of ['x', '0', '-1', '1000000'])
    expect(await call('GET', `${path}s?cursor=${cursor}`), cursor).toMatchObject({ status: 400 })
})

test('whoever takes an office is asked at once what waits on whoever had it: their link is dead (art. 7)', async () => {
  const bank = await openApi()
  await branchAsked(bank, 1)
  const { name } = organisation.branch
  const register = (approvers: readonly string[]) =>
    bank.call('PUT', `/v1/branches/${organisation.branch.id}`, { name, approvers })
  expect(await register(['B2', 'X1'])).toMatchObject({ status: 200 })
  const askedNow = async () => openStageOf(await load(bank.system, caseId(1)))?.asked.map(({ approver }) => approver)
  expect(await askedNow()).toEqual(['B1', 'B2', 'X1'])
  expect(bank.mails.at(-1)).toMatchObject({ to: ['x1@bank.test'] })
  // Whoever only comes in addition is asked at the next reminder.
  await register(['B2', 'X1', 'Q1'])
  expect(await askedNow()).toEqual(['B1', 'B2', 'X1'])
})

test('whoever becomes head of a centre is asked at once to review (art. 4)', async () => {
  const bank = await openApi()
  const { reviewCallAt } = await trainedOnPost(bank, 1)
  bank.clock.moveTo(reviewCallAt ?? bank.clock.now())
  await sweepDue(bank.system, () => true)
  await bank.states.idle()
  const { name } = organisation.centre
  const body = { name, branchId: organisation.branch.id, head: 'X1', teams: [] }
  await bank.call('PUT', `/v1/centres/${organisation.centre.id}`, body)
  expect(openStageOf(await load(bank.system, caseId(1)))?.asked.at(-1)).toMatchObject({ approver: 'X1' })
})

test('whoever becomes an approver of HQ is asked at once what waits on whoever was one (art. 7)', async () => {
  const bank = await openApi()
  await hqAsked(bank, 1)
  await bank.call('PUT', '/v1/hq', { name: organisation.hq.name, approvers: ['Q2', 'X1'] })
  expect(openStageOf(await load(bank.system, caseId(1)))?.asked.at(-1)).toMatchObject({ approver: 'X1' })
})

test('a name is kept without the spaces around it', async () => {
  const { call } = await openApi()
  expect(await call('PUT', '/v1/people/A9', { ...person, name: '  王 芳 ' })).toMatchObject({ body: { name: '王 芳' } })
})

test('the health check says whether the store can be reached, to anyone', async () => {
  const bank = await openApi()
  const anyone = { authorization: '' }
  expect(await bank.call('GET', '/healthz', undefined, anyone)).toMatchObject({ status: 200, body: { status: 'ok' } })

  const { createApp } = await import('../../../functions/http/app.ts')
  const page = () => Promise.reject(new Error('The table is out of reach.'))
  const lists = { ...bank.system.lists, page }
  const app = createApp({ system: { ...bank.system, lists }, authenticate: async () => null, issuer })
  const response = await fetchFrom(app, '/healthz')
  expect(response.status).toBe(503)
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(await response.json()).toMatchObject({ status: 503, code: 'unavailable' })
  expect(JSON.stringify(bank.logged)).not.toContain('out of reach')
})

test('every answer forbids to guess its type, to keep it, and to tell where the reader came from', async () => {
  const { call } = await openApi()
  for (const path of ['/healthz', '/v1/applications', '/nothing', '/decide/00000001001', '/openapi.json']) {
    const { headers } = await call('GET', path)
    expect(Object.fromEntries(headers), path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
  }
})
