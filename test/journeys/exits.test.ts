import { expect, test } from 'vitest'
import type { AssistantView } from '../../shared/contracts/resources.ts'
import { applicationOf, assistantOf, bringOnPost, bringTrained, file, linkTo, useBank } from '../support/bank-client.ts'

const bank = useBank()

const exit = (id: string, ground: string, key: string, more: object = {}) =>
  bank.call<AssistantView>(
    'POST',
    `/v1/assistants/${id}/exits`,
    {
      ground,
      decidedBy: { body: 'branch', employeeNo: 'B1' },
      decidedOn: '2024-01-02',
      reasons: '见所附文件',
      evidence: '沪银纪〔2024〕1号',
      ...more,
    },
    { 'idempotency-key': key },
  )

test('art. 9 (1): a recorded punishment ends the post without a further vote; branch, HQ and centre are told', async () => {
  const { id } = await bringOnPost(bank, 'D1')
  expect(await exit(id, 'discipline', 'exit-D1')).toMatchObject({ status: 201, body: { status: 'exited' } })
  expect(await assistantOf(bank, id)).toMatchObject({ exit: { ground: 'discipline', evidence: '沪银纪〔2024〕1号' } })
  // One of them reads English.
  const told = (await bank.mails()).filter(
    ({ subject }) => /^(【退出岗位】|Exit: ).*/.test(subject) && subject.includes(`[${id}]`),
  )
  expect(told.flatMap(({ to }) => to).toSorted()).toEqual(
    ['b1', 'b2', 'h1', 'q1', 'q2'].map((name) => `${name}@bank.example`),
  )
  expect(await exit(id, 'unfit', 'exit-D1-again')).toMatchObject({ status: 409, body: { code: 'not-on-post' } })
})

test('art. 9 (3): unfit, with a named body and reasons, closes the transfer application that was under way', async () => {
  const { id } = await bringTrained(bank, 'U1')
  const transfer = await bank.call<{ id: string }>(
    'POST',
    '/v1/applications',
    { procedure: 'transfer', assistantId: id, early: true, grounds: '业绩突出', filedBy: 'F1' },
    { 'idempotency-key': 'transfer-U1' },
  )
  const link = await linkTo(bank, 'B1', transfer.body.id)
  expect(await exit(id, 'unfit', 'exit-U1-0', { reasons: '' })).toMatchObject({ status: 400 })
  expect(await exit(id, 'unfit', 'exit-U1')).toMatchObject({ status: 201 })
  expect(await applicationOf(bank, transfer.body.id)).toMatchObject({ status: 'withdrawn' })
  const late = await bank.call('POST', link.pathname, { secret: link.hash.slice(1), decision: 'approve' })
  expect(late.status).toBe(404)
})

test('art. 9 (2): below the standard can only come out of the review', async () => {
  const { id } = await bringOnPost(bank, 'S1')
  expect(await exit(id, 'below-standard', 'exit-S1')).toMatchObject({ status: 422, body: { article: '9' } })
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'on-post', exit: null })
})

test('who has left may come again, and has one live post at a time', async () => {
  const first = await bringOnPost(bank, 'R1')
  const double = await bank.call('POST', '/v1/applications', { ...again('R1') }, { 'idempotency-key': 'R1-double' })
  expect(double).toMatchObject({ status: 409, body: { code: 'already-live' } })
  await exit(first.id, 'unfit', 'exit-R1')
  const second = await bank.call<{ assistantId: string }>('POST', '/v1/applications', again('R1'), {
    'idempotency-key': 'R1-2',
  })
  expect(second.status).toBe(201)
  const posts = await bank.call<{ items: readonly AssistantView[] }>('GET', '/v1/assistants?employeeNo=R1')
  expect(posts.body.items.map(({ status }) => status).toSorted()).toEqual(['candidate', 'exited'])
})

const again = (employeeNo: string) => ({
  procedure: 'onboarding',
  assistant: {
    employeeNo,
    name: '再次上岗',
    email: 'again@bank.example',
    track: 'diamond',
    source: 'sub-branch-transfer',
    centreId: 'SH-1',
  },
  purpose: '培养为私钻客户经理',
  filedBy: 'F1',
})

test('a candidate can not exit: the application is withdrawn or rejected instead', async () => {
  const { assistantId } = await file(bank, 'C1')
  expect(await exit(assistantId, 'unfit', 'exit-C1')).toMatchObject({ status: 409, body: { code: 'not-on-post' } })
})
