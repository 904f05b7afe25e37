import { DeleteItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetExecutionHistoryCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn'
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Duties, duties } from '../../functions/adapters/duties.ts'
import { type Item, readCase } from '../../functions/adapters/items.ts'
import { isLeftToSweep } from '../../functions/perform.ts'
import type { DeployedStack } from '../../infra/operate/deployed-stack.ts'
import { openStageOf } from '../../shared/domain/assistant.ts'
import type { Duty } from '../../shared/domain/duty.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import type { Hearing, Place } from './place.ts'

/** A stack, through the services that it consists of. */
export interface Deployed {
  /** Origin and stage of the REST API. */
  readonly apiUrl: string
  /** Of each function that does what falls due. */
  readonly duties: readonly Duties[]
  readonly invoke: DeployedStack['invoke']
  readonly store: (bucket: string, key: string, bytes: Uint8Array) => Promise<void>
  readonly inboxBucket: string
  /** Resolves when no execution moves and no mail is sent by itself. */
  readonly idle: () => Promise<void>
  /** The events that came to the bus since this was asked last. */
  readonly heard: () => Promise<readonly unknown[]>
  /** Forgets every case, person and place. */
  readonly wipe: () => Promise<void>
}

/** Takes what came to a queue. */
const listen = ({ url: QueueUrl, waitSeconds: WaitTimeSeconds }: Hearing) => {
  const sqs = new SQSClient({})
  return async (): Promise<readonly unknown[]> => {
    const heard: unknown[] = []
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds }),
      )
      if (Messages.length === 0) return heard
      for (const { Body = '', ReceiptHandle } of Messages) {
        heard.push(JSON.parse(Body))
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
      }
    }
  }
}

/** The record is at work while the workflow has a step to take, or what a commit owes is being tried for the first time. */
const isAtWork = (item: Item): boolean => {
  if (item['sk']?.S === 'CASE') {
    const state = readCase(item)
    return nextStep(state) !== null && openStageOf(state) === null
  }
  const { kind } = JSON.parse(item['duty']?.S ?? '{}') as Partial<Duty>
  const isTried = kind !== undefined && kind !== 'resume-workflow' && !isLeftToSweep.has(kind)
  return isTried && item['duePartition'] !== undefined && item['attempts']?.N === '0'
}

const itemsOf = async function* (client: DynamoDBClient, TableName: string): AsyncGenerator<Item> {
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) yield* Items
}

/** Milliseconds after which the record is waited for no more: what failed is the sweep's. */
const patience = 10_000

const untilRecordRests = async (client: DynamoDBClient, table: string, lookEveryMs: number): Promise<void> => {
  const look = async (): Promise<boolean> => {
    for await (const item of itemsOf(client, table)) if (isAtWork(item)) return true
    return false
  }
  for (const since = performance.now(); performance.now() - since < patience && (await look());)
    await pause(lookEveryMs)
}

const wipeTable = async (client: DynamoDBClient, TableName: string): Promise<void> => {
  for await (const { pk, sk } of itemsOf(client, TableName))
    await client.send(new DeleteItemCommand({ TableName, Key: { pk, sk } as Item }))
}

/** What has happened so far, as a text that changes when something happens. */
const createLook = (stateMachineArn: string, mailCount: () => Promise<number>) => {
  const sfn = new SFNClient({})
  return async (): Promise<string> => {
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }))
    const running = executions.filter(({ status }) => status === 'RUNNING')
    const lengths = await Promise.all(
      running.map(async ({ executionArn }) => {
        const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }))
        return `${executionArn}: ${events?.length}`
      }),
    )
    return [executions.length, await mailCount(), ...lengths.toSorted()].join()
  }
}

/** Opens a stack for those who try it. */
export const openDeployed = async (
  stack: DeployedStack,
  { apiUrl, hearing, mailCount, rest }: Place,
): Promise<Deployed> => {
  const dynamoDb = new DynamoDBClient({})
  const s3 = new S3Client({})
  const table = stack.one('AWS::DynamoDB::Table')
  const look = createLook(stack.one('AWS::StepFunctions::StateMachine'), mailCount)
  return {
    apiUrl: await apiUrl(stack),
    duties: [duties(dynamoDb, table), duties(dynamoDb, table, 'anchors')],
    invoke: stack.invoke,
    store: async (Bucket, Key, Body) => void (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))),
    inboxBucket: stack.one('AWS::S3::Bucket', 'Inbox'),
    idle: async () => {
      await untilRecordRests(dynamoDb, table, rest.lookEveryMs)
      let seen = await look()
      for (let since = performance.now(); performance.now() - since < rest.ms;) {
        await pause(rest.lookEveryMs)
        const now = await look()
        if (now === seen) continue
        seen = now
        since = performance.now()
      }
    },
    heard: listen(await hearing(stack)),
    wipe: () => wipeTable(dynamoDb, table),
  }
}
