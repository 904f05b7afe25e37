import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../../infra/local/sample/client.ts'
import { loadSample } from '../../../infra/local/sample/load.ts'
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

test('the sample bank has assistants at every point of the lifecycle, and loading it again changes nothing', async () => {
  const steps: number[] = []
  expect(await loadSample(await connect(bank.url), (done, of) => steps.push(done / of))).toBe(true)
  expect(steps.at(-1)).toBe(1)
  expect(await countOf('assistants')).toEqual({
    candidate: 8,
    'on-post': 24,
    transferred: 5,
    exited: 4,
    'not-appointed': 4,
  })
  expect(await countOf('applications')).toEqual({
    'open at branch': 6,
    'open at hq': 5,
    'returned at branch': 1,
    'returned at hq': 1,
    approved: 38,
    rejected: 3,
    withdrawn: 1,
    expired: 1,
  })
  const mails = await bank.mails()
  const events = await eventsInAll()
  expect(await loadSample(await connect(bank.url), () => undefined)).toBe(false)
  expect(await eventsInAll()).toBe(events)
  expect(await bank.mails()).toHaveLength(mails.length)
}, 120_000)

test('where nothing listens, one sentence says what to do', async () => {
  await expect(connect('http://127.0.0.1:9')).rejects.toThrow('start it with npm start')
})
