import { describe, expect, test } from 'vitest'
import type { ApplicationView } from '../../../shared/contracts/resources.ts'
import { scopes } from '../../../functions/http/auth.ts'
import type { System } from '../../../functions/adapters/system.ts'
import { CentreId } from '../../../shared/domain/ids.ts'
import { addDays } from '../../../shared/domain/time.ts'
import { organisation, people } from '../../support/bank.ts'
import { branchAsked, caseId, decide, done, load, onPost } from '../support.ts'
import { type ApiBank, bearer, key, onboardingBody, useApi, fetchFrom, issuer } from './client.ts'

const openApi = useApi()

const exitBody = {
  ground: 'unfit',
  decidedBy: { body: 'branch', employeeNo: 'B1' },
  decidedOn: '2025-03-03',
  reasons: '不适任',
}

describe('a call that creates something', () => {
  test.each([
    ['/v1/applications', onboardingBody('A9')],
    ['/v1/assistants/00000001/exits', exitBody],
  ])('POST %s needs a key that a header can carry', async (path, body) => {
    const { call, items } = await openApi()
    const before = await items()
    const wrong = [{}, key(''), key('two words'), key('x'.repeat(256)), key('\u00fcber')]
    for (const headers of wrong) {
      const answer = await call('POST', path, body, headers)
      expect(answer, JSON.stringify(headers)).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } })
    }
    expect(await items()).toEqual(before)
  })

  test('made again with the same key gets the same answer, byte for byte, and has no other effect', async () => {
    const bank = await openApi()
    const first = await bank.call<ApplicationView>('POST', '/v1/applications', onboardingBody('A9'), key('k1'))
    expect(first.status).toBe(201)
    expect(first.headers.get('location')).toBe(`/v1/applications/${first.body.id}`)
    await bank.states.idle()
    const before = await bank.items()
    bank.clock.pass(60)

    const inChinese = { ...key('k1'), 'accept-language': 'zh-CN' }
    for (const headers of [key('k1'), inChinese]) {
      const again = await bank.call('POST', '/v1/applications', onboardingBody('A9'), headers)
      expect([again.status, again.text, again.headers.get('location')]).toEqual([
        201,
        first.text,
        first.headers.get('location'),
      ])
      expect(Object.fromEntries(again.headers)).toEqual(Object.fromEntries(first.headers))
    }
    expect(await bank.items()).toEqual(before)
  })

  test('means the same whatever the order of its members', async () => {
    const { call } = await openApi()
    const { assistant, purpose, filedBy, procedure } = onboardingBody('A9')
    const first = await call('POST', '/v1/applications', onboardingBody('A9'), key('k1'))
    const again = await call('POST', '/v1/applications', { filedBy, assistant, purpose, procedure }, key('k1'))
    expect(again.text).toBe(first.text)
  })

  test('with the key of another request is refused, and the first answer stands', async () => {
    const { call } = await openApi()
    const first = await call('POST', '/v1/applications', onboardingBody('A9'), key('k1'))
    const other = await call('POST', '/v1/applications', onboardingBody('A8'), key('k1'))
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
    const elsewhere = await call('POST', '/v1/assistants/00000001/exits', exitBody, key('k1'))
    expect(elsewhere).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
    expect((await call('POST', '/v1/applications', onboardingBody('A9'), key('k1'))).text).toBe(first.text)
  })

  test('is told apart from one of another client with the same key', async () => {
    const { call } = await openApi()
    await call('POST', '/v1/applications', onboardingBody('A9'), key('k1'))
    const other = { ...key('k1'), authorization: bearer('payroll', ...scopes) }
    expect(await call('POST', '/v1/applications', onboardingBody('A8'), other)).toMatchObject({ status: 201 })
  })

  test('made many times at once with one key has its effect once, and everybody the same answer', async () => {
    const bank = await openApi()
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => bank.call('POST', '/v1/applications', onboardingBody('A9'), key('k1'))),
    )
    await bank.states.idle()
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([])
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text)).size).toBe(1)
    for (const { body } of answers.filter(({ status }) => status === 409)) expect(body.code).toBe('request-in-progress')
    expect((await bank.items()).filter(({ sk }) => sk === 'CASE')).toHaveLength(1)
    expect(bank.states.executions()).toHaveLength(1)
  })
})

