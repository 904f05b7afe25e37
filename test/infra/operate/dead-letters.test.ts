import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { redrive } from '../../../infra/operate/dead-letters.ts'
import { type DeployedStack, OperationError } from '../../../infra/operate/deployed-stack.ts'
import { awsJson } from '../../../infra/local/aws-json.ts'
import { standIn } from './service.support.ts'

const Receive = z.object({
  MaxNumberOfMessages: z.int(),
  VisibilityTimeout: z.int(),
  WaitTimeSeconds: z.int().default(0),
})

/** A queue that finds nothing unless it is waited for, as a short one may, on a clock that only functions move. */
const setUp = async (bodies: readonly string[]) => {
  let now = 0
  const letters = new Map(bodies.map((body, index) => [`m${index}`, { body, hiddenUntil: 0 }]))
  const app = awsJson('AmazonSQS', '1.0', {
    ReceiveMessage: (input) => {
      const { MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds } = Receive.parse(input)
      const visible = [...letters].filter(([, { hiddenUntil }]) => WaitTimeSeconds > 0 && hiddenUntil <= now)
      return {
        Messages: visible.slice(0, MaxNumberOfMessages).map(([id, letter]) => {
          letter.hiddenUntil = now + VisibilityTimeout
          return {
            MessageId: id,
            ReceiptHandle: id,
            Body: letter.body,
            MD5OfBody: createHash('md5').update(letter.body).digest('hex'),
          }
        }),
      }
    },
    DeleteMessage: (input) => {
      letters.delete(z.object({ ReceiptHandle: z.string() }).parse(input).ReceiptHandle)
      return {}
    },
  })
  const url = await standIn('AWS_ENDPOINT_URL_SQS', app)

  const invoked: unknown[] = []
  const all: DeployedStack['all'] = () => [{ id: 'InboundMailDeadLetters', name: `${url}/inbound` }]
  const stack: DeployedStack = {
    all,
    one: () => '',
    invoke: async (_, payload) => {
      invoked.push(payload)
      // As long as a function may run.
      now += 60
      if (payload === 'bad') throw new OperationError('ReceiveMail failed: bad')
    },
    system: () => Promise.reject(new Error('Not needed.')),
  }
  return { stack, invoked, left: () => letters.size }
}

const outcomesOf = async (stack: DeployedStack) => {
  const outcomes = []
  for await (const { outcome } of redrive(stack)) outcomes.push(outcome)
  return outcomes
}

test('every dead letter is found, however few lie there', async () => {
  const { stack, invoked, left } = await setUp(['"good"'])
  expect(await outcomesOf(stack)).toEqual(['taken'])
  expect([invoked, left()]).toEqual([['good'], 0])
})

test('each is handed over once, however long its function and those before it take', async () => {
  const { stack, invoked, left } = await setUp(
    Array.from({ length: 12 }, (_, index) => (index % 2 ? '"good"' : '"bad"')),
  )
  const outcomes = await outcomesOf(stack)
  expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(6)
  expect(outcomes.filter((outcome) => outcome === 'failed again')).toHaveLength(6)
  expect([invoked.length, left()]).toEqual([12, 6])
})
