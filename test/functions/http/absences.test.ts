import { describe, expect, test } from 'vitest'
import type { AbsenceView } from '../../../shared/contracts/organisation.ts'
import { openStageOf } from '../../../shared/domain/assistant.ts'
import { absenceLink } from '../../../functions/mail/links.ts'
import type { Instant } from '../../../shared/domain/time.ts'
import { people } from '../../support/bank.ts'
import { branchAsked, caseId, load } from '../support.ts'
import { useApi } from './client.ts'

const openApi = useApi()

const delegation = { delegate: 'X1', from: '2025-03-03', until: '2025-03-07', reason: '休假' }

const setUp = async () => {
  const bank = await openApi()
  const { pathname: path, hash } = new URL(await absenceLink(bank.system, people.branch))
  const secret = hash.slice(1)
  const post = <Body>(way: string, body: object) => bank.call<Body>('POST', way, body, { authorization: '' })
  const code = async () => {
    await post(`${path}/code`, { secret })
    return bank.mails.at(-1)?.text.match(/\b\d{6}\b/)?.[0] ?? ''
  }
  const say = async (given: object | null) => post<AbsenceView>(path, { secret, code: await code(), delegation: given })
  const read = () => post<AbsenceView>(`${path}/delegation`, { secret })
  return { bank, path, secret, post, code, say, read }
}

describe('an approver who will be away', () => {
  test('reaches the page from any mail, and names a delegate with a code', async () => {
    const { bank, path, secret, read, say } = await setUp()
    await branchAsked(bank, 1)
    const mail = bank.mails.find(({ to }) => to.includes('b1@bank.test'))
    expect(mail?.text).toContain(`https://zhuli.bank.test${path}#${secret}\n`)
    expect(await read()).toMatchObject({ status: 200, body: { name: 'Person B1', delegation: null } })
    expect(await say(delegation)).toMatchObject({
      status: 200,
      body: { delegation: { ...delegation, delegateName: 'Person X1' } },
    })
    expect((await bank.system.directory.person(people.branch))?.delegation).toEqual(delegation)
    expect(await say(null)).toMatchObject({ status: 200, body: { delegation: null } })
    const { body } = await bank.call<{ items: unknown[] }>('GET', '/v1/people/B1/delegations')
    expect(body.items).toMatchObject([
      { by: 'B1', channel: 'page', client: null, delegation: null },
      { by: 'B1', channel: 'page', client: null, delegation: { delegate: 'X1' } },
    ])
  })

  test('has what is open asked of the delegate at once', async () => {
    const { bank, say } = await setUp()
    await branchAsked(bank, 1)
    await say(delegation)
    const asked = openStageOf(await load(bank.system, caseId(1)))?.asked
    expect(asked?.at(-1)).toMatchObject({ approver: 'X1', onBehalfOf: 'B1' })
    expect(bank.mails.at(-1)).toMatchObject({ to: ['x1@bank.test'] })
    expect(bank.mails.at(-1)?.text).toContain('您代理的审批人：Person B1')
  })

  test.each([
    ['ends the absence', null],
    ['leaves later', { ...delegation, from: '2025-03-05' }],
  ])('is asked at once who %s: the delegate may answer no more', async (_, given) => {
    const { bank, say } = await setUp()
    await say(delegation)
    await branchAsked(bank, 1)
    const askedNow = async () => openStageOf(await load(bank.system, caseId(1)))?.asked.map(({ approver }) => approver)
    expect(await askedNow()).toEqual(['X1', 'B2'])
    await say(given)
    expect(await askedNow()).toEqual(['X1', 'B2', 'B1'])
    expect(bank.mails.at(-1)).toMatchObject({ to: ['b1@bank.test'] })
  })

  test('has what waits asked of the delegate as the absence begins by time, and is asked again as it ends', async () => {
    const { bank, say } = await setUp()
    await say({ ...delegation, from: '2025-03-04', until: '2025-03-04' })
    await branchAsked(bank, 1)
    const askedNow = async () => openStageOf(await load(bank.system, caseId(1)))?.asked.map(({ approver }) => approver)
    const turns = async () =>
      (await bank.items()).flatMap(({ pk, dueAt, duePartition }) =>
        pk === 'PERSON#B1' && duePartition !== undefined ? [dueAt] : [],
      )
    const sweepAt = async (now: string) => {
      bank.clock.moveTo(now)
      await bank.functions.sweep(bank.system)({})
    }
    await sweepAt('2025-03-03T15:59:59.000Z')
    expect(await askedNow()).toEqual(['B1', 'B2'])
    await sweepAt('2025-03-03T16:00:00.000Z')
    expect(await askedNow()).toEqual(['B1', 'B2', 'X1'])
    expect(bank.mails.at(-1)).toMatchObject({ to: ['x1@bank.test'] })
    expect(await turns()).toEqual(['2025-03-04T16:00:00.000Z'])

    await branchAsked(bank, 2)
    const askedOfSecond = async () =>
      openStageOf(await load(bank.system, caseId(2)))?.asked.map(({ approver }) => approver)
    expect(await askedOfSecond()).toEqual(['X1', 'B2'])
    await sweepAt('2025-03-04T16:00:00.000Z')
    expect(await askedOfSecond()).toEqual(['X1', 'B2', 'B1'])
    expect(bank.mails.at(-1)).toMatchObject({ to: ['b1@bank.test'] })
    expect(await askedNow()).toEqual(['B1', 'B2', 'X1'])
    expect(await turns()).toEqual([])
  })

  test.each([
    ['ended early', null, []],
    ['replaced', { ...delegation, until: '2025-03-14' }, ['2025-03-14T16:00:00.000Z']],
  ])('whose absence is %s is due no more for the end of the first', async (_, given, left) => {
    const { bank, say } = await setUp()
    await say(delegation)
    await say(given)
    const due = await bank.system.duties.due('2025-04-01T00:00:00.000Z' as Instant, 50)
    expect(
      due.filter(({ key }) => key['pk']?.S === 'PERSON#B1' && key['sk']?.S === 'PERSON').map(({ dueAt }) => dueAt),
    ).toEqual(left)
  })

  test('names another delegate, who is asked at once', async () => {
    const { bank, say } = await setUp()
    await say(delegation)
    await branchAsked(bank, 1)
    await say({ ...delegation, delegate: 'M1' })
    const asked = openStageOf(await load(bank.system, caseId(1)))?.asked
    expect(asked?.at(-1)).toMatchObject({ approver: 'M1', onBehalfOf: 'B1' })
  })

  test('may be away without a delegate: the others are asked', async () => {
    const { bank, say } = await setUp()
    expect(await say({ ...delegation, delegate: null })).toMatchObject({
      status: 200,
      body: { delegation: { delegate: null, delegateName: null } },
    })
    await branchAsked(bank, 1)
    expect(openStageOf(await load(bank.system, caseId(1)))?.asked.map(({ approver }) => approver)).toEqual(['B2'])
  })

  test.each([
    ['themselves', { delegate: 'B1' }, '/delegation/delegate'],
    ['nobody on record', { delegate: 'NOBODY' }, '/delegation/delegate'],
    ['days in the wrong order', { until: '2025-03-02' }, '/delegation/until'],
    ['days that are over', { from: '2024-03-03', until: '2024-03-07' }, '/delegation/until'],
  ])('can not name %s', async (_, wrong, pointer) => {
    const { bank, say } = await setUp()
    expect(await say({ ...delegation, ...wrong })).toMatchObject({ status: 400, body: { errors: [{ pointer }] } })
    expect((await bank.system.directory.person(people.branch))?.delegation).toBeNull()
  })

  test('is shown no more once they are over', async () => {
    const { bank, read, say } = await setUp()
    await say(delegation)
    bank.clock.moveTo('2025-03-07T15:59:59.999Z')
    expect(await read()).toMatchObject({ body: { delegation: { delegate: 'X1' } } })
    bank.clock.moveTo('2025-03-07T16:00:00.000Z')
    expect(await read()).toMatchObject({ body: { delegation: null } })
  })

  test('is not believed without the code', async () => {
    const { bank, path, secret, post } = await setUp()
    expect(await post(path, { secret, code: '000000', delegation })).toMatchObject({
      status: 400,
      body: { code: 'wrong-code' },
    })
    expect((await bank.system.directory.person(people.branch))?.delegation).toBeNull()
  })
})

