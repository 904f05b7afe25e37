import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assistantPartition, caseItem, dutyItem, type Item } from '../functions/adapters/items.ts'
import { createSystem, type System } from '../functions/adapters/system.ts'
import { sweepDue } from '../functions/sweep-due.ts'
import { ensureTable, startDynamoDb } from '../infra/local/dynamodb.ts'
import { resources, setEnvironment, variablesOf } from '../infra/local/environment.ts'
import { synthesisedParts } from '../infra/synthesise.ts'
import { addMinutes } from '../shared/domain/time.ts'
import { register } from '../test/functions/support.ts'
import { type Meter, startMeter, type Units } from './capacity.ts'
import { median, ratio } from './figures.ts'
import type { Beside, Growth } from './results.ts'
import { copies, idOf, noon, noticeTo, putAll } from './written.ts'

// Whether work grows with what is due, and not with what exists: the same hundred duties, and the same reads by id and
// by list, with a thousand, ten thousand and a hundred thousand assistants on the post.

const sizes = [1000, 10_000, 100_000] as const
const due = 100
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7)

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** A mail for each of the first cases. */
const dutiesOf = (round: number): readonly Item[] =>
  Array.from({ length: due }, (_, number) => dutyItem(noticeTo(idOf(number), round + 100), addMinutes(noon, round)))

const measureRounds = async (client: DynamoDBClient, system: System, meter: Meter, sent: () => number) => {
  const sweeps: (Units & { readonly ms: number })[] = []
  const byId: number[] = []
  const lists: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await putAll(client, dutiesOf(round))
    const before = sent()
    meter.counted()
    const ms = await timed(() => sweepDue(system, () => true))
    sweeps.push({ ...meter.counted(), ms })
    if (sent() - before !== due) throw new Error(`The sweep mailed ${sent() - before} instead of ${due}.`)
    for (let number = 0; number < 20; number += 1) {
      byId.push(await timed(() => system.record.load(idOf(number * 37))))
      const range = { partition: assistantPartition('on-post'), prefix: 'BR1#', below: null }
      lists.push(await timed(() => system.lists.page([range], null, 50)))
    }
  }
  // The first sweep loads what the others find.
  const settled = sweeps.slice(1)
  return {
    sweepMs: median(settled.map(({ ms }) => ms)),
    sweepReads: median(settled.map(({ reads }) => reads)),
    sweepReadUnits: median(settled.map(({ read }) => read)),
    sweepWrites: median(settled.map(({ writes }) => writes)),
    byIdMs: median(byId),
    listMs: median(lists),
  }
}

const besides = async (size: number): Promise<Beside> => {
  const folder = mkdtempSync(join(tmpdir(), 'zhuli-growth-'))
  const { PATH: path = '' } = process.env
  const dynamoDb = await startDynamoDb({ file: join(folder, 'table.db'), endpoint: undefined, path })
  const meter = await startMeter(dynamoDb.endpoint)
  const variables = variablesOf({
    url: 'https://zhuli.bank.example',
    stateMachineArn: 'arn:local:states:local:0:stateMachine:lifecycle',
    endpoints: { AWS_ENDPOINT_URL_DYNAMODB: meter.url },
  })
  const undo = setEnvironment(variables)
  try {
    await ensureTable(dynamoDb.endpoint, resources.table, synthesisedParts().table, { fresh: false })
    const client = new DynamoDBClient({ endpoint: dynamoDb.endpoint })
    let sent = 0

    const system = createSystem({
      variables,
      workflow: null,
      now: () => addMinutes(noon, rounds),
      mac: async (message) => createHmac('sha256', 'key').update(message).digest(),
      mailer: {
        send: async () => {
          sent += 1
        },
      },
    })
    await register(system.directory)
    await putAll(client, copies(size).map(caseItem))
    const figures = await measureRounds(client, system, meter, () => sent)
    client.destroy()
    return figures
  } finally {
    undo()
    await meter.close()
    await dynamoDb.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const measureGrowth = async (): Promise<Growth> => {
  const beside: Record<string, Beside> = {}
  for (const size of sizes) beside[size] = await besides(size)
  const of = (figure: keyof Beside) => {
    const [least, most] = [beside[sizes[0]]?.[figure], beside[sizes[2]]?.[figure]]
    return ratio(most ?? Number.NaN, least ?? Number.NaN)
  }
  return {
    sweep: { readsRatio: of('sweepReadUnits'), writesRatio: of('sweepWrites'), timeRatio: of('sweepMs') },
    byId: { timeRatio: of('byIdMs') },
    list: { timeRatio: of('listMs') },
    beside,
  }
}
