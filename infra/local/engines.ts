import { jsonLog } from '../../functions/adapters/log.ts'
import { createActivity } from './activity.ts'
import { endpointsOf, serveAws } from './aws.ts'
import { openClock, type Clock } from './clock.ts'
import { type DataFolder, openDataFolder, opened } from './data-folder.ts'
import { ensureTable, startDynamoDb } from './dynamodb.ts'
import { resources, setEnvironment, variablesOf } from './environment.ts'
import { type BusEvents, createEventBridge, openBusEvents } from './event-bridge.ts'
import { createKms } from './kms.ts'
import { createInbound, type Inbound } from './inbound.ts'
import { createMailEvents } from './mail-events.ts'
import { openMailbox, type Mailbox } from './mailbox.ts'
import { createS3 } from './s3.ts'
import { createSes, type Ses } from './ses.ts'
import type { Invoke } from './states-run.ts'
import { createStates, type States } from './states.ts'
import { partsOfStack } from './synthesis.ts'
import type { Undo } from './undo.ts'
import { openWebhook, type Webhook } from './webhook.ts'

export interface EngineOptions {
  /** Where the API will be served. */
  readonly url: string
  readonly dataDir: string
  readonly fresh: boolean
  /** Calls the functions, which come later: they need the engines to be there. */
  readonly invoke: Invoke
  /** Takes what goes wrong where nobody waits for it. */
  readonly failed: (error: unknown) => void
  /** Takes a log, line by line. */
  readonly write: (line: string) => void
}

export interface Engines {
  readonly files: DataFolder['files']
  readonly clock: Clock
  readonly mailbox: Mailbox
  readonly events: BusEvents
  readonly webhook: Webhook
  readonly ses: Ses
  readonly inbound: Inbound
  readonly states: States
  /** What the functions are told by; the process has them too. */
  readonly variables: Readonly<Record<string, string>>
  readonly sweepSchedule: string
}

/** Starts what the stack would have of AWS: the table, the workflow, mail, keys; and the clock by which they go. */
export const startEngines = async (
  { url, dataDir, fresh, invoke, failed, write }: EngineOptions,
  undo: Undo,
): Promise<Engines> => {
  const { files, release } = await openDataFolder(dataDir, { fresh })
  undo.push(release)
  const clock = await opened(files.clock, openClock)
  undo.push(clock.stop)
  const mailbox = await opened(files.mail, openMailbox)
  undo.push(mailbox.close)
  const events = await opened(files.events, openBusEvents)
  undo.push(events.close)
  const webhook = await opened(files.webhook, (file) => openWebhook({ file, events, log: jsonLog(write) }))
  undo.push(webhook.stop)

  // Only now: the CDK takes its time, and whoever mistyped a port shouldn't wait for it.
  const { table, definition, sweepSchedule } = await partsOfStack()
  const { PATH: path = '', AWS_ENDPOINT_URL_DYNAMODB: named } = process.env
  const dynamoDb = await startDynamoDb({ file: files.database, endpoint: named, path })
  undo.push(dynamoDb.stop)
  const activity = createActivity()
  const states = createStates({ definition, invoke, now: clock.now, activity })
  const ses = createSes({ mailbox, now: clock.now, sent: createMailEvents({ invoke, activity, failed }) })
  const kms = await opened(files.secretKey, (file) => createKms({ keyId: resources.secretKey, file }))
  const s3 = createS3({ [resources.anchorBucket]: files.anchors })
  const eventBridge = createEventBridge({ bus: resources.eventBus, events, now: clock.now, taken: webhook.tell })
  const aws = await serveAws({ states, ses, kms, s3, eventBridge })
  undo.push(aws.close)
  undo.push(states.stopAll)

  const endpoints = { ...endpointsOf(aws.url), AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint }
  const variables = variablesOf({ url, stateMachineArn: states.stateMachineArn, endpoints })
  undo.push(setEnvironment(variables))
  await ensureTable(dynamoDb.endpoint, resources.table, table, { fresh })
  const inbound = createInbound({ s3, invoke, now: clock.now })
  return { files, clock, mailbox, events, webhook, ses, inbound, states, variables, sweepSchedule }
}
