import { expect, test } from 'vitest'
import type { ApplicationView } from '../../shared/contracts/resources.ts'
import {
  applicationOf,
  assistantOf,
  decide,
  decideAt,
  file,
  heardOf,
  linkTo,
  useBank,
  trailOf,
} from '../support/bank-client.ts'
import { eventValidator } from '../support/event-validator.ts'

const bank = useBank()

test('art. 7: approved by branch, then by HQ, the application takes effect', async () => {
  const { id, assistantId } = await file(bank, 'A1')
  expect(await applicationOf(bank, id)).toMatchObject({ status: 'open', stage: 'branch', effectiveAt: null })

  const branch = await decide(bank, 'B1', id, 'approve')
  expect(branch).toMatchObject({ status: 200, body: { decision: 'approve', decidedBy: 'B1', channel: 'page' } })
  expect(await applicationOf(bank, id)).toMatchObject({ status: 'open', stage: 'hq', effectiveAt: null })
  expect(await assistantOf(bank, assistantId)).toMatchObject({ status: 'candidate', onPostSince: null })

  const hq = await decide(bank, 'Q2', id, 'approve')
  const application = await applicationOf(bank, id)
  expect(application).toMatchObject({ status: 'approved', stage: null, effectiveAt: hq.body.decidedAt })
  expect(await assistantOf(bank, assistantId)).toMatchObject({
    status: 'on-post',
    onPostSince: '2024-01-02',
    reviewDueOn: '2025-01-02',
    clientCap: 35,
  })
  const events = await trailOf(bank, assistantId)
  expect(events.map(({ type }) => type)).toEqual([
    'onboarding-filed',
    'stage-opened',
    'stage-decided',
    'stage-opened',
    'stage-decided',
    'onboarding-took-effect',
  ])
})

test('two approvers at once, and both again: one decision counts, and everyone learns which', async () => {
  const { id, assistantId } = await file(bank, 'D1')
  const links = await Promise.all(['B1', 'B2'].map((person) => linkTo(bank, person, id)))
  const both = () =>
    Promise.all(
      links.map(({ pathname, hash }) =>
        decideAt(bank, pathname, { secret: hash.slice(1), decision: 'approve', reason: null }),
      ),
    )
  const answers = [...(await both()), ...(await both())]
  const receipts = answers.filter(({ status }) => status === 200).map(({ body }) => body)
  const late = answers.filter(({ status }) => status === 409).map(({ body }) => body)
  // Whoever decided has the receipt again; the other one is told who was first.
  expect([receipts.length, late.length]).toEqual([2, 2])
  expect(receipts[1]).toEqual(receipts[0])
  for (const body of late)
    expect(body).toMatchObject({ code: 'already-decided', decision: 'approve', decidedBy: receipts[0]?.decidedBy })
  const decisions = (await trailOf(bank, assistantId)).filter(({ type }) => type === 'stage-decided')
  expect(decisions).toHaveLength(1)
  expect(await decide(bank, 'Q1', id, 'reject', '编制已满')).toMatchObject({ status: 200 })
})

test('HR systems hear of all that happened, in order, as the schemas in docs/events say', async () => {
  const { id, assistantId } = await file(bank, 'A8')
  await decide(bank, 'B1', id, 'return', '请说明来源')
  const amendment = { by: 'F1', changes: { source: 'other', sourceNote: '总行交流' }, note: '已补充' }
  await bank.call('POST', `/v1/applications/${id}/amendment`, amendment)
  await decide(bank, 'B1', id, 'approve')
  await decide(bank, 'Q1', id, 'approve')

  const heard = await heardOf(bank, assistantId)
  expect(heard.map(({ type }) => type)).toEqual([
    'onboarding-filed',
    'stage-opened',
    'stage-decided',
    'application-amended',
    'stage-opened',
    'stage-decided',
    'stage-opened',
    'stage-decided',
    'onboarding-took-effect',
  ])
  expect(heard.map(({ seq }) => seq)).toEqual((await trailOf(bank, assistantId)).map(({ seq }) => seq))
  expect(heard.map(({ previousSeq }) => previousSeq)).toEqual([null, ...heard.slice(0, -1).map(({ seq }) => seq)])
  expect(heard[3]).toMatchObject({ employeeNo: 'A8', data: { amendedBy: 'F1', changes: { source: 'other' } } })
  const mistakes = eventValidator()
  expect(heard.flatMap(mistakes)).toEqual([])
  expect(JSON.stringify(heard)).not.toMatch(/请说明来源|总行交流|已补充|助理A8|@/)
})

