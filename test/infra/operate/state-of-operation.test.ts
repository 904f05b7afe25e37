import { expect, test } from 'vitest'
import * as z from 'zod'
import type { DeployedStack } from '../../../infra/operate/deployed-stack.ts'
import { failedExecutions } from '../../../infra/operate/state-of-operation.ts'
import { awsJson } from '../../../infra/local/aws-json.ts'
import { standIn } from './service.support.ts'

const List = z.object({ stateMachineArn: z.literal('machine'), statusFilter: z.string(), maxResults: z.int() })

/** When each execution ended, in seconds since 1970, by its name. */
type Ended = Readonly<Record<string, number>>

const setUp = async (byStatus: Readonly<Record<string, Ended>>): Promise<DeployedStack> => {
  const app = awsJson('AWSStepFunctions', '1.0', {
    ListExecutions: (input) => {
      const { statusFilter: status, maxResults } = List.parse(input)
      const all = Object.entries(byStatus[status] ?? {}).map(([name, stopDate]) => ({ name, status, stopDate }))
      return { executions: all.toSorted((a, b) => b.stopDate - a.stopDate).slice(0, maxResults) }
    },
  })
  await standIn('AWS_ENDPOINT_URL_SFN', app)
  return {
    all: () => [],
    one: () => 'machine',
    invoke: () => Promise.reject(new Error('Not needed.')),
    system: () => Promise.reject(new Error('Not needed.')),
  }
}

test('executions that timed out or were aborted are told with those that failed, the newest first', async () => {
  const stack = await setUp({ FAILED: { a: 1, d: 4 }, TIMED_OUT: { b: 2 }, ABORTED: { c: 3 }, SUCCEEDED: { e: 5 } })
  expect(await failedExecutions(stack)).toEqual([
    'd FAILED 1970-01-01T00:00:04.000Z',
    'c ABORTED 1970-01-01T00:00:03.000Z',
    'b TIMED_OUT 1970-01-01T00:00:02.000Z',
    'a FAILED 1970-01-01T00:00:01.000Z',
  ])
})

test('of many, the last ten are told', async () => {
  const ended = (first: number): Ended =>
    Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`x${first + 2 * index}`, first + 2 * index]))
  const told = await failedExecutions(await setUp({ FAILED: ended(0), TIMED_OUT: ended(1) }))
  expect(told.map((line) => line.split(' ')[0])).toEqual(Array.from({ length: 10 }, (_, index) => `x${15 - index}`))
})
