import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge'
import { expect, it, onTestFinished } from 'vitest'
import { createEventBridge, openBusEvents } from '../../../infra/local/event-bridge.ts'
import { serve } from '../../../infra/local/server.ts'
import { client, temporaryFolder } from './support.ts'

const now = '2024-01-02T01:00:00.000Z'

const setUp = async () => {
  const file = join(temporaryFolder(), 'events.jsonl')
  const events = openBusEvents(file)
  let told = 0
  const front = await serve(
    createEventBridge({ bus: 'zhuli', events, now: () => now, taken: () => void (told += 1) }).fetch,
    0,
  )
  const bridge = new EventBridgeClient(client(front.url))
  onTestFinished(async () => {
    bridge.destroy()
    await front.close()
  })
  const put = (...Entries: PutEventsRequestEntry[]) => bridge.send(new PutEventsCommand({ Entries }))
  return { file, events, put, told: () => told }
}

const detail = { id: '7k3m9q2d-1', assistantId: '7k3m9q2d', data: { 名: '值' } }
const entry = { EventBusName: 'zhuli', Source: 'zhuli', DetailType: 'x.v1', Detail: JSON.stringify(detail) }
const kept = { source: 'zhuli', detailType: 'x.v1', publishedAt: now, detail }

it('keeps what is put, in order and for good', async () => {
  const { file, events, put, told } = await setUp()
  const other = { ...detail, id: '7k3m9q2d-2' }
  const taken = await put(entry, { ...entry, Detail: JSON.stringify(other), Time: new Date(0) })
  expect(taken).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }, {}] })
  expect(events.all()).toEqual([kept, { ...kept, detail: other }])
  expect(told()).toBe(1)
  expect(openBusEvents(file).all()).toEqual(events.all())
})

it('forgets a line that was cut off while it was written: nobody was told that it was taken', async () => {
  const { file, put } = await setUp()
  await put(entry)
  appendFileSync(file, '{"source":"zh')
  expect(openBusEvents(file).all()).toEqual([kept])
  expect(openBusEvents(file).all()).toEqual([kept])
})

it.each([
  ['another bus', { EventBusName: 'other' }, 'InvalidArgument'],
  ['the default bus', { EventBusName: undefined }, 'InvalidArgument'],
  ['no source', { Source: '' }, 'InvalidArgument'],
  ['no type', { DetailType: undefined }, 'InvalidArgument'],
  ['a detail that is no JSON', { Detail: '{' }, 'MalformedDetail'],
  ['a detail that is no event', { Detail: '{"id":"1"}' }, 'MalformedDetail'],
] as const)('refuses an entry with %s by itself, and takes the one behind it', async (_, change, ErrorCode) => {
  const { events, put } = await setUp()
  expect(await put({ ...entry, ...change }, entry)).toMatchObject({
    FailedEntryCount: 1,
    Entries: [{ ErrorCode }, { EventId: expect.any(String) }],
  })
  expect(events.all()).toEqual([kept])
})

it('takes ten at once, and no more', async () => {
  const { events, put } = await setUp()
  const ten = Array.from({ length: 10 }, () => entry)
  await put(...ten)
  await expect(put(...ten, entry)).rejects.toMatchObject({ name: 'ValidationException' })
  expect(events.all()).toHaveLength(10)
})