test('rejected by the branch: HQ is never asked, the candidate is not appointed and may be filed again', async () => {
  const { id, assistantId } = await file(bank, 'A2')
  expect(await decide(bank, 'B2', id, 'reject')).toMatchObject({ status: 400, body: { code: 'reason-required' } })
  await decide(bank, 'B2', id, 'reject', '编制已满')
  expect(await applicationOf(bank, id)).toMatchObject({ status: 'rejected', stages: [{ reason: '编制已满' }] })
  expect(await assistantOf(bank, assistantId)).toMatchObject({ status: 'not-appointed' })
  await expect(linkTo(bank, 'Q1', id)).rejects.toThrow('not mailed')
  const again = await bank.call<ApplicationView>(
    'POST',
    '/v1/applications',
    {
      procedure: 'onboarding',
      assistant: {
        employeeNo: 'A2',
        name: '助理A2',
        email: 'a2@bank.example',
        track: 'diamond',
        source: 'external-hire',
        centreId: 'SH-1',
      },
      purpose: '培养为私钻客户经理',
      filedBy: 'F1',
    },
    { 'idempotency-key': 'file-A2-again' },
  )
  expect(again).toMatchObject({ status: 201 })
})

test('rejected by HQ after the branch agreed: not appointed, and the filer and the centre head are told why', async () => {
  const { id, assistantId } = await file(bank, 'A3')
  await decide(bank, 'B1', id, 'approve')
  await decide(bank, 'Q1', id, 'reject', '培养计划不足')
  expect(await applicationOf(bank, id)).toMatchObject({ status: 'rejected', effectiveAt: null })
  expect(await assistantOf(bank, assistantId)).toMatchObject({ status: 'not-appointed' })
  const told = (await bank.mails()).filter(({ subject }) => subject.includes('未获同意') && subject.includes(`[${id}]`))
  expect(told.flatMap(({ to }) => to).toSorted()).toEqual(['f1@bank.example', 'h1@bank.example'])
  expect(told[0]?.text).toContain('培养计划不足')
})

test('returned by HQ, amended and approved: HQ is asked again in round 2, and its first link is dead', async () => {
  const { id, assistantId } = await file(bank, 'A4')
  await decide(bank, 'B1', id, 'approve')
  const first = await linkTo(bank, 'Q1', id)
  await decide(bank, 'Q1', id, 'return', '请说明来源')
  expect(await applicationOf(bank, id)).toMatchObject({ status: 'returned', stage: 'hq' })

  const amendment = { by: 'F1', changes: { source: 'other', sourceNote: '总行交流' }, note: '已补充' }
  const stranger = await bank.call('POST', `/v1/applications/${id}/amendment`, { ...amendment, by: 'X1' })
  expect(stranger).toMatchObject({ status: 422, body: { code: 'not-the-filer' } })
  const amended = await bank.call<ApplicationView>('POST', `/v1/applications/${id}/amendment`, amendment)
  expect(amended).toMatchObject({ status: 200, body: { status: 'open', stage: 'hq', note: '已补充' } })

  const second = await linkTo(bank, 'Q1', id)
  expect(second.pathname).not.toBe(first.pathname)
  const late = await bank.call('POST', first.pathname, { secret: first.hash.slice(1), decision: 'approve' })
  expect(late).toMatchObject({ status: 409, body: { code: 'already-decided', decision: 'return', decidedBy: 'Q1' } })

  await decide(bank, 'Q1', id, 'approve')
  const application = await applicationOf(bank, id)
  expect(application.stages.map(({ stage, round, status }) => [stage, round, status])).toEqual([
    ['branch', 1, 'approved'],
    ['hq', 1, 'returned'],
    ['hq', 2, 'approved'],
  ])
  expect(await assistantOf(bank, assistantId)).toMatchObject({
    status: 'on-post',
    source: 'other',
    sourceNote: '总行交流',
  })
})

