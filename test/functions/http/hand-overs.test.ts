import { describe, expect, test } from 'vitest'
import type { AssistantCase } from '../../../shared/domain/assistant.ts'
import { openStageOf } from '../../../shared/domain/assistant.ts'
import { addDays } from '../../../shared/domain/time.ts'
import { createApp } from '../../../functions/http/app.ts'
import { scopes } from '../../../functions/http/auth.ts'
import { sweepDue } from '../../../functions/sweep-due.ts'
import { people } from '../../support/bank.ts'
import { foundUnfit } from '../../support/cases.ts'
import { assign, clients } from '../portfolio.support.ts'
import { caseId, command, decide, done, employee, load, onPost } from '../support.ts'
import { type ApiBank, fetchFrom, key, onboardingBody, useApi } from './client.ts'

const openApi = useApi()

const id = caseId(1)
const [first, second] = clients(1, 2)
const manager = employee(90)

/** Someone on the post with two clients, and a relationship manager who can take them. */
const setUp = async () => {
  const bank = await openApi()
  const person = { employeeNo: manager, name: 'Manager', email: 'rm@bank.test', locale: 'en' as const }
  await bank.system.directory.putPerson({ ...person, post: 'relationship-manager', centreId: null, teamId: null })
  await onPost(bank, 1)
  await assign(bank.system, id, clients(1, 2))
  return bank
}

/** The link of the centre head, who was asked for the hand-over. */
const linkOf = async (bank: ApiBank, state: AssistantCase) => {
  const [approval] = openStageOf(state)!.asked
  const secret = await bank.system.secrets.of('approval-link', approval!.id)
  const path = `/hand-over/${approval!.id}`
  const post = (way: string, body: object = {}) =>
    bank.call('POST', `${path}${way}`, { secret, ...body }, { authorization: '' })
  const code = async () => {
    await post('/code')
    return bank.mails.at(-1)?.text.match(/\b\d{6}\b/)?.[0] ?? ''
  }
  return { approvalId: approval!.id, secret, post, code }
}

const asked = async () => {
  const bank = await setUp()
  done(await command(bank.system, id, foundUnfit, people.branch))
  await bank.states.idle()
  return { bank, ...(await linkOf(bank, await load(bank.system, id))) }
}

const naming = (to: string, ...some: readonly unknown[]) => ({ clients: some.map((clientId) => ({ clientId, to })) })

describe('whoever names who takes the clients', () => {
  test('uses up no try of the code by names that nobody could be handed over to', async () => {
    const { post, code } = await asked()
    const digits = await code()
    for (const _ of [1, 2, 3, 4, 5, 6])
      expect(await post('', { code: digits, ...naming('X1', first) })).toMatchObject({
        status: 422,
        body: { code: 'unable-to-take', errors: [{ pointer: '/clients/0' }] },
      })
    expect(await post('', naming(manager, first))).toMatchObject({ status: 400, body: { code: 'code-required' } })
    expect(await post('', { code: digits, ...naming(manager, first) })).toMatchObject({ body: { left: 1 } })
  })

  test('is answered the same again, by the spent code or none, until the last client and after', async () => {
    const { bank, post, code } = await asked()
    for (const [client, left] of [
      [first, 1],
      [second, 0],
    ]) {
      const named = { code: await code(), ...naming(manager, client) }
      expect(await post('', named)).toMatchObject({ status: 200, body: { left } })
      await bank.states.idle()
      const before = await bank.items()
      expect(await post('', named)).toMatchObject({ status: 200, body: { left } })
      expect(await post('', naming(manager, client))).toMatchObject({ status: 200, body: { left } })
      expect(await bank.items()).toEqual(before)
    }
    // Whatever else is sent by the link is told nothing.
    for (const other of [naming(employee(91), first), naming(manager, first, 'K3'), naming(manager, 'K3')])
      expect(await post('', other)).toMatchObject({ status: 404, body: { code: 'unknown-approval' } })
    expect((await post('/clients')).status).toBe(404)
  })

  test('has no use of the link anywhere else', async () => {
    const { bank, approvalId, secret } = await asked()
    const before = bank.mails.length
    for (const way of ['/dossier', '/code', '']) {
      const decision = way === '' ? { decision: 'approve' } : {}
      const answer = await bank.call('POST', `/decide/${approvalId}${way}`, { secret, ...decision })
      expect(answer, way).toMatchObject({ status: 404, body: { code: 'unknown-approval' } })
    }
    expect(bank.mails).toHaveLength(before)
  })

  test('is told that a dispute holds it up, and gets no code for nothing', async () => {
    const bank = await setUp()
    const { reviewCallAt, reviewDueOn } = await load(bank.system, id)
    bank.clock.moveTo(reviewCallAt!)
    await sweepDue(bank.system, () => true)
    await bank.states.idle()
    bank.clock.moveTo(`${addDays(reviewDueOn!, 1)}T02:00:00.000Z` as typeof reviewCallAt & string)
    const [review] = openStageOf(await load(bank.system, id))!.asked
    done(await decide(bank.system, id, people.head, 'below-standard', '未达标'))
    await bank.states.idle()
    const { post } = await linkOf(bank, await load(bank.system, id))
    expect((await post('/clients')).status).toBe(200)
    const deny = { type: 'dispute-decision', approvalId: review!.id, reason: null } as const
    done(await command(bank.system, id, deny, people.head))
    const before = await bank.items()
    for (const [way, body] of [
      ['/clients', {}],
      ['/code', {}],
      ['', { code: '123456', ...naming(manager, first) }],
    ] as const)
      expect(await post(way, body), way).toMatchObject({ status: 409, body: { code: 'frozen' } })
    expect(await bank.items()).toEqual(before)
  })
})

describe('HR, which names who takes the clients', () => {
  const post = ({ call }: ApiBank, idempotencyKey: string, client: unknown) =>
    call('POST', `/v1/assistants/${id}/hand-overs`, { by: 'F1', ...naming(manager, client) }, key(idempotencyKey))

  test('by one key has one hand-over done, however many others come under it at once', async () => {
    const bank = await setUp()
    const answers = await Promise.all([first, second, first, second].map((client) => post(bank, 'same', client)))
    const taken = answers.filter(({ status }) => status === 201)
    expect(new Set(taken.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ status }) => status === 422).map(({ body }) => body.code)).toEqual([
      'idempotency-key-reused',
      'idempotency-key-reused',
    ])
    expect((await load(bank.system, id)).portfolio).toHaveLength(1)
  })

  test('is answered anew where the first call broke off, and by another request not at all', async () => {
    const bank = await setUp()
    const cases = async () => Promise.reject(new Error('The store can not be reached.'))
    const broken = createApp({
      system: { ...bank.system, lists: { ...bank.system.lists, cases } },
      authenticate: async () => ({ client: 'hr-demo', scopes: new Set(scopes) }),
    })
    const answer = await fetchFrom(broken, `/v1/assistants/${id}/hand-overs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...key('broken') },
      body: JSON.stringify({ by: 'F1', ...naming(manager, first) }),
    })
    expect(answer.status).toBe(503)
    expect(await post(bank, 'broken', second)).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
    const again = await post(bank, 'broken', first)
    expect(again.status).toBe(201)
    expect((await post(bank, 'broken', first)).text).toBe(again.text)
    expect(await bank.call('POST', '/v1/applications', onboardingBody('A9'), key('broken'))).toMatchObject({
      status: 422,
    })
  })
})
