import { describe, expect, test } from 'vitest'
import type { AssistantView, EventView } from '../../../shared/contracts/resources.ts'
import { digest } from '../../../functions/adapters/digest.ts'
import { sweepDue } from '../../../functions/sweep-due.ts'
import { branchAsked, caseId, onPost } from '../support.ts'
import { key, useApi } from './client.ts'

const openApi = useApi()

const path = `/v1/assistants/${caseId(1)}`

test('an assistant is shown with the year on the post, the cap of clients and the review', async () => {
  const bank = await openApi()
  await branchAsked(bank, 1)
  expect((await bank.call<AssistantView>('GET', path)).body).toMatchObject({
    status: 'candidate',
    onPostSince: null,
    reviewDueOn: null,
    clientCap: 35,
  })
  await onPost(bank, 2)
  const other = `/v1/assistants/${caseId(2)}`
  const onPostView = (await bank.call<AssistantView>('GET', other)).body
  expect(onPostView).toMatchObject({
    status: 'on-post',
    onPostSince: '2025-03-03',
    reviewDueOn: '2026-03-03',
    review: null,
  })

  bank.clock.moveTo('2026-03-03T01:00:00.000Z')
  await sweepDue(bank.system, () => true)
  await bank.states.idle()
  const due = (await bank.call<AssistantView>('GET', other)).body
  expect(due).toMatchObject({
    reviewOverdue: false,
    review: { stage: 'centre-review', status: 'open', dueOn: '2026-03-03' },
  })
  bank.clock.moveTo('2026-03-03T16:00:00.000Z')
  expect((await bank.call<AssistantView>('GET', other)).body.reviewOverdue).toBe(true)
})

test('the audit trail says who, when, by which channel and under which policy, and anyone can check its chain', async () => {
  const bank = await openApi()
  await onPost(bank, 1)
  const { body } = await bank.call<{ items: readonly EventView[] }>('GET', `${path}/events`)
  expect(body.items.map(({ seq, type, by, channel }) => [seq, type, by, channel])).toEqual([
    [1, 'onboarding-filed', 'F1', 'api'],
    [2, 'stage-opened', 'system', 'workflow'],
    [3, 'stage-decided', 'B1', 'page'],
    [4, 'stage-opened', 'system', 'workflow'],
    [5, 'stage-decided', 'Q1', 'page'],
    [6, 'onboarding-took-effect', 'system', 'workflow'],
  ])
  for (const [index, event] of body.items.entries()) {
    const { hash, ...sealed } = event
    expect(hash).toBe(digest(sealed))
    expect(event).toMatchObject({ policyVersion: '2024-1', at: '2025-03-03T01:00:00.000Z', onBehalfOf: null })
    expect(event.previousHash).toBe(body.items[index - 1]?.hash ?? '0'.repeat(64))
  }
})

describe('an exit', () => {
  const body = {
    ground: 'discipline',
    decidedBy: { body: 'hq', employeeNo: 'Q1' },
    decidedOn: '2025-03-03',
    reasons: '严重违规',
    evidence: 'HR-2025-17',
  }

  test('is recorded with its ground, and the person may be filed again', async () => {
    const bank = await openApi()
    await onPost(bank, 1)
    const answer = await bank.call<AssistantView>('POST', `${path}/exits`, body, key('k1'))
    expect(answer).toMatchObject({ status: 201, body: { status: 'exited', exit: body } })
    expect(answer.headers.get('location')).toBe(path)
    expect((await bank.call('GET', path)).body).toEqual(answer.body)
    expect(await bank.call('POST', `${path}/exits`, body, key('k2'))).toMatchObject({
      status: 409,
      body: { code: 'not-on-post' },
    })
    await branchAsked(bank, 2)
  })

  test.each([
    [{ ...body, ground: 'below-standard' }, 422, 'only-by-review', '9', '/ground'],
    [{ ...body, decidedOn: '2025-03-04' }, 422, 'decided-in-future', '9', '/decidedOn'],
    [{ ...body, decidedBy: { body: 'hq', employeeNo: 'A1' } }, 422, 'four-eyes', '7', '/decidedBy/employeeNo'],
  ])('by %j is refused', async (wrong, status, code, article, pointer) => {
    const bank = await openApi()
    await onPost(bank, 1)
    const answer = await bank.call('POST', `${path}/exits`, wrong, key('k1'))
    expect(answer).toMatchObject({ status, body: { code, article, errors: [{ pointer }] } })
    expect((await bank.call<AssistantView>('GET', path)).body.status).toBe('on-post')
  })
})

test('the language of an answer is the first of ours that the reader accepts, Chinese without one', async () => {
  const { call } = await openApi()
  const languages: readonly (readonly [string, boolean])[] = [
    ['', true],
    ['zh-CN,zh;q=0.9,en;q=0.8', true],
    ['zh-Hant', true],
    ['en-GB,en;q=0.9,zh;q=0.8', false],
    ['fr,en;q=0.5', false],
    ['fr', true],
    ['*', true],
  ]
  for (const [language, isChinese] of languages) {
    const { body } = await call('GET', '/v1/assistants/00000099', undefined, { 'accept-language': language })
    expect(/[\u4e00-\u9fff]/.test(body.title), language).toBe(isChinese)
    expect(/[\u4e00-\u9fff]/.test(body.detail), language).toBe(isChinese)
  }
})

test('a question that is not understood is refused, not answered with something else', async () => {
  const { call } = await openApi()
  const answer = await call('GET', '/v1/assistants/00000099?asof=2025-01-01T00:00:00.000Z')
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/query/asof' }] } })
})
