import { PutItemCommand, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { createDynamoDb } from '../../../functions/adapters/dynamodb.ts'
import { setEnvironment } from '../../../infra/local/environment.ts'

const TableName = 'cases'
const Item = { pk: { S: 'a' }, sk: { S: 'b' } }

/** A DynamoDB that refuses so many calls, as the real one does and none of those that can be installed. */
const refusing = (type: string, times: number, reasons: object = {}) =>
  failing(times, (response) => {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...reasons }))
  })

/** A DynamoDB that fails so many calls, and takes the others. */
const failing = async (times: number, fail: (response: ServerResponse) => void) => {
  let calls = 0
  const server = createServer((request, response) => {
    request.resume()
    calls += 1
    if (calls <= times) return fail(response)
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A server on a port has an address.')
  onTestFinished(
    setEnvironment({
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${address.port}`,
      AWS_REGION: 'local',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    }),
  )
  const client = createDynamoDb()
  onTestFinished(() => client.destroy())
  return { client, calls: () => calls }
}

test('a write that meets a transaction on the same item is tried again', async () => {
  const { client, calls } = await refusing('TransactionConflictException', 2)
  await client.send(new PutItemCommand({ TableName, Item }))
  expect(calls()).toBe(3)
})

test('a write whose condition does not hold is not tried again', async () => {
  const { client, calls } = await refusing('ConditionalCheckFailedException', 1)
  await expect(client.send(new PutItemCommand({ TableName, Item }))).rejects.toThrow('')
  expect(calls()).toBe(1)
})

test('a call that is not answered is given up and made again', async () => {
  const { client, calls } = await failing(1, () => undefined)
  await client.send(new PutItemCommand({ TableName, Item }))
  expect(calls()).toBe(2)
}, 20_000)

test('nor is a transaction that meets another: what it depends on has to be read again', async () => {
  const { client, calls } = await refusing('TransactionCanceledException', 1, {
    CancellationReasons: [{ Code: 'TransactionConflict' }],
  })
  const transaction = new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item } }] })
  await expect(client.send(transaction)).rejects.toThrow(TransactionCanceledException)
  expect(calls()).toBe(1)
})
