import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import type { PolicyMoveView } from '../../../shared/contracts/resources.ts'
import { openStageOf } from '../../../shared/domain/assistant.ts'
import { Day } from '../../../shared/domain/time.ts'
import { policiesOf } from '../../../shared/policy/policies.ts'
import { createApp } from '../../../functions/http/app.ts'
import { scopes } from '../../../functions/http/auth.ts'
import { branchAsked, caseId, load, onPost } from '../support.ts'
import { overFetch } from '../../../infra/local/over-fetch.ts'
import { type ApiBank, fetchFrom, useApi, issuer } from './client.ts'

const openApi = useApi()

/** A bank with one case before the branch and one on the post, and a stricter policy from the next day on. */
const setUp = async () => {
  const bank = await openApi()
  await branchAsked(bank, 1)
  await onPost(bank, 2)
  const old = bank.system.policies.on(Day.parse('2025-03-03'))
  const stages = { ...old.stages, branch: { ...old.stages.branch, expireAfter: 9 } }
  const policies = policiesOf([old, { ...old, version: '2025-2', from: Day.parse('2025-03-04'), stages }])
  const system = { ...bank.system, policies }
  const app = createApp({ system, authenticate: async () => ({ client: 'hr-demo', scopes: new Set(scopes) }), issuer })
  const server = createServer((request, response) => {
    const fetched = getRequestListener((asked) =>
      new URL(asked.url).pathname === '/oauth2/token'
        ? Response.json({ access_token: 'token' })
        : overFetch(app)(asked),
    )
    void fetched(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
  const policy = (...given: readonly string[]) =>
    promisify(execFile)(process.execPath, ['infra/operate/policy.ts', ...given], {
      env: { ...process.env, ZHULI_URL: url },
    })
  return { bank, app, policy }
}

const dueOn = async ({ system }: ApiBank) => openStageOf(await load(system, caseId(1)))?.dueOn

test('npm run policy: shows beforehand what would move, and moves it when asked to', async () => {
  const { bank, policy } = await setUp()
  expect((await policy('--dry-run')).stdout).toBe('0 would move; nothing was changed.\n')
  bank.clock.moveTo('2025-03-04T02:00:00.000Z')

  const before = await bank.items()
  const { stdout: shown } = await policy('--dry-run')
  expect(shown).toContain(`${caseId(1)}-1 branch: policy 2024-1 → 2025-2, last day 2025-03-17 → 2025-03-14`)
  expect(shown).toContain('1 would move; nothing was changed.')
  expect(await bank.items()).toEqual(before)
  expect(await dueOn(bank)).toBe('2025-03-17')

  const { stdout: moved } = await policy('--by', 'F1')
  expect(moved).toContain('1 moved.')
  expect(await dueOn(bank)).toBe('2025-03-14')
  expect((await bank.system.record.events(caseId(1), 2, 1))[0]).toMatchObject({ type: 'policy-adopted', by: 'F1' })
  expect((await policy('--dry-run')).stdout).toBe('0 would move; nothing was changed.\n')
})

test.each([[[]], [['--dry-run', '--by', 'F1']], [['--all']]])(
  'npm run policy %j says how it is used',
  async (given) => {
    const { policy } = await setUp()
    await expect(policy(...given)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Usage: npm run policy'),
    })
  },
)

test('the list goes on over pages, and shows a case under way once', async () => {
  const { bank, app } = await setUp()
  await branchAsked(bank, 3)
  bank.clock.moveTo('2025-03-04T02:00:00.000Z')
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`
    const answer = await fetchFrom(app, `/v1/policy/moves?limit=1${query}`)
    const page = (await answer.json()) as { items: readonly PolicyMoveView[]; next: string | null }
    found.push(...page.items.map(({ assistantId }) => assistantId))
    cursor = page.next
  }
  expect(found.toSorted((a, b) => a.localeCompare(b))).toEqual([caseId(1), caseId(3)])
})
