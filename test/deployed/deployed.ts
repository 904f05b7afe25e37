import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetExecutionHistoryCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn'
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Duties, duties } from '../../functions/adapters/duties.ts'
import type { DeployedStack } from '../../infra/operate/deployed-stack.ts'
import type { Hearing, Place } from './place.ts'

/** A stack, through the services that it consists of. */
export interface Deployed {
  /** Origin and stage of the REST API. */
  readonly apiUrl: string
  readonly duties: Duties
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

const wipeTable = async (client: DynamoDBClient, TableName: string): Promise<void> => {
  for (;;) {
    const { Items = [] } = await client.send(new ScanCommand({ TableName, ProjectionExpression: 'pk, sk' }))
    if (Items.length === 0) return
    for (const Key of Items) await client.send(new DeleteItemCommand({ TableName, Key }))
  }
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
    duties: duties(dynamoDb, table),
    invoke: stack.invoke,
    store: async (Bucket, Key, Body) => void (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))),
    inboxBucket: stack.one('AWS::S3::Bucket', 'Inbox'),
    idle: async () => {
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