test('withdrawn while the branch is asked: whoever was asked is told, and the link is dead', async () => {
  const { id, assistantId } = await file(bank, 'A5')
  const link = await linkTo(bank, 'B1', id)
  const withdrawn = await bank.call('POST', `/v1/applications/${id}/withdrawal`, { by: 'F1', reason: '人选变更' })
  expect(withdrawn).toMatchObject({ status: 200, body: { status: 'withdrawn' } })
  expect(await assistantOf(bank, assistantId)).toMatchObject({ status: 'not-appointed' })
  const late = await bank.call('POST', link.pathname, { secret: link.hash.slice(1), decision: 'approve' })
  expect(late).toMatchObject({ status: 404, body: { code: 'unknown-approval' } })
  const told = (await bank.mails()).filter(({ subject }) => subject.includes('已撤回') && subject.includes(`[${id}]`))
  expect(told.flatMap(({ to }) => to).toSorted()).toEqual(['b1@bank.example', 'b2@bank.example'])
})

test('silence is not consent: the branch is reminded, its centre and then HQ are told, and the application expires', async () => {
  const { id, assistantId } = await file(bank, 'A6')
  const opened = await applicationOf(bank, id)
  expect(opened.stages[0]).toMatchObject({ status: 'open', dueOn: '2024-01-16' })
  await bank.turn({ to: '2024-01-16T15:59:00.000Z' })
  expect(await applicationOf(bank, id)).toMatchObject({ status: 'open' })
  await bank.turn({ advance: 'PT2M' })
  expect(await applicationOf(bank, id)).toMatchObject({
    status: 'expired',
    stages: [{ status: 'expired', decision: null }],
  })
  expect(await assistantOf(bank, assistantId)).toMatchObject({ status: 'not-appointed' })
  const events = await trailOf(bank, assistantId)
  expect(events.map(({ type, at }) => [type, at.slice(0, 16)])).toEqual([
    ['onboarding-filed', expect.any(String)],
    ['stage-opened', expect.any(String)],
    ['stage-reminded', '2024-01-04T01:00'],
    ['stage-reminded', '2024-01-08T01:00'],
    ['stage-escalated', '2024-01-09T01:00'],
    ['stage-reminded', '2024-01-10T01:00'],
    ['stage-escalated', '2024-01-12T01:00'],
    ['application-expired', '2024-01-16T16:00'],
  ])
  const digests = (await bank.mails()).filter(({ text }) => text.includes(id) && text.includes('提请时间'))
  const told = digests.filter(({ text }) => text.includes('【升级提醒】'))
  expect(told.map(({ to, at }) => `${at.slice(0, 16)} ${to[0]?.slice(0, 2)}`)).toEqual([
    '2024-01-09T01:10 h1',
    '2024-01-12T01:10 q1',
  ])
})

test('art. 7: nobody decides both stages, and who files never decides', async () => {
  await bank.call('PUT', '/v1/hq', { name: '总行', approvers: ['Q1', 'B1', 'F1'] })
  const { id } = await file(bank, 'A7')
  await decide(bank, 'B1', id, 'approve')
  const asked = (await bank.mails()).filter(
    ({ subject, at }) => subject.startsWith('【请审批】') && subject.includes(`[${id}]`) && at > '2024-01-16',
  )
  expect(asked.flatMap(({ to }) => to).toSorted()).toEqual(['b1@bank.example', 'b2@bank.example', 'q1@bank.example'])
  await bank.call('PUT', '/v1/hq', { name: '总行', approvers: ['Q1', 'Q2'] })
})
