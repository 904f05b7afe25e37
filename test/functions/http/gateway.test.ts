import type { APIGatewayProxyEvent } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { HttpCall } from '../../../functions/http/call.ts'
import { behindGateway } from '../../../functions/http/gateway.ts'

const event: Pick<
  APIGatewayProxyEvent,
  | 'httpMethod'
  | 'path'
  | 'headers'
  | 'multiValueHeaders'
  | 'queryStringParameters'
  | 'multiValueQueryStringParameters'
  | 'body'
  | 'isBase64Encoded'
> = {
  httpMethod: 'GET',
  path: '/v1/assistants',
  headers: { 'Accept-Language': 'en', Via: 'b' },
  multiValueHeaders: { 'Accept-Language': ['en'], Via: ['a', 'b'] },
  queryStringParameters: { status: 'on-post' },
  multiValueQueryStringParameters: { status: ['candidate', 'on-post'] },
  body: null,
  isBase64Encoded: false,
}

/** What comes to the API of an event. */
const callOf = async (given: object): Promise<HttpCall | undefined> => {
  const calls: HttpCall[] = []
  await behindGateway(async (call) => {
    calls.push(call)
    return { status: 204, headers: {}, body: '' }
  })(given)
  return calls[0]
}

test('a call comes as API Gateway has it, with every value of a header and of a parameter', async () => {
  expect(await callOf(event)).toEqual({
    method: 'GET',
    path: '/v1/assistants',
    query: { status: ['candidate', 'on-post'] },
    headers: { 'accept-language': 'en', via: 'a, b' },
    body: '',
  })
})

test('what is said once only counts as well, and nothing where nothing is said', async () => {
  const { multiValueHeaders: _, multiValueQueryStringParameters: __, ...once } = event
  expect(await callOf(once)).toMatchObject({
    query: { status: ['on-post'] },
    headers: { 'accept-language': 'en', via: 'b' },
  })
  const none = { headers: null, multiValueHeaders: null, queryStringParameters: null }
  expect(await callOf({ ...event, ...none, multiValueQueryStringParameters: null })).toMatchObject({
    query: {},
    headers: {},
  })
})

test.each([
  ['as it is', { body: '{"name":"王芳"}', isBase64Encoded: false }],
  ['encoded', { body: Buffer.from('{"name":"王芳"}').toString('base64'), isBase64Encoded: true }],
  ['behind a byte order mark', { body: '\ufeff{"name":"王芳"}', isBase64Encoded: false }],
])('a body comes as text: %s', async (_, body) => {
  expect((await callOf({ ...event, httpMethod: 'POST', ...body }))?.body).toBe('{"name":"王芳"}')
})

test('an answer goes back as API Gateway takes it', async () => {
  const handler = behindGateway(async () => ({ status: 201, headers: { location: '/v1/x' }, body: '{}' }))
  expect(await handler(event)).toEqual({ statusCode: 201, headers: { location: '/v1/x' }, body: '{}' })
})
