import {
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { expect, test } from 'vitest'
import { changing, isTransacted, isWritten } from '../../../functions/adapters/conditional.ts'
import { shareBank, useEngines } from '../../support/engines.ts'

const bank = shareBank(useEngines())

test('a transaction is made once, and whoever comes later is told', async () => {
  const { client, variables } = bank()
  const put = (sk: string) => ({
    Put: {
      TableName: variables['TABLE_NAME'],
      Item: marshall({ pk: 'CONDITIONAL', sk }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  })
  const transact = (...names: readonly string[]) =>
    isTransacted(client.send(new TransactWriteItemsCommand({ TransactItems: names.map(put) })))
  expect(await transact('a', 'b')).toBe(true)
  expect(await transact('b', 'c')).toBe(false)
  expect(await transact('c')).toBe(true)
})

test('an item is changed where it is there, and one that has gone stays away', async () => {
  const { client, variables, items } = bank()
  const table = variables['TABLE_NAME'] as string
  const keyOf = (sk: string) => ({ pk: { S: 'CHANGING' }, sk: { S: sk } })
  await client.send(new PutItemCommand({ TableName: table, Item: keyOf('there') }))
  const change = (sk: string) => {
    const { Update } = changing(table, keyOf(sk), 'SET seen = :seen', { ':seen': 'yes' })
    return isWritten(client.send(new UpdateItemCommand(Update)))
  }
  expect([await change('there'), await change('gone')]).toEqual([true, false])
  expect((await items()).filter(({ pk }) => pk === 'CHANGING')).toEqual([{ pk: 'CHANGING', sk: 'there', seen: 'yes' }])
})

const cancelled = (...codes: readonly string[]) =>
  isTransacted(
    Promise.reject(
      new TransactionCanceledException({
        message: 'Cancelled.',
        $metadata: {},
        CancellationReasons: codes.map((Code) => ({ Code })),
      }),
    ),
  )

test.each([[['None', 'TransactionConflict']], [['ConditionalCheckFailed', 'None']]])(
  'cancelled for %j, somebody else was ahead',
  async (codes) => {
    expect(await cancelled(...codes)).toBe(false)
  },
)

test.each([[['None', 'ThrottlingError']], [['ConditionalCheckFailed', 'ValidationError']], [[]]])(
  'cancelled for %j, it failed',
  async (codes) => {
    await expect(cancelled(...codes)).rejects.toThrow('Cancelled.')
  },
)
