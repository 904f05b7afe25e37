import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { bundleFunction } from '../infra/bundle/bundle.ts'
import { variablesOf } from '../infra/local/environment.ts'
import { functionEnvironments, type FunctionName } from '../shared/contracts/environment.ts'
import { startOnce, type Start } from './fresh-process.ts'
import { median, ratio } from './figures.ts'
import type { ColdStart } from './results.ts'
import { issuer, startStub, type Stub } from './stub.ts'

// How each function starts, against what anyone would write first: zod and the clients of the three services that give
// the system its shape, bundled by esbuild as it comes, making as many calls to the same stub.

const processes = Number(process.env['BENCH_PROCESSES'] ?? 21)

const plain = `
import { createRequire } from 'node:module'
import { z } from 'zod'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { SFNClient } from '@aws-sdk/client-sfn'
import { SESClient } from '@aws-sdk/client-ses'
const dynamoDb = new DynamoDBClient({})
export const clients = [dynamoDb, new SFNClient({}), new SESClient({})]
const Event = z.object({ calls: z.number() })
export const handler = async (event) => {
  const { calls } = Event.parse(event)
  for (let n = 0; n < calls; n += 1)
    await dynamoDb.send(new GetItemCommand({ TableName: 'cases', Key: { pk: { S: 'a' }, sk: { S: 'b' } } }))
}
`

/** As many calls by Node alone: what nothing that runs on it and makes calls stays below. */
const bare = `
import { request } from 'node:http'
const call = () =>
  new Promise((resolve, reject) => {
    const asked = request(process.env.AWS_ENDPOINT_URL, { method: 'POST' }, (answered) => answered.resume().on('end', resolve))
    asked.on('error', reject).end('{}')
  })
export const handler = async ({ calls }) => {
  for (let n = 0; n < calls; n += 1) await call()
}
`

const task = { assistantId: '7k3m9q2d', applicationId: '7k3m9q2d-1' }

/** A first call that needs nothing on record, and how it ends. */
const firstCalls = ({
  token,
}: Stub): Record<FunctionName, { readonly event: unknown; readonly failure: string | null }> => ({
  'open-stage': { event: { ...task, begin: 'branch', round: 1, taskToken: 't' }, failure: 'ExitedOtherwise' },
  'take-effect': { event: task, failure: 'ExitedOtherwise' },
  sweep: { event: {}, failure: null },
  'keep-anchors': { event: {}, failure: null },
  api: {
    event: {
      httpMethod: 'GET',
      path: '/v1/assistants/7k3m9q2d',
      headers: { authorization: `Bearer ${token}`, host: 'zhuli.bank.example' },
      multiValueHeaders: {},
      queryStringParameters: null,
      body: null,
      isBase64Encoded: false,
      requestContext: { identity: {} },
      resource: '/{proxy+}',
    },
    failure: null,
  },
  // With a virus, so that it is dropped unread: what a mail costs to read is the mail's.
  'receive-mail': {
    event: {
      Records: [
        {
          ses: {
            mail: { messageId: 'm', source: 'a@bank.example' },
            receipt: {
              recipients: ['b@bank.example'],
              spfVerdict: { status: 'PASS' },
              dkimVerdict: { status: 'PASS' },
              dmarcVerdict: { status: 'PASS' },
              spamVerdict: { status: 'PASS' },
              virusVerdict: { status: 'FAIL' },
            },
          },
        },
      ],
    },
    failure: null,
  },
  'report-undeliverable': {
    event: { detail: { eventType: 'Reject', mail: { messageId: 'm', tags: { duty: ['7k3m9q2d-2-m1'] } } } },
    failure: null,
  },
})

const gzipped = (folder: string): number =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.mjs'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0)

const bundlePlain = async (folder: string): Promise<void> => {
  await build({
    stdin: { contents: plain, resolveDir: process.cwd() },
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minify: true,
    banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
  })
}

const inFolder = (folder: string) => join(folder, 'index.mjs')

const measure = async (root: string, stub: Stub): Promise<Record<string, ColdStart>> => {
  const names = Object.keys(functionEnvironments) as readonly FunctionName[]
  const variables = {
    ...variablesOf({
      url: 'https://zhuli.bank.example',
      stateMachineArn: 'arn:aws:states:local:0:stateMachine:lifecycle',
      endpoints: { AWS_ENDPOINT_URL: stub.url } as never,
    }),
    ...issuer,
    TOKEN_JWKS_URI: `${stub.url}/keys`,
    PATH: process.env['PATH'] ?? '',
  }
  const plainFolder = join(root, 'plain')
  await bundlePlain(plainFolder)
  const bareFile = join(root, 'bare.mjs')
  writeFileSync(bareFile, bare)
  for (const name of names) {
    mkdirSync(join(root, name))
    await bundleFunction(name, 'ses', join(root, name))
  }
  const calls = firstCalls(stub)
  const starts = new Map<FunctionName, Readonly<Record<'ours' | 'plain' | 'bare', Start[]>>>()
  for (let round = 0; round < processes; round += 1) {
    for (const name of names) {
      const kept = starts.get(name) ?? { ours: [], plain: [], bare: [] }
      starts.set(name, kept)
      stub.counted()
      kept.ours.push(await startOnce(inFolder(join(root, name)), calls[name].event, variables, calls[name].failure))
      const { keys: _, ...made } = stub.counted()
      const count = Object.values(made).reduce((sum, times) => sum + times, 0)
      kept.plain.push(await startOnce(inFolder(plainFolder), { calls: count }, variables, null))
      kept.bare.push(await startOnce(bareFile, { calls: count }, variables, null))
    }
  }
  return Object.fromEntries(
    [...starts].map(([name, { ours, plain: others, bare: alone }]) => {
      const of = (from: readonly Start[], figure: keyof Start) => median(from.map((start) => start[figure]))
      const gzipBytes = gzipped(join(root, name))
      return [
        name,
        {
          importRatio: ratio(of(ours, 'importMs'), of(others, 'importMs')),
          firstCallRatio: ratio(of(ours, 'firstCallMs'), of(others, 'firstCallMs')),
          gzipRatio: ratio(gzipBytes, gzipped(plainFolder)),
          rssRatio: ratio(of(ours, 'rss'), of(others, 'rss')),
          nodeRssRatio: ratio(of(alone, 'rss'), of(others, 'rss')),
          importMs: Math.round(of(ours, 'importMs')),
          firstCallMs: Math.round(of(ours, 'firstCallMs')),
          gzipBytes,
          rssBytes: of(ours, 'rss'),
        },
      ]
    }),
  )
}

export const measureColdStart = async (): Promise<Record<string, ColdStart>> => {
  const root = mkdtempSync(join(tmpdir(), 'zhuli-cold-'))
  const stub = await startStub()
  try {
    return await measure(root, stub)
  } finally {
    stub.close()
    rmSync(root, { recursive: true, force: true })
  }
}
