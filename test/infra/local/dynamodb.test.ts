import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { ensureTable, startDynamoDb, type TableDefinition } from '../../../infra/local/dynamodb.ts'
import { findDynoxide, startDynoxide } from '../../../infra/local/dynoxide.ts'
import { freePort } from '../../../infra/local/free-port.ts'
import { serve } from '../../../infra/local/server.ts'
import { StartError } from '../../../infra/local/start-error.ts'
import { client, patience, temporaryFolder } from './support.ts'

vi.mock('../../../infra/local/free-port.ts', { spy: true })

const table: TableDefinition = {
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
}
const Item = { pk: { S: 'one' } }

const start = async (file: string, { fresh = false } = {}) => {
  const db = await startDynamoDb({ file, endpoint: undefined, path: '' })
  onTestFinished(db.stop)
  await ensureTable(db.endpoint, 'table', table, { fresh })
  const sdk = new DynamoDBClient(client(db.endpoint))
  onTestFinished(() => sdk.destroy())
  return {
    stop: db.stop,
    endpoint: db.endpoint,
    put: () => sdk.send(new PutItemCommand({ TableName: 'table', Item })),
    get: async () => (await sdk.send(new GetItemCommand({ TableName: 'table', Key: Item }))).Item,
  }
}

/** Whether something answers there. */
const isUp = async (endpoint: string): Promise<boolean> => {
  try {
    return (await fetch(endpoint)).ok
  } catch {
    return false
  }
}

vi.stubEnv('AWS_REGION', 'local')
vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')

it('finds its data again after a stop', async () => {
  const file = join(temporaryFolder(), 'db')
  const first = await start(file)
  await first.put()
  await first.stop()
  expect(await isUp(first.endpoint)).toBe(false)
  expect(await (await start(file)).get()).toEqual(Item)
})

it('begins with an empty table when asked to', async () => {
  const file = join(temporaryFolder(), 'db')
  const first = await start(file)
  await first.put()
  await first.stop()
  expect(await (await start(file, { fresh: true })).get()).toBeUndefined()
})

it('goes down with the process that started it, however that dies', async () => {
  const file = join(temporaryFolder(), 'db')
  const modules = new URL('../../../infra/local/', import.meta.url)
  const script = `
    import { findDynoxide, startDynoxide } from '${new URL('dynoxide.ts', modules).href}'
    console.log((await startDynoxide(findDynoxide(''), ${JSON.stringify(file)})).endpoint)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [line] = await once(parent.stdout, 'data')
  const endpoint = String(line).trim()
  expect(await isUp(endpoint)).toBe(true)

  parent.kill('SIGKILL')
  await once(parent, 'exit')

  await vi.waitFor(async () => expect(await isUp(endpoint)).toBe(false), { ...patience, interval: 10 })
})

it('takes another port where somebody was faster, and not theirs for its own', async () => {
  const other = await serve(() => new Response('healthy'), 0)
  onTestFinished(other.close)
  vi.mocked(freePort).mockResolvedValueOnce(Number(new URL(other.url).port))
  const { endpoint } = await start(join(temporaryFolder(), 'db'))
  expect(endpoint).not.toBe(other.url)
})

it('uses the DynamoDB that was named, and leaves it running', async () => {
  const running = await start(join(temporaryFolder(), 'db'))
  const named = await startDynamoDb({ file: '/nowhere', endpoint: running.endpoint, path: '' })
  expect(named.endpoint).toBe(running.endpoint)
  await named.stop()
  expect(await isUp(running.endpoint)).toBe(true)
})

it('says so when nothing answers at the address that was named', async () => {
  const stopped = await start(join(temporaryFolder(), 'db'))
  await stopped.stop()
  const named = startDynamoDb({ file: '/nowhere', endpoint: stopped.endpoint, path: '' })
  await expect(named).rejects.toThrow(StartError)
  await expect(named).rejects.toThrow(`Nothing answers at ${stopped.endpoint}`)
})

it('is refused when an earlier version made it with other keys', async () => {
  const { endpoint, put, get } = await start(join(temporaryFolder(), 'db'))
  await put()
  const other = { ...table, KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' as const }] }
  await expect(ensureTable(endpoint, 'table', other, { fresh: false })).rejects.toThrow(/another version/)
  expect(await get()).toEqual(Item)
})

describe('the binary', () => {
  it('is looked for on the PATH where the platform has no package', () => {
    const folder = temporaryFolder()
    const binary = join(folder, 'dynoxide')
    writeFileSync(binary, '')
    expect(() => findDynoxide(folder, 'plan9-vax')).toThrow(StartError)
    chmodSync(binary, 0o755)
    expect(findDynoxide(`/nowhere:${folder}`, 'plan9-vax')).toBe(binary)
  })

  it('is asked for in one sentence where there is none', () => {
    expect(() => findDynoxide('', 'plan9-vax')).toThrow(
      "The package @dynoxide/plan9-vax isn't installed (not every platform has one): install `dynoxide` so that it is " +
        'on the PATH, or set AWS_ENDPOINT_URL_DYNAMODB to the address of any DynamoDB.',
    )
  })

  it('says why it did not start', async () => {
    await expect(startDynoxide(findDynoxide(''), '/nowhere/db')).rejects.toThrow(/unable to open database file/)
  })

  it('says so where it is none', async () => {
    const file = join(temporaryFolder(), 'dynoxide')
    writeFileSync(file, '#!/bin/sh\nexit 0\n', { mode: 0o755 })
    await expect(startDynoxide(file, ':memory:')).rejects.toThrow(/didn't start: it ended without a word\./)
  })
})
