import { expect, test } from 'vitest'
import { applicationOf, assistantOf, decide, file, linkTo, useBank } from '../support/bank-client.ts'

const bank = useBank()

const absence = { delegate: 'X1', from: '2024-01-02', until: '2024-01-05', reason: '休假' }

test('art. 7: an absent approver has a named delegate, and the record shows both', async () => {
  await bank.call('PUT', '/v1/branches/SH', { name: '上海分行', approvers: ['B1'] })
  expect(await bank.call('PUT', '/v1/people/B1/delegation', absence)).toMatchObject({ status: 201 })
  const { id, assistantId } = await file(bank, 'A1')
  await expect(linkTo(bank, 'B1', id)).rejects.toThrow('not mailed')
  const mail = (await bank.mails()).find(({ to }) => to.includes('x1@bank.example'))
  expect(mail?.text).toContain('您代理的审批人：员工B1')

  const receipt = await decide(bank, 'X1', id, 'approve')
  expect(receipt).toMatchObject({ status: 200, body: { decidedBy: 'X1', onBehalfOf: 'B1' } })
  expect(await applicationOf(bank, id)).toMatchObject({
    stage: 'hq',
    stages: [{ decidedBy: 'X1', onBehalfOf: 'B1' }, { status: 'open' }],
  })
  await decide(bank, 'Q1', id, 'approve')
  expect(await assistantOf(bank, assistantId)).toMatchObject({ status: 'on-post' })
})

test('a delegation that is ended takes the decision back: the delegate may not, the approver is asked again', async () => {
  const { id } = await file(bank, 'A2')
  const link = await linkTo(bank, 'X1', id)
  expect((await bank.call('DELETE', '/v1/people/B1/delegation')).status).toBe(204)
  const late = await bank.call('POST', link.pathname, { secret: link.hash.slice(1), decision: 'approve' })
  expect(late).toMatchObject({ status: 404, body: { code: 'unknown-approval' } })
  expect(await decide(bank, 'B1', id, 'approve')).toMatchObject({ body: { decidedBy: 'B1', onBehalfOf: null } })
})

test('a delegate must be someone else, on record, for days in their order', async () => {
  const put = (body: object) => bank.call('PUT', '/v1/people/B1/delegation', { ...absence, ...body })
  expect(await put({ delegate: 'B1' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/delegate' }] } })
  expect(await put({ delegate: 'NOBODY' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/delegate' }] } })
  expect(await put({ until: '2024-01-01' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/until' }] } })
  expect(await bank.call('PUT', '/v1/people/NOBODY/delegation', absence)).toMatchObject({ status: 404 })
})
