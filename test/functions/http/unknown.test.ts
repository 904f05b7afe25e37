import { beforeAll, expect, test } from 'vitest'
import { branchAsked } from '../support.ts'
import { key, useSharedApi } from './client.ts'
import { resources } from './resources.ts'

const shared = useSharedApi()

beforeAll(() => branchAsked(shared(), 1))

test.each([
  ['GET', '/v1/assistants/unknown'],
  ['GET', '/v1/assistants/00000009'],
  ['GET', '/v1/assistants/%00'],
  ['GET', '/v1/assistants/00000009/events'],
  ['GET', '/v1/applications/00000001'],
  ['GET', '/v1/applications/00000001-2'],
  ['GET', '/v1/applications/00000009-1'],
  ['POST', '/v1/applications/00000009-1/withdrawal'],
  ['POST', '/v1/applications/00000001-2/amendment'],
  ['POST', '/v1/assistants/00000009/exits'],
  ['POST', '/decide/00000009001'],
  ['POST', '/decide/00000001zzz/dossier'],
  ['POST', '/decide/nothing'],
  ['GET', '/v1'],
  ['GET', '/nothing'],
  ['DELETE', '/v1/applications/00000001-1'],
])('%s %s leads nowhere', async (method, path) => {
  const bank = shared()
  const kept = async () => (await bank.items()).filter(({ pk }) => !pk.startsWith('IDEMPOTENCY#'))
  const before = await kept()
  const body = resources.find((candidate) => path.split('/').at(-1) === candidate.path.split('/').at(-1))?.body
  const given = method !== 'POST' ? undefined : (body ?? { secret: 's', decision: 'approve' })
  const answer = await bank.call(method, path, given, method === 'POST' ? key(path) : {})
  expect(answer).toMatchObject({ status: 404, body: { status: 404, detail: expect.stringMatching(/^[A-Z]/) } })
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(await kept()).toEqual(before)
})
