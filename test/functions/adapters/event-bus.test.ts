import { createServer } from 'node:http'
import { once } from 'node:events'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { expect, onTestFinished, test, vi } from 'vitest'
import { eventBus, EventRefused } from '../../../functions/adapters/event-bridge.ts'
import { createEventBus } from '../../../functions/adapters/event-bus.ts'
import { publishedOf } from '../../../shared/domain/publishing.ts'
import { filed } from '../../support/cases.ts'
import { useEngines } from '../../support/engines.ts'

const openBank = useEngines()

const { state, events } = filed()
const event = publishedOf(events[0]!, state!, null)!

test('an event goes to the bus under its source and its type, with all that it says', async () => {
  const { system, published } = await openBank()
  await system.bus.put(event)
  expect(published).toEqual([
    { source: 'zhuli', detailType: 'onboarding-filed.v1', detail: event, publishedAt: '2025-03-03T01:00:00.000Z' },
  ])
})

test('one that the bus refuses is an error that says why', async () => {
  const { published } = await openBank()
  const client = new EventBridgeClient({})
  onTestFinished(() => client.destroy())
  const refused = eventBus(client, 'no such bus').put(event)
  await expect(refused).rejects.toThrow(EventRefused)
  await expect(refused).rejects.toThrow(`The bus refused ${event.id}: InvalidArgument.`)
  expect(published).toEqual([])
})

test('a bus that never answers is given up, so that nobody waits for it', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await openBank()
  const address = server.address()
  vi.stubEnv('AWS_ENDPOINT_URL_EVENTBRIDGE', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(createEventBus('zhuli').put(event)).rejects.toMatchObject({ name: 'TimeoutError' })
})