describe('the code of the page', () => {
  test('is good once: whoever saw it can change nothing more with it', async () => {
    const { bank, path, secret, post, code } = await setUp()
    const digits = await code()
    const say = (given: object | null) => post(path, { secret, code: digits, delegation: given })
    expect(await say(delegation)).toMatchObject({ status: 200 })
    expect(await say({ ...delegation, delegate: 'M1' })).toMatchObject({ status: 400, body: { code: 'wrong-code' } })
    expect(await say(null)).toMatchObject({ status: 400, body: { code: 'wrong-code' } })
    expect((await bank.system.directory.person(people.branch))?.delegation).toEqual(delegation)
  })

  test('does no harm when it is sent again with the same: the first answer may have been lost', async () => {
    const { path, secret, post, code } = await setUp()
    for (const given of [delegation, null]) {
      const sent = { secret, code: await code(), delegation: given }
      const first = await post(path, sent)
      expect(first.status).toBe(200)
      expect(await post(path, sent)).toMatchObject({ status: 200, text: first.text })
    }
  })
})

describe('the link to the page', () => {
  test('lives for its month and the next', async () => {
    const { bank, read } = await setUp()
    bank.clock.moveTo('2025-04-30T15:59:59.000Z')
    expect((await read()).status).toBe(200)
    bank.clock.moveTo('2025-04-30T16:00:00.000Z')
    expect((await read()).status).toBe(404)
  })

  test('is worth nothing for anyone else, nor for a decision', async () => {
    const { bank, secret, post, path } = await setUp()
    await branchAsked(bank, 1)
    const [approval] = openStageOf(await load(bank.system, caseId(1)))!.asked
    const wrong = [
      await post('/absence/B2/delegation', { secret }),
      await post('/absence/NOBODY/delegation', { secret }),
      await post(`${path}/delegation`, { secret: await bank.system.secrets.of('approval-link', approval!.id) }),
      await post('/absence/B2/code', { secret }),
    ]
    expect(new Set(wrong.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(wrong[0]?.status).toBe(404)
    expect(await post(`/decide/${approval!.id}/dossier`, { secret })).toMatchObject({ status: 404 })
  })
})
