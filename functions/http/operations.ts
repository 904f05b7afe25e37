import type * as z from 'zod'
import type { Locale } from '../../shared/domain/organisation.ts'
import type { System } from '../adapters/system.ts'
import { type Authenticate, checkedClient, type Scope } from './auth.ts'
import { type HttpCall, readerLocale, type Route } from './call.ts'
import { type Checked, checkedBody, checkedParams, checkedQuery } from './checks.ts'
import { isIdempotencyKey, type KeyedCall } from './idempotency.ts'
import { problemOfCall, problemReply, type Reply } from './problem.ts'

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

interface OperationAnswer {
  readonly description: string
  /** Where its `Location` leads; without one, it has none. */
  readonly location?: string
  /** Without one, nothing but the status. */
  readonly schema?: z.ZodType
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
  /** What it answers when it is done. */
  readonly answers: Readonly<Record<number, OperationAnswer>>
  /** Statuses of the problems that it can answer beyond those that follow from the above. */
  readonly problems: readonly number[]
  readonly handle: (call: Call<z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<Reply>
}

/** An operation among others: the types of what it takes are known to it alone. */
export interface MountedOperation extends Route {
  readonly operation: Omit<Operation<z.ZodObject, z.ZodObject, z.ZodType>, 'handle'>
}

/** An empty set of operations. */
export const routes = (): MountedOperation[] => []

export const keyHeader = 'idempotency-key'

/** The key of a call, null where it has none. Without one that is needed, or with none that is one, nothing is tried. */
const checkedKey = (need: 'required' | 'optional' | undefined, call: HttpCall): Checked<string | null> => {
  const key = call.headers[keyHeader]
  if (need === undefined || (key === undefined && need === 'optional')) return { value: null }
  return key !== undefined && isIdempotencyKey(key)
    ? { value: key }
    : { reply: problemReply(problemOfCall('idempotency-key-missing', readerLocale(call))) }
}

/** Adds an operation: its checks, its description, and its handler. */
export const mount = <
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodUndefined,
>(
  mounted: MountedOperation[],
  { authenticate }: Api,
  operation: Operation<Params, Query, Body>,
): void => {
  const { handle, ...described } = operation
  const { method, path, scope, idempotencyKey } = operation

  const answer: Route['answer'] = async (call, given) => {
    const client = scope === null ? { value: '' } : await checkedClient(authenticate, scope, call)
    if ('reply' in client) return client.reply
    const key = checkedKey(idempotencyKey, call)
    if ('reply' in key) return key.reply
    // Of what an operation does not take, its own types say that its handler gets nothing to look at.
    const query = operation.query === undefined ? { value: {} as never } : checkedQuery(operation.query, call)
    if ('reply' in query) return query.reply
    const params =
      operation.params === undefined ? { value: {} as never } : checkedParams(operation.params, call, given)
    if ('reply' in params) return params.reply
    const body = operation.body === undefined ? { value: undefined as never } : checkedBody(operation.body, call)
    if ('reply' in body) return body.reply
    return handle({
      params: params.value,
      query: query.value,
      body: body.value,
      locale: readerLocale(call),
      client: client.value,
      keyed: { client: client.value, key: key.value, method, path: call.path, body: body.value },
    })
  }
  mounted.push({ method, path, operation: described, answer })
}
