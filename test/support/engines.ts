import { DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { createSystem, type System } from '../../functions/adapters/system.ts'
import { createWorkflow } from '../../functions/adapters/workflow.ts'
import type { openStage } from '../../functions/open-stage.ts'
import type { sweep } from '../../functions/sweep.ts'
import type { takeEffect } from '../../functions/take-effect.ts'
import { createInbox } from '../../functions/adapters/inbox.ts'
import { createActivity } from '../../infra/local/activity.ts'
import { endpointsOf, serveAws } from '../../infra/local/aws.ts'
import { type DynamoDb, ensureTable, startDynamoDb } from '../../infra/local/dynamodb.ts'
import { resources, setEnvironment, variablesOf } from '../../infra/local/environment.ts'
import { type BusEvent, createEventBridge } from '../../infra/local/event-bridge.ts'
import { createKms } from '../../infra/local/kms.ts'
import { createMailEvents } from '../../infra/local/mail-events.ts'
import type { Mail } from '../../infra/local/mailbox.ts'
import { createInbound, type Inbound } from '../../infra/local/inbound.ts'
import { createS3, type S3 } from '../../infra/local/s3.ts'
import { createSes, type Ses } from '../../infra/local/ses.ts'
import type { Invoke } from '../../infra/local/states-run.ts'
import { createStates, type States } from '../../infra/local/states.ts'
import { createUndo } from '../../infra/local/undo.ts'
import type { SynthesisedParts } from '../../infra/synthesise.ts'
import { Instant } from '../../shared/domain/time.ts'
import { monday } from './bank.ts'
import { keptParts } from './synthesis.ts'

/** A clock that goes only where a test puts it. */
export interface TestClock {
  readonly now: () => Instant
  readonly moveTo: (instant: string) => void
  readonly pass: (minutes: number) => void
}

const testClock = (): TestClock => {
  let at = monday
  return {
    now: () => at,
    moveTo: (instant) => {
      at = Instant.parse(instant)
    },
    pass: (minutes) => {
      at = Instant.parse(new Date(Date.parse(at) + minutes * 60_000).toISOString())
    },
  }
}

/** An item of the table, with the attributes that keys are made of. */
export interface StoredItem {
  readonly pk: string
  readonly sk: string
  readonly duePartition?: string
  readonly dueAt?: string
  readonly listPartition?: string
  readonly listKey?: string
  readonly [attribute: string]: unknown
}

/** The functions on the embedded engines, with a table, a mailbox, a workflow and a clock of a test's own. */
export interface TestBank {
  /** As the API and the sweep have it. */
  readonly system: System
  /** As the functions have it that the workflow calls. */
  readonly called: System
  readonly functions: {
    readonly openStage: typeof openStage
    readonly takeEffect: typeof takeEffect
    readonly sweep: typeof sweep
  }
  readonly variables: Readonly<Record<string, string>>
  readonly client: DynamoDBClient
  readonly clock: TestClock
  readonly states: States
  readonly ses: Ses
  /** Where mails lie that arrived. */
  readonly s3: S3
  /** Takes mails in and has them read. */
  readonly inbound: Inbound
  /** Every mail sent so far, oldest first. */
  readonly mails: readonly Mail[]
  /** Every event that the bus took, oldest first. */
  readonly published: readonly BusEvent[]
  /** What functions threw that nobody waits for. */
  readonly failures: readonly unknown[]
  readonly logged: readonly { readonly message: string; readonly [fact: string]: unknown }[]
  /** Every item of the table, in order of its keys. The functions never scan; a test may. */
  readonly items: () => Promise<readonly StoredItem[]>
}

/** What the engines of one file share. */
interface Shared {
  readonly dynamoDb: DynamoDb
  readonly parts: SynthesisedParts
  readonly folder: string
}

const inOrder = (a: StoredItem, b: StoredItem): number => `${a.pk}|${a.sk}`.localeCompare(`${b.pk}|${b.sk}`)

const scan = async (client: DynamoDBClient, TableName: string): Promise<readonly StoredItem[]> => {
  const items: StoredItem[] = []
  let ExclusiveStartKey: ScanCommandOutput['LastEvaluatedKey']
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({ TableName, ExclusiveStartKey, ConsistentRead: true }),
    )
    items.push(...(page.Items ?? []).map((item) => unmarshall(item) as StoredItem))
    ExclusiveStartKey = page.LastEvaluatedKey
  } while (ExclusiveStartKey !== undefined)
  return items.toSorted(inOrder)
}

/** Takes what is to be done when a bank is not used any more. */
export type AtEnd = (close: () => Promise<void>) => void

let opened = 0

