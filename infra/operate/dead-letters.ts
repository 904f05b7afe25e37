import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import * as z from 'zod'
import type { DeployedStack, FunctionId } from './deployed-stack.ts'

/** Whose failures a queue holds, by how its id in the stack begins; null where the next call mends them by itself. */
const owners: Readonly<Record<string, FunctionId | null>> = {
  Sweep: null,
  Anchoring: null,
  MailEvents: 'ReportUndeliverable',
  InboundMail: 'ReceiveMail',
}

/** What Lambda keeps of a call that failed: the event lies within. Others keep the event itself. */
const LambdaRecord = z.object({ requestContext: z.object({ condition: z.string() }), requestPayload: z.unknown() })

const eventIn = ({ Body = '' }: Message): unknown => {
  const body: unknown = JSON.parse(Body)
  const record = LambdaRecord.safeParse(body)
  return record.success ? record.data.requestPayload : body
}

const queuesOf = (stack: DeployedStack) => stack.all('AWS::SQS::Queue')

const ownerOf = (queueId: string): FunctionId | null => {
  const prefix = Object.keys(owners).find((known) => queueId.startsWith(known))
  if (prefix === undefined) throw new Error(`Nobody is known to leave dead letters in ${queueId}.`)
  return owners[prefix] ?? null
}

/** How many dead letters lie in each queue, by its id. */
export const countDeadLetters = async (stack: DeployedStack): Promise<Readonly<Record<string, number>>> => {
  const sqs = new SQSClient({})
  const counts = await Promise.all(
    queuesOf(stack).map(async ({ id, name }) => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: name, AttributeNames: ['ApproximateNumberOfMessages'] }),
      )
      return [id, Number(Attributes?.ApproximateNumberOfMessages ?? 0)] as const
    }),
  )
  return Object.fromEntries(counts)
}

export interface Redriven {
  readonly queue: string
  readonly outcome: 'taken' | 'dropped' | 'failed again'
  readonly error: string | null
}

/** Seconds. Any wait has all of a queue's servers asked; without one those where the messages lie may be left out. */
const waitForMessage = 2

/** Seconds for which nobody else gets a message that was taken: more than its function may run. */
const visibility = 300

/** The messages of a queue, each once, taken one at a time so that none waits beyond its time for those before it. */
async function* messagesOf(sqs: SQSClient, QueueUrl: string): AsyncGenerator<Message> {
  const taken = new Set<string | undefined>()
  for (;;) {
    const { Messages: [message] = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 1,
        WaitTimeSeconds: waitForMessage,
        VisibilityTimeout: visibility,
      }),
    )
    if (message === undefined) return
    // What failed again lies there again by the end of a long queue.
    if (taken.has(message.MessageId)) continue
    taken.add(message.MessageId)
    yield message
  }
}

/** Hands each dead letter to its function again. One that is taken is deleted, one that fails again stays. */
export async function* redrive(stack: DeployedStack): AsyncGenerator<Redriven> {
  const sqs = new SQSClient({})
  for (const { id, name } of queuesOf(stack)) {
    const owner = ownerOf(id)
    for await (const message of messagesOf(sqs, name)) {
      const error = await retry(stack, owner, message)
      if (error === null)
        await sqs.send(new DeleteMessageCommand({ QueueUrl: name, ReceiptHandle: message.ReceiptHandle }))
      yield { queue: id, outcome: error !== null ? 'failed again' : owner === null ? 'dropped' : 'taken', error }
    }
  }
}

const retry = async (stack: DeployedStack, owner: FunctionId | null, message: Message): Promise<string | null> => {
  if (owner === null) return null
  try {
    await stack.invoke(owner, eventIn(message))
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
