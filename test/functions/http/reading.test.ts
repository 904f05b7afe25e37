import { beforeAll, expect, test } from 'vitest'
import { branchAsked, caseId, hqAsked, onPost } from '../support.ts'
import { useSharedApi } from './client.ts'

const shared = useSharedApi()

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

let approvalId = ''

beforeAll(async () => {
  const bank = shared()
  await branchAsked(bank, 1)
  await hqAsked(bank, 2)
  await onPost(bank, 3)
  approvalId = (await bank.system.record.load(caseId(1)))!.applications[0]!.stages[0]!.asked[0]!.id
})

/** Every way there is, with the ids of a case that is open. */
const ways = async (): Promise<readonly string[]> => {
  const { body } = await shared().call<Document>('GET', '/openapi.json')
  const filled = Object.keys(body.paths).map((path) =>
    path
      .replace('{id}', path.includes('/applications/') ? `${caseId(1)}-1` : caseId(1))
      .replace('{approvalId}', approvalId)
      .replace('{employeeNo}', 'F1')
      .replace('{branchId}', 'BR1')
      .replace('{centreId}', 'C1')
      .replace('{clientId}', 'K1')
      .replace('{period}', '2025-Q1'),
  )
  expect(filled.filter((path) => path.includes('{'))).toEqual([])
  return [...filled, '/openapi.json', '/', '/nothing', `/decide/${approvalId}?decision=approve`]
}

test.each(['GET', 'HEAD', 'OPTIONS'])(
  '%s changes nothing, wherever it goes and whatever it carries',
  async (method) => {
    const bank = shared()
    const before = await bank.items()
    const [mails, executions] = [bank.mails.length, bank.states.executions()]
    const secret = await bank.system.secrets.of('approval-link', approvalId)
    const all = await ways()
    expect(all.length).toBeGreaterThan(15)
    for (const path of all) {
      for (const headers of [
        { authorization: '' },
        { 'idempotency-key': 'k1' },
        { 'x-http-method-override': 'POST' },
      ]) {
        const { status } = await bank.call(method, path, undefined, headers)
        expect(status, `${method} ${path}`).toBeLessThan(500)
      }
      await bank.call(method, `${path}${path.includes('?') ? '&' : '?'}secret=${secret}&_method=POST`)
    }
    await bank.states.idle()
    expect(await bank.items()).toEqual(before)
    expect([bank.mails.length, bank.states.executions()]).toEqual([mails, executions])
  },
)

test('HEAD answers as GET does, without a body', async () => {
  const { call } = shared()
  for (const path of await ways()) {
    const got = await call('GET', path)
    const head = await call('HEAD', path)
    expect([head.status, head.text, head.headers.get('content-type')], path).toEqual([
      got.status,
      '',
      got.headers.get('content-type'),
    ])
  }
})
