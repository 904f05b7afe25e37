import { createRoute, OpenAPIHono, type Hook } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { ProblemView } from '../../shared/contracts/resources.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import type { System } from '../adapters/system.ts'
import { type Authenticate, type Caller, requireScope, type Scope } from './auth.ts'
import { isIdempotencyKey, type KeyedCall } from './idempotency.ts'
import { invalidRequest, mistakesIn } from './mistakes.ts'
import { problemOfCall, problemReply, readerLocale, type Reply, respond } from './problem.ts'

/** What every route works with. */
export interface Api {
  readonly system: System
  readonly authenticate: Authenticate
}

/** A parsed call, as a handler gets it. */
export interface Call<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly locale: Locale
  /** The client of the token; empty where the operation needs none. */
  readonly client: string
  readonly keyed: KeyedCall
}

/** One call of the API: what OpenAPI says of it, and what it does. */
export interface Operation<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly method: 'get' | 'put' | 'post' | 'delete'
  readonly path: string
  readonly tag: string
  readonly summary: string
  /** What the token must allow; null for a call that is open to everyone. */
  readonly scope: Scope | null
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** A call that creates something needs the key; one that is refused when repeated may carry it. */
  readonly idempotencyKey?: 'required' | 'optional'
  /** What it answers when it is done; without a schema, nothing but the status. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>
  /** Statuses of the problems that it can answer beyond those that follow from the above. */
  readonly problems: readonly number[]
  readonly handle: (call: Call<z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<Reply>
}

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

interface ApiEnv {
  Variables: { caller: Caller }
}

/** Every mistake in a request, with a pointer to it: into the body, or into the named part of the call. */
const refuseInvalid: Hook<unknown, ApiEnv, string, unknown> = (result, c) => {
  if (result.success) return undefined
  const locale = readerLocale(c)
  // An id in the path that can't be one leads nowhere; one that is to be registered is a mistake to be named.
  if (result.target === 'param' && c.req.method !== 'PUT') {
    return respond(problemReply(problemOfCall('unknown-resource', locale)))
  }
  const at = result.target === 'json' ? '' : `/${result.target}`
  return respond(invalidRequest(mistakesIn(result.error, locale, at), locale))
}

/** An empty set of routes whose invalid requests are answered with problems. */
export const routes = () => new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })

const keyHeader = 'idempotency-key'

/** Refuses a key that is none, or a missing one, before the body is looked at: without one, nothing may be tried. */
const checkKey =
  (need: 'required' | 'optional'): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const key = c.req.header(keyHeader)
    const isFine = key === undefined ? need === 'optional' : isIdempotencyKey(key)
    return isFine ? next() : respond(problemReply(problemOfCall('idempotency-key-missing', readerLocale(c))))
  }

/** Takes an empty body for none, where there need be none, whatever its content type says. */
const letBodyBeEmpty: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if ((await c.req.text()) === '') {
    const headers = new Headers(c.req.raw.headers)
    headers.delete('content-type')
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers })
  }
  return next()
}

const isOptional = (body: z.ZodType | undefined): boolean => body?.safeParse(undefined).success === true

/** Members that OpenAPI describes and the library checks; absent ones are left out. */
const requestOf = <Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType>({
  params,
  query,
  body,
  idempotencyKey,
}: Operation<Params, Query, Body>) => ({
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

const responsesOf = ({
  answers,
  problems,
  scope,
  body,
  idempotencyKey,
}: Pick<
  Operation<z.ZodObject, z.ZodObject, z.ZodType>,
  'answers' | 'problems' | 'scope' | 'body' | 'idempotencyKey'
>) => {
  const statuses = new Set([
    ...(scope === null ? [] : [401, 403]),
    ...(body === undefined ? [] : [400, 413]),
    ...(idempotencyKey === undefined ? [] : [400, 409, 422]),
    ...problems,
    503,
  ])
  return {
    ...Object.fromEntries(
      Object.entries(answers).map(([status, { description, schema }]) => [
        status,
        schema === undefined ? { description } : { description, content: { 'application/json': { schema } } },
      ]),
    ),
    ...Object.fromEntries(
      [...statuses].map((status) => [
        status,
        {
          description: problemDescriptions[status] ?? '',
          content: { 'application/problem+json': { schema: ProblemView } },
        },
      ]),
    ),
  }
}

/** Adds an operation: its checks, its description, and its handler. */
export const mount = <
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodUndefined,
>(
  app: ReturnType<typeof routes>,
  { authenticate }: Api,
  operation: Operation<Params, Query, Body>,
): void => {
  const { method, path, tag, summary, scope, idempotencyKey, handle } = operation
  const route = createRoute({
    method,
    path,
    tags: [tag],
    summary,
    ...(scope === null ? {} : { security: [{ oauth2: [scope] }] }),
    middleware: [
      ...(scope === null ? [] : [requireScope(authenticate, scope)]),
      ...(idempotencyKey === undefined ? [] : [checkKey(idempotencyKey)]),
      ...(isOptional(operation.body) ? [letBodyBeEmpty] : []),
    ],
    request: requestOf(operation),
    responses: responsesOf(operation),
  })
  app.openapi(route, async (c) => {
    // The library types what is valid by the route; the operation's own types say the same without its help.
    const valid = (target: 'param' | 'query' | 'json') => c.req.valid(target as never) as never
    const client = scope === null ? '' : c.get('caller').client
    const key = idempotencyKey === undefined ? null : (c.req.header(keyHeader) ?? null)
    const body = operation.body === undefined ? (undefined as never) : valid('json')
    const reply = await handle({
      params: operation.params === undefined ? ({} as never) : valid('param'),
      query: operation.query === undefined ? ({} as never) : valid('query'),
      body,
      locale: readerLocale(c),
      client,
      keyed: { client, key, method, path: c.req.path, body },
    })
    return respond(reply)
  })
}