describe('a refusal', () => {
  test('against the state of the case is repeated, also when the state has changed since', async () => {
    const bank = await openApi()
    await branchAsked(bank, 9)
    const first = await bank.call('POST', '/v1/applications', onboardingBody('A9'), key('k1'))
    expect(first).toMatchObject({ status: 409, body: { code: 'already-live' } })
    done(await decide(bank.system, caseId(9), people.branch, 'reject', 'No vacancy.'))

    const again = await bank.call('POST', '/v1/applications', onboardingBody('A9'), key('k1'))
    expect([again.status, again.text]).toEqual([409, first.text])
    const anew = await bank.call('POST', '/v1/applications', onboardingBody('A9'), key('k2'))
    expect(anew.status).toBe(201)
  })

  test('against the regulation is repeated byte for byte, in the language of the first', async () => {
    const { call } = await openApi()
    const clerk = { ...onboardingBody('A9'), purpose: '行政助理' }
    const first = await call('POST', '/v1/applications', clerk, key('k1'))
    expect(first).toMatchObject({ status: 422, body: { code: 'clerical-purpose', article: '2' } })
    const again = await call('POST', '/v1/applications', clerk, { ...key('k1'), 'accept-language': 'zh-CN' })
    expect(again.text).toBe(first.text)
  })

  test('for a centre that is not on record is repeated, also when it has been registered since', async () => {
    const { call, system } = await openApi()
    const { assistant, ...others } = onboardingBody('A9')
    const body = { ...others, assistant: { ...assistant, centreId: 'C2' } }
    const first = await call('POST', '/v1/applications', body, key('k1'))
    expect(first).toMatchObject({
      status: 400,
      body: { code: 'unknown-centre', errors: [{ pointer: '/assistant/centreId' }] },
    })
    const centre = {
      id: CentreId.parse('C2'),
      name: 'C2',
      branchId: organisation.branch.id,
      head: people.head,
      teams: [],
    }
    await system.directory.putCentre(centre)
    expect((await call('POST', '/v1/applications', body, key('k1'))).text).toBe(first.text)
  })

  test('of a malformed request does not use up its key', async () => {
    const { call } = await openApi()
    expect(await call('POST', '/v1/applications', {}, key('k1'))).toMatchObject({ status: 400 })
    expect(await call('POST', '/v1/applications', onboardingBody('A9'), key('k1'))).toMatchObject({ status: 201 })
  })
})

describe('a call that may carry a key', () => {
  const withdrawal = { by: 'F1', reason: '不再需要' }

  test('with one is answered the same again', async () => {
    const bank = await openApi()
    await branchAsked(bank, 1)
    const path = '/v1/applications/00000001-1/withdrawal'
    const first = await bank.call('POST', path, withdrawal, key('k1'))
    expect(first).toMatchObject({ status: 200, body: { status: 'withdrawn' } })
    expect((await bank.call('POST', path, withdrawal, key('k1'))).text).toBe(first.text)
  })

  test('without one is judged anew', async () => {
    const bank = await openApi()
    await branchAsked(bank, 1)
    const path = '/v1/applications/00000001-1/withdrawal'
    expect(await bank.call('POST', path, withdrawal)).toMatchObject({ status: 200 })
    expect(await bank.call('POST', path, withdrawal)).toMatchObject({ status: 409, body: { code: 'not-open' } })
  })

  test.each(['', 'two words', 'x'.repeat(256), '\u00fcber'])('with one that is none is refused: %s', async (text) => {
    const bank = await openApi()
    await branchAsked(bank, 1)
    const answer = await bank.call('POST', '/v1/applications/00000001-1/withdrawal', withdrawal, key(text))
    expect(answer.status).toBe(400)
    expect((await bank.system.record.load(caseId(1)))?.applications[0]?.status).toBe('open')
  })
})

