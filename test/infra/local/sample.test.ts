import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../../infra/local/sample/client.ts'
import { loadSample } from '../../../infra/local/sample/load.ts'
import type { AssistantView } from '../../../shared/contracts/resources.ts'
import { type Bank, startBank } from '../../support/bank-client.ts'

let bank: Bank

beforeAll(async () => {
  bank = await startBank()
})

afterAll(() => bank.stop())

interface Listed {
  readonly items: readonly { readonly id: string; readonly status: string; readonly stage?: string | null }[]
}

const countOf = async (resource: 'assistants' | 'applications'): Promise<Readonly<Record<string, number>>> => {
  const { body } = await bank.call<Listed>('GET', `/v1/${resource}?limit=200`)
  const counts: Record<string, number> = {}
  for (const { status, stage } of body.items) {
    const name = stage ? `${status} at ${stage}` : status
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

const eventsInAll = async (): Promise<number> => {
  const { body } = await bank.call<Listed>('GET', '/v1/assistants?limit=200')
  const trails = await Promise.all(
    body.items.map(({ id }) => bank.call<Listed>('GET', `/v1/assistants/${id}/events?limit=200`)),
  )
  return trails.reduce((sum, trail) => sum + trail.body.items.length, 0)
}

/** Everything that can be seen of a year on the post is to be seen of somebody. */
const expectTheYear = async (): Promise<void> => {
  const { body } = await bank.call<{ items: readonly AssistantView[] }>('GET', '/v1/assistants?limit=200')
  const all = body.items
  expect(all.filter(({ withoutPlan }) => withoutPlan).length).toBeGreaterThan(0)
  expect(all.some(({ clientCount, clientCap }) => clientCount === clientCap)).toBe(true)
  expect(all.some(({ track, clientCount }) => track === 'diamond' && clientCount > 35)).toBe(true)
  const items = all.flatMap(({ trainingPlan }) => trainingPlan?.items ?? [])
  expect(new Set(items.map(({ attempts, passed }) => `${Math.min(attempts.length, 2)} ${passed}`))).toEqual(
    new Set(['0 false', '1 true', '2 true']),
  )
  const standings = (name: string) =>
    new Set(
      all.flatMap(({ standard }) => standard.filter(({ criterion }) => criterion === name)).map((one) => one.standing),
    )
  for (const name of ['experience', 'education', 'lending-qualification', 'examination'])
    expect(standings(name), name).toEqual(new Set(['met', 'not-met', 'unknown']))
  for (const name of ['training', 'conduct']) expect(standings(name), name).toEqual(new Set(['met', 'not-met']))
  expect(new Set(all.map(({ grade }) => grade))).toEqual(new Set([null, 'junior', 'provisional-junior']))
  expect(all.find(({ status }) => status === 'exiting')).toMatchObject({
    clientCount: 4,
    exit: { ground: 'discipline' },
  })
  const report = await bank.call<{
    members: readonly { post: string; rank: number | null }[]
    teams: readonly object[]
  }>('GET', '/v1/centres/SH-1/performance/2024-Q4')
  const rankedAs = (post: string) =>
    report.body.members.filter((member) => member.post === post).map(({ rank }) => rank)
  expect(
    rankedAs('relationship-manager')
      .toSorted((a, b) => Number(a) - Number(b))
      .slice(0, 3),
  ).toEqual([1, 2, 3])
  expect(new Set(rankedAs('assistant'))).toEqual(new Set([null]))
  expect(report.body.teams).toHaveLength(2)
}

test('the sample bank has assistants at every point of the lifecycle, and loading it again changes nothing', async () => {
  const steps: number[] = []
  expect(await loadSample(await connect(bank.url), (done, of) => steps.push(done / of))).toBe(true)
  expect(steps.at(-1)).toBe(1)
  expect(await countOf('assistants')).toEqual({
    candidate: 8,
    'on-post': 24,
    exiting: 1,
    transferred: 5,
    exited: 4,
    'not-appointed': 4,
  })
  expect(await countOf('applications')).toEqual({
    'open at branch': 6,
    'open at hq': 5,
    'returned at branch': 1,
    'returned at hq': 1,
    approved: 39,
    rejected: 3,
    withdrawn: 1,
    expired: 1,
  })
  await expectTheYear()
  const mails = await bank.mails()
  const events = await eventsInAll()
  expect(await loadSample(await connect(bank.url), () => undefined)).toBe(false)
  expect(await eventsInAll()).toBe(events)
  expect(await bank.mails()).toHaveLength(mails.length)
}, 300_000)

test('where nothing listens, one sentence says what to do', async () => {
  await expect(connect('http://127.0.0.1:9')).rejects.toThrow('start it with npm start')
})
