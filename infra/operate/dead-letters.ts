import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import * as z from 'zod'
import type { DeployedStack, FunctionId } from './deployed-stack.ts'

/** Whose failures a queue holds, by how its id in the stack begins; null where the next sweep mends them by itself. */
const owners: Readonly<Record<string, FunctionId | null>> = {
  Sweep: null,
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

/** Hands each dead letter to its function again. One that is taken is deleted, one that fails again stays. */
export async function* redrive(stack: DeployedStack): AsyncGenerator<Redriven> {
  const sqs = new SQSClient({})
  for (const { id, name } of queuesOf(stack)) {
    const owner = ownerOf(id)
    // Whoever takes a message has it for a while, so that none comes twice: the queue ends.
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: name, MaxNumberOfMessages: 10, VisibilityTimeout: 300 }),
      )
      if (Messages.length === 0) break
      for (const message of Messages) {
        const error = await retry(stack, owner, message)
        if (error === null)
          await sqs.send(new DeleteMessageCommand({ QueueUrl: name, ReceiptHandle: message.ReceiptHandle }))
        yield { queue: id, outcome: error !== null ? 'failed again' : owner === null ? 'dropped' : 'taken', error }
      }
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
