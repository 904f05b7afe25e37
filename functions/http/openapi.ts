import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi'
import * as z from 'zod'
import { ProblemView } from '../../shared/contracts/resources.ts'
import { scopes } from './auth.ts'
import { isOptional } from './checks.ts'
import { keyHeader, type MountedOperation } from './operations.ts'

type Described = MountedOperation['operation']

const problemDescriptions: Readonly<Record<number, string>> = {
  400: 'The request is malformed; `errors` points at each mistake.',
  401: 'No token, or none that is valid.',
  403: 'The token lacks the scope.',
  404: 'There is no such thing.',
  409: 'Against the state of the case, or the same request is still being worked on.',
  413: 'The request is too large.',
  422: 'Against the regulation, or the idempotency key was used for another request.',
  429: 'Asked for too often.',
  503: 'Not to be had at the moment.',
}

/** What an operation takes; absent members are left out. */
const requestOf = ({ params, query, body, idempotencyKey }: Described) => ({
  ...(params === undefined ? {} : { params }),
  ...(query === undefined ? {} : { query }),
  ...(body === undefined
    ? {}
    : { body: { required: !isOptional(body), content: { 'application/json': { schema: body } } } }),
  ...(idempotencyKey === undefined
    ? {}
    : {
        headers: z.object({
          [keyHeader]: idempotencyKey === 'required' ? z.string().max(255) : z.string().max(255).optional(),
        }),
      }),
})

const header = (description: string, required: boolean) => ({
  description,
  required,
  schema: { type: 'string' } as const,
})

const retry = { 'Retry-After': header('After how many seconds to try again, where that may help.', false) }
const whatToken = { 'WWW-Authenticate': header('What token it takes.', true) }
/** What problems say in their headers. */
const problemHeaders: Readonly<Record<number, Readonly<Record<string, ReturnType<typeof header>>>>> = {
  401: whatToken,
  403: whatToken,
  409: retry,
  429: retry,
  503: retry,
}

const responsesOf = ({ answers, problems, scope, body, idempotencyKey }: Described) => {
  const statuses = new Set([
    ...(scope === null ? [] : [401, 403]),
    ...(body === undefined ? [] : [400, 413]),
    ...(idempotencyKey === undefined ? [] : [400, 409, 422]),
    ...problems,
    503,
  ])
  return {
    ...Object.fromEntries(
      Object.entries(answers).map(([status, { description, location, schema }]) => [
        status,
        {
          description,
          ...(location === undefined ? {} : { headers: { Location: header(location, true) } }),
          ...(schema === undefined ? {} : { content: { 'application/json': { schema } } }),
        },
      ]),
    ),
    ...Object.fromEntries(
      [...statuses].map((status) => [
        status,
        {
          description: problemDescriptions[status] ?? '',
          ...(problemHeaders[status] === undefined ? {} : { headers: problemHeaders[status] }),
          content: { 'application/problem+json': { schema: ProblemView } },
        },
      ]),
    ),
  }
}

/** The OpenAPI document of operations. */
export const describe = (operations: readonly MountedOperation[]): object => {
  const registry = new OpenAPIRegistry()
  for (const { operation } of operations) {
    const { method, path, tag, summary, scope } = operation
    registry.registerPath({
      method,
      path,
      tags: [tag],
      summary,
      ...(scope === null ? {} : { security: [{ oauth2: [scope] }] }),
      request: requestOf(operation),
      responses: responsesOf(operation),
    })
  }
  registry.registerComponent('securitySchemes', 'oauth2', {
    type: 'oauth2',
    description:
      "Tokens come from the bank's token issuer; the address here is that of the embedded system. API Gateway hands on " +
      '`WWW-Authenticate` as `x-amzn-Remapped-WWW-Authenticate`.',
    flows: {
      clientCredentials: {
        tokenUrl: '/oauth2/token',
        scopes: Object.fromEntries(scopes.map((scope) => [scope, scope])),
      },
    },
  })
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Zhuli',
      version: '1',
      description:
        'The lifecycle of relationship-manager assistants (客户经理助理): applications, consents, review, exit.',
    },
  })
}
