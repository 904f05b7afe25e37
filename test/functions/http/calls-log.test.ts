import { expect, test } from 'vitest'
import { openStageOf } from '../../../shared/domain/assistant.ts'
import type { ApplicationView } from '../../../shared/contracts/resources.ts'
import { createApp } from '../../../functions/http/app.ts'
import { scopes } from '../../../functions/http/auth.ts'
import { load } from '../support.ts'
import { type ApiBank, key, onboardingBody, useApi, fetchFrom, issuer } from './client.ts'

const openApi = useApi()

const notesOf = ({ logged }: ApiBank) => logged.filter(({ message }) => message === 'Answered a call.')

/** Files an application, and waits until the branch is asked. */
const filed = async () => {
  const bank = await openApi()
  const { body } = await bank.call<ApplicationView>('POST', '/v1/applications', onboardingBody('A9'), key('filing'))
  await bank.states.idle()
  return { bank, application: body }
}

test('all that happens to a case is found by its id, from the filing on', async () => {
  const { bank, application } = await filed()
  const { id, assistantId } = application
  const asked = openStageOf(await load(bank.system, assistantId))?.asked[0]
  const secret = await bank.system.secrets.of('approval-link', asked!.id)
  await bank.call('POST', `/decide/${asked!.id}/code`, { secret })
  await bank.call('POST', `/v1/applications/${id}/withdrawal`, { by: 'F1', reason: '撤回' }, key('withdrawal'))
  await bank.call('PUT', `/v1/assistants/${assistantId}/mentor`, { employeeNo: 'H1', by: 'H1' })
  expect(bank.logged.filter((line) => line['case'] === assistantId)).toMatchObject([
    { message: 'Answered a call.', method: 'POST', route: '/v1/applications', status: 201 },
    { message: 'Did a task.', task: 'open-stage', applicationId: id, stage: 'branch', round: 1 },
    { message: 'Answered a call.', method: 'POST', route: '/decide/:approvalId/code', status: 200 },
    { message: 'Answered a call.', method: 'POST', route: '/v1/applications/:id/withdrawal', status: 200 },
    { message: 'Answered a call.', method: 'PUT', route: '/v1/assistants/:id/mentor', status: 409 },
  ])
})

test('what is read is not noted, nor is what may be no case at all', async () => {
  const bank = await openApi()
  await bank.call('GET', '/v1/applications')
  await bank.call('PUT', '/v1/people/10023456', { name: '王芳', email: 'w@bank.test', post: 'staff' })
  await bank.call('PUT', '/v1/assistants/10023456/mentor', { employeeNo: 'H1', by: 'H1' })
  await bank.call('POST', '/decide/10023456abc', { secret: 'x'.repeat(43), decision: 'approve' })
  expect(notesOf(bank).map((line) => [line['status'], line['case']])).toEqual([
    [201, null],
    [404, null],
    [404, null],
  ])
  expect(JSON.stringify(bank.logged)).not.toMatch(/10023456|王芳|xxx/)
})

test('a call that fails is noted with its case', async () => {
  const { bank, application } = await filed()
  const record = { ...bank.system.record, load: () => Promise.reject(new Error('The table is out of reach.')) }
  const authenticate = async () => ({ client: 'hr-demo', scopes: new Set(scopes) })
  const app = createApp({ system: { ...bank.system, record }, authenticate, issuer })
  const { status } = await fetchFrom(app, `/v1/assistants/${application.assistantId}/mentor`, {
    method: 'PUT',
    headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
    body: JSON.stringify({ employeeNo: 'H1', by: 'H1' }),
  })
  expect(status).toBe(503)
  const about = { route: '/v1/assistants/:id/mentor', case: application.assistantId }
  expect(bank.logged.slice(-2)).toMatchObject([
    { message: 'A call failed.', ...about, error: 'Error' },
    { message: 'Answered a call.', ...about, status: 503 },
  ])
})
