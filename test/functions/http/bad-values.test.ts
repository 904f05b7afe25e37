import { expect, test } from 'vitest'
import { key, onboardingBody, useSharedApi } from './client.ts'
import { changed, resources } from './resources.ts'

const shared = useSharedApi()

const resource = (name: string) => resources.find((candidate) => candidate.name === name)!

const values: readonly (readonly [string, string, readonly unknown[]])[] = [
  [
    'a person',
    '/email',
    ['x', 'x@', '@bank.test', 'a b@bank.test', 'a@bank.test\nBcc: x@evil.test', 'a@bank.test,b@bank.test'],
  ],
  ['a person', '/email', [`${'x'.repeat(250)}@bank.test`]],
  ['a person', '/name', ['two\nlines', 'x'.repeat(101)]],
  ['a person', '/post', ['clerk', 'Staff']],
  ['a person', '/locale', ['zh', 'de']],
  ['a person', '/centreId', ['../C1', 'C 1', '中心', '-C1', 'x'.repeat(65)]],
  ['a delegation', '/until', ['2025-03-02', '2025-02-29']],
  ['a delegation', '/delegate', ['B1', 'NOBODY']],
  ['HQ', '/approvers', [[], Array.from({ length: 21 }, (_, index) => `Q${index}`)]],
  ['a centre', '/teams', [Array.from({ length: 51 }, (_, index) => ({ id: `T${index}`, name: 'T', leader: 'H1' }))]],
  ['an onboarding', '/procedure', ['exit']],
  ['an onboarding', '/assistant/track', ['gold']],
  ['an onboarding', '/assistant/source', ['friend']],
  ['a transfer', '/assistantId', ['1', '0000000I', '00000001-1']],
  ['an exit', '/decidedBy/body', ['team']],
  ['an exit', '/ground', ['boredom']],
  ['an exit', '/decidedOn', ['2025-02-29', '2025-13-01', '20250303', '2025-3-3', '2025-03-03T00:00:00Z', 'today']],
  ['an exit', '/decidedOn', ['+010000-01-01', '-000001-01-01']],
  ['a decision', '/decision', ['approved', 'Approve']],
]

test.each(values)('%s is refused for what %s can not be', async (name, pointer, wrong) => {
  const { call, items } = shared()
  const { method, path, body } = resource(name)
  const before = await items()
  for (const to of wrong) {
    const answer = await call(method, path, changed(body, pointer, { to }), key('k1'))
    expect(answer, JSON.stringify(to)).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
    for (const error of answer.body.errors ?? []) expect(error.pointer).toBe(pointer)
    expect(answer.body.errors).not.toHaveLength(0)
  }
  expect(await items()).toEqual(before)
})

test('every mistake is named at once', async () => {
  const { call } = shared()
  const { assistant, ...others } = onboardingBody('A9')
  const wrong = { ...others, purpose: 1, surplus: 1, assistant: { ...assistant, track: 'gold', email: 'x' } }
  const { body } = await call('POST', '/v1/applications', wrong, key('k1'))
  const pointers = (body.errors ?? []).map(({ pointer }) => pointer).toSorted()
  expect(pointers).toEqual(['/assistant/email', '/assistant/track', '/purpose', '/surplus'])
  expect(body.detail).toContain('4')
})

test.each(['en', 'zh-CN'])('what is wrong is said in %s', async (language) => {
  const { call } = shared()
  const { assistant, ...others } = onboardingBody('A9')
  const wrong = {
    ...others,
    purpose: ' ',
    surplus: 1,
    assistant: { ...assistant, track: 'gold', email: 'x', centreId: '' },
  }
  const headers = { ...key('k1'), 'accept-language': language }
  const { body } = await call('POST', '/v1/applications', wrong, headers)
  expect(body.errors).toHaveLength(5)
  for (const { detail } of body.errors ?? []) expect(/[\u4e00-\u9fff]/.test(detail), detail).toBe(language === 'zh-CN')
})

test.each([
  [
    'en',
    'must be one of: onboarding, transfer',
    'must have at least 1 member(s)',
    'must have at most 100 character(s)',
  ],
  ['zh-CN', '须为下列之一：onboarding、transfer', '至少 1 项', '至多 100 个字符'],
])('in %s a mistake says what is expected instead', async (language, oneOf, tooFew, tooLong) => {
  const { call } = shared()
  const headers = { ...key('k1'), 'accept-language': language }
  const filed = await call('POST', '/v1/applications', {}, headers)
  expect(filed.body.errors).toEqual([{ pointer: '/procedure', detail: oneOf }])
  const put = await call('PUT', '/v1/hq', { name: 'x'.repeat(101), approvers: [] }, headers)
  expect(put.body.errors).toEqual([
    { pointer: '/name', detail: tooLong },
    { pointer: '/approvers', detail: tooFew },
  ])
})

test.each([
  ['/v1/people/a%20b', '/param/employeeNo'],
  ['/v1/people/%E4%BA%BA', '/param/employeeNo'],
  ['/v1/people/%00', '/param/employeeNo'],
  ['/v1/people/%E0%A4%A', '/param/employeeNo'],
  ['/v1/branches/-1', '/param/branchId'],
  [`/v1/centres/${'x'.repeat(65)}`, '/param/centreId'],
])('nothing is registered under %s', async (path, pointer) => {
  const { call, items } = shared()
  const before = await items()
  const kind = { people: 'a person', branches: 'a branch', centres: 'a centre' }[path.split('/')[2] ?? '']
  const answer = await call('PUT', path, resource(kind ?? '').body)
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } })
  expect(await items()).toEqual(before)
})

test.each([
  ['/v1/applications?limit=0', '/query/limit'],
  ['/v1/applications?limit=201', '/query/limit'],
  ['/v1/applications?limit=1.5', '/query/limit'],
  ['/v1/applications?limit=many', '/query/limit'],
  ['/v1/applications?limit=', '/query/limit'],
  ['/v1/applications?limit=1&limit=2', '/query/limit'],
  ['/v1/applications?status=on-post', '/query/status'],
  ['/v1/applications?stage=centre-review', '/query/stage'],
  ['/v1/applications?branchId=%00', '/query/branchId'],
  ['/v1/applications?assistantId=x', '/query/assistantId'],
  ['/v1/applications?cursor=x', '/query/cursor'],
  ['/v1/assistants?status=open', '/query/status'],
  ['/v1/assistants?reviewDueBefore=2025-02-29', '/query/reviewDueBefore'],
  ['/v1/assistants?employeeNo=a%20b', '/query/employeeNo'],
  ['/v1/assistants?centreId=', '/query/centreId'],
  ['/v1/assistants?limit=-1', '/query/limit'],
  ['/v1/assistants/00000001/events?cursor=-1', '/query/cursor'],
  ['/v1/assistants/00000001/events?cursor=1e3', '/query/cursor'],
  ['/v1/assistants/00000001/events?limit=0', '/query/limit'],
])('%s is refused by name', async (path, pointer) => {
  const { call } = shared()
  const { status, body } = await call('GET', path)
  expect(status).toBe(400)
  expect(body.errors).toMatchObject([{ pointer }])
})