test('a call whose reply was lost is answered as it was the first time', async () => {
  const bank = await openApi()
  await onPost(bank, 1)
  const first = await bank.call('POST', '/v1/assistants/00000001/exits', exitBody, key('k1'))
  expect(first).toMatchObject({ status: 201, body: { status: 'exited', exit: { ground: 'unfit' } } })
  const again = await bank.call('POST', '/v1/assistants/00000001/exits', exitBody, key('k1'))
  expect([again.status, again.text]).toEqual([201, first.text])
})

/** Makes a call with a key of the client of `openApi`, of a system that differs in what follows a commit. */
const callAfterCommit = async ({ system }: ApiBank, after: () => void, path: string, body: object) => {
  const { createApp } = await import('../../../functions/http/app.ts')
  const commit: System['record']['commit'] = async (...commits) => {
    const outcome = await system.record.commit(...commits)
    after()
    return outcome
  }
  const authenticate = async () => ({ client: 'hr-demo', scopes: new Set<string>(scopes) })
  const app = createApp({ system: { ...system, record: { ...system.record, commit } }, authenticate, issuer })
  return fetchFrom(app, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...key('k1') },
    body: JSON.stringify(body),
  })
}

test('a call at whose end another day begins is answered as it is when it is made again', async () => {
  const bank = await openApi()
  const state = await onPost(bank, 1)
  bank.clock.moveTo(`${addDays(state.reviewDueOn!, -10)}T04:00:00.000Z`)
  await bank.functions.sweep(bank.system)(null)
  await bank.states.idle()
  // The last minute of the anniversary; from midnight on the review is overdue.
  bank.clock.moveTo(`${state.reviewDueOn!}T15:59:00.000Z`)
  const path = '/v1/assistants/00000001/violations'
  const violation = {
    reportedBy: 'F1',
    on: '2025-03-03',
    severity: 'minor',
    sanctioned: false,
    description: '迟到',
    evidence: '考勤记录',
  }
  const first = await callAfterCommit(bank, () => bank.clock.pass(2), path, violation)
  expect(first.status).toBe(201)
  expect((await bank.call('POST', path, violation, key('k1'))).text).toBe(await first.text())
})

test('an assignment that broke off when it was done is not made again', async () => {
  const bank = await openApi()
  await onPost(bank, 1)
  const path = '/v1/assistants/00000001/clients'
  const body = { clientIds: ['K1', 'K2'], mode: 'each' }
  const died = () => {
    throw new Error('The function has died.')
  }
  expect((await callAfterCommit(bank, died, path, body)).status).toBe(503)
  expect((await bank.call('DELETE', `${path}/K1`)).status).toBe(204)
  expect(await bank.call('POST', path, body, key('k1'))).toMatchObject({
    status: 200,
    body: {
      clientCount: 2,
      clients: [
        { clientId: 'K1', outcome: 'assigned' },
        { clientId: 'K2', outcome: 'assigned' },
      ],
    },
  })
  expect((await load(bank.system, caseId(1))).portfolio.map(({ clientId }) => clientId)).toEqual(['K2'])
})

test('a case that changes under every try is answered with a conflict, and the key stays free', async () => {
  const bank = await openApi()
  const { createApp } = await import('../../../functions/http/app.ts')
  const record = { ...bank.system.record, commit: async () => 'version-conflict' as const }
  const authenticate = async () => ({ client: 'hr-demo', scopes: new Set<string>(scopes) })
  const app = createApp({ system: { ...bank.system, record }, authenticate, issuer })
  const response = await fetchFrom(app, '/v1/applications', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...key('k1') },
    body: JSON.stringify(onboardingBody('A9')),
  })
  expect(response.status).toBe(409)
  expect(response.headers.get('retry-after')).toBe('1')
  expect(await response.json()).toMatchObject({ code: 'request-in-progress' })
  expect(await bank.call('POST', '/v1/applications', onboardingBody('A9'), key('k1'))).toMatchObject({ status: 201 })
})