const open = async ({ dynamoDb, parts, folder }: Shared, atEnd: AtEnd): Promise<TestBank> => {
  const undo = createUndo()
  atEnd(undo.all)
  opened += 1
  // Files that run at once may share an engine.
  const table = `${resources.table}-${randomUUID().slice(0, 8)}-${opened}`
  const clock = testClock()
  const mails: Mail[] = []
  const published: BusEvent[] = []
  const failures: unknown[] = []
  const logged: { message: string; level?: string }[] = []

  let invoke: Invoke = async () => undefined
  const activity = createActivity()
  const call: Invoke = (name, payload) => invoke(name, payload)
  const states = createStates({ definition: parts.definition, invoke: call, now: clock.now, activity })
  const ses = createSes({
    mailbox: { append: (mail) => mails.push(mail) },
    now: clock.now,
    sent: createMailEvents({ invoke: call, activity, failed: (error) => failures.push(error) }),
  })
  const kms = await createKms({ keyId: resources.secretKey, file: join(folder, 'secret.key') })
  const s3 = createS3()
  const eventBridge = createEventBridge({
    bus: resources.eventBus,
    events: { append: (event) => published.push(event) },
    now: clock.now,
  })
  const aws = await serveAws({ states, ses, kms, s3, eventBridge })
  undo.push(aws.close)
  undo.push(states.stopAll)

  const variables = {
    ...variablesOf({
      url: 'https://zhuli.bank.test',
      stateMachineArn: states.stateMachineArn,
      endpoints: { ...endpointsOf(aws.url), AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint },
    }),
    TABLE_NAME: table,
  }
  undo.push(setEnvironment(variables))
  await ensureTable(dynamoDb.endpoint, table, parts.table, { fresh: false })
  const client = new DynamoDBClient({})
  undo.push(() => client.destroy())

  // Each handler's module reads the variables of the process as it is loaded: they must be set by now.
  const [opening, effecting, sweeping, receiving, reporting] = await Promise.all([
    import('../../functions/open-stage.ts'),
    import('../../functions/take-effect.ts'),
    import('../../functions/sweep.ts'),
    import('../../functions/receive-mail.ts'),
    import('../../functions/report-undeliverable.ts'),
  ])
  const log = {
    info: (message: string, facts: object) => void logged.push({ ...facts, message }),
    warn: (message: string, facts: object) => void logged.push({ ...facts, message }),
    error: (message: string, facts: object) => void logged.push({ ...facts, message, level: 'ERROR' }),
  }
  const system = createSystem({ variables, now: clock.now, log, workflow: createWorkflow(variables) })
  const called = createSystem({ variables, now: clock.now, log, workflow: null })
  const handlers = new Map<string, (event: unknown) => Promise<void>>([
    ['open-stage', opening.openStage(called)],
    ['take-effect', effecting.takeEffect(called)],
    ['receive-mail', receiving.receiveMail(system, createInbox(variables))],
    ['report-undeliverable', reporting.heedMailEvent(called)],
  ])
  invoke = async (name, payload) => handlers.get(name)?.(payload)
  return {
    system,
    called,
    functions: { openStage: opening.openStage, takeEffect: effecting.takeEffect, sweep: sweeping.sweep },
    variables,
    client,
    clock,
    states,
    ses,
    s3,
    inbound: createInbound({ s3, invoke: call, now: clock.now }),
    mails,
    published,
    failures,
    logged,
    items: () => scan(client, table),
  }
}

/** Starts a DynamoDB in memory for the tests of a file; each test opens a bank of its own on it, until it finishes. */
export const useEngines = (): ((atEnd?: AtEnd) => Promise<TestBank>) => {
  const undo = createUndo()
  let shared: Shared | undefined

  beforeAll(async () => {
    const { PATH: path = '' } = process.env
    const parts = await keptParts()
    const folder = mkdtempSync(join(tmpdir(), 'zhuli-'))
    undo.push(() => rmSync(folder, { recursive: true, force: true }))
    const dynamoDb = await startDynamoDb({ file: ':memory:', endpoint: process.env['TEST_DYNAMODB_ENDPOINT'], path })
    undo.push(dynamoDb.stop)
    shared = { dynamoDb, parts, folder }
  })
  afterAll(undo.all)

  return (atEnd = onTestFinished) => {
    if (shared === undefined) throw new Error('A bank is opened within a test.')
    return open(shared, atEnd)
  }
}

/** Opens one bank for all the tests around; they must leave it as they found it, or keep out of each other's way. */
export const shareBank = <Bank extends TestBank>(openBank: (atEnd: AtEnd) => Promise<Bank>): (() => Bank) => {
  const undo = createUndo()
  let bank: Bank | undefined
  beforeAll(async () => {
    bank = await openBank(undo.push)
  })
  afterAll(undo.all)
  return () => {
    if (bank === undefined) throw new Error('The bank is there within a test.')
    return bank
  }
}
