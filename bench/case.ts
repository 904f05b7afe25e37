import { mkdtempSync, rmSync } from 'node:fs'
import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDynoxide, startDynoxide } from '../infra/local/dynoxide.ts'
import { type Embedded, startEmbedded } from '../infra/local/system.ts'
import type { ApplicationView } from '../shared/contracts/resources.ts'
import {
  assistantOf,
  type Bank,
  decide,
  file,
  registerOrganisation,
  startBank,
  train,
} from '../test/support/bank-client.ts'
import { type Meter, startMeter } from './capacity.ts'
import { price } from './pricing.ts'
import type { CaseCosts, Cost } from './results.ts'

// What one case costs, counted while the embedded system runs it: an application approved twice, a year on the post
// under its plan, the review, the transfer approved twice. Reads and writes are those that DynamoDB Local reports.

/** Functions that the workflow calls, one each time that a state of it is entered. */
const isTask = (state: string): boolean => !['Begin', 'TookEffect', 'Exited'].includes(state)

/** Counts what the functions ask KMS for, where they ask: in this process. */
const countMacs = () => {
  let macs = 0
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { readonly request: ClientRequest }
    if (request.getHeader('x-amz-target') === 'TrentService.GenerateMac') macs += 1
  })
  return () => macs
}

/** What each execution has come through, also of those that are forgotten some time after their end. */
const histories = new Map<string, readonly string[]>()

const totals = async ({ states, mailbox, url }: Embedded, calls: number, macs: number) => {
  const { events } = (await (await fetch(`${url}/local/events`)).json()) as { events: readonly unknown[] }
  for (const { name } of states.executions()) histories.set(name, states.history(name))
  const entered = [...histories.values()].flat()
  return {
    transitions: entered.length,
    invocations: calls + entered.filter(isTask).length,
    calls,
    mails: mailbox.labels().length,
    macs,
    events: events.length,
  }
}

/** Counts the calls that a bank gets. */
const counting = (bank: Bank) => {
  let calls = 0
  const counted: Bank = {
    ...bank,
    url: bank.url,
    call: (...given) => {
      calls += 1
      return bank.call(...given)
    },
  }
  return { bank: counted, calls: () => calls }
}

const newestApplication = async (bank: Bank, assistantId: string): Promise<string> => {
  const { body } = await bank.call<{ items: readonly ApplicationView[] }>('GET', '/v1/applications?status=open')
  const found = body.items.find((application) => application.assistantId === assistantId)
  if (found === undefined) throw new Error('No transfer was filed.')
  return found.id
}

const partsOf = (bank: Bank) => {
  let id = ''
  return {
    application: async () => {
      const filed = await file(bank, 'K1')
      id = filed.assistantId
      await decide(bank, 'B1', filed.id, 'approve')
      await decide(bank, 'Q1', filed.id, 'approve')
      await bank.mails()
    },
    year: async () => {
      await train(bank, id)
      const { reviewDueOn } = await assistantOf(bank, id)
      await bank.turn({ to: `${reviewDueOn}T02:00:00.000Z` })
    },
    review: async () => {
      await decide(bank, 'H1', id, 'qualified')
      await bank.mails()
    },
    transfer: async () => {
      const application = await newestApplication(bank, id)
      await decide(bank, 'B2', application, 'approve')
      await decide(bank, 'Q2', application, 'approve')
      const { status } = await assistantOf(bank, id)
      if (status !== 'transferred') throw new Error(`The case ended as ${status}.`)
    },
  } as const
}

const run = async (embedded: Embedded, meter: Meter): Promise<CaseCosts> => {
  process.env['BANK_URL'] = embedded.url
  const { bank, calls } = counting(await startBank())
  await registerOrganisation(bank)
  const parts: Record<string, Cost> = {}
  const macs = countMacs()
  for (const [name, part] of Object.entries(partsOf(bank))) {
    const before = await totals(embedded, calls(), macs())
    meter.counted()
    await part()
    const after = await totals(embedded, calls(), macs())
    const { read, write, reads, writes } = meter.counted()
    parts[name] = {
      transitions: after.transitions - before.transitions,
      invocations: after.invocations - before.invocations,
      calls: after.calls - before.calls,
      mails: after.mails - before.mails,
      macs: after.macs - before.macs,
      events: after.events - before.events,
      writeUnits: write,
      readUnits: read,
      reads,
      writes,
    }
  }
  const sum = (figure: keyof Cost) => Object.values(parts).reduce((total, cost) => total + cost[figure], 0)
  return {
    transitionsPerApplication: parts['application']?.transitions ?? 0,
    writeUnits: sum('writeUnits'),
    readUnits: sum('readUnits'),
    invocations: sum('invocations'),
    mails: sum('mails'),
    parts,
    ...price(parts),
  }
}

export const measureCase = async (): Promise<CaseCosts> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhuli-case-'))
  // The embedded one counts every item of a transaction, as AWS says that it does; AWS's DynamoDB Local counts but one.
  const dynamoDb = await startDynoxide(findDynoxide(process.env['PATH'] ?? ''), join(dataDir, 'dynamodb.sqlite'))
  const meter = await startMeter(dynamoDb.endpoint)
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = meter.url
  const embedded = await startEmbedded({ port: 0, dataDir })
  try {
    return await run(embedded, meter)
  } finally {
    await embedded.stop()
    await meter.close()
    await dynamoDb.stop()
    rmSync(dataDir, { recursive: true, force: true })
    // Whatever is measured next starts an engine of its own.
    for (const name of ['DYNAMODB', 'TEST_DYNAMODB_ENDPOINT', 'AWS_ENDPOINT_URL_DYNAMODB', 'BANK_URL'])
      delete process.env[name]
  }
}
