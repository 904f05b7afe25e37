import type * as z from 'zod'
import { type HttpCall, readerLocale } from './call.ts'
import { invalidRequest, mistakesIn, oneMistake } from './mistakes.ts'
import { problemOfCall, problemReply, type Reply } from './problem.ts'

/** What a check found fine, or the answer to whoever sent something else. */
export type Checked<Value> = { readonly value: Value } | { readonly reply: Reply }

/** The parameters of the path as a schema has them. */
export const checkedParams = <Params extends z.ZodType>(
  schema: Params,
  call: HttpCall,
  params: Readonly<Record<string, string>>,
): Checked<z.output<Params>> => {
  const parsed = schema.safeParse(params)
  if (parsed.success) return { value: parsed.data }
  const locale = readerLocale(call)
  // An id in the path that can't be one leads nowhere; one that is to be registered is a mistake to be named.
  return call.method === 'PUT'
    ? { reply: invalidRequest(mistakesIn(parsed.error, locale, '/param'), locale) }
    : { reply: problemReply(problemOfCall('unknown-resource', locale)) }
}

/** The query as a schema has it. A parameter that stands there more than once is a list. */
export const checkedQuery = <Query extends z.ZodType>(schema: Query, call: HttpCall): Checked<z.output<Query>> => {
  const given = Object.entries(call.query).map(([name, values]) => [name, values.length === 1 ? values[0] : values])
  const parsed = schema.safeParse(Object.fromEntries(given))
  if (parsed.success) return { value: parsed.data }
  const locale = readerLocale(call)
  return { reply: invalidRequest(mistakesIn(parsed.error, locale, '/query'), locale) }
}

/** A media type of JSON with whatever parameters. */
const jsonType = /^application\/([a-z.-]+\+)?json\s*(;.*)?$/i

/** What a text of JSON says; undefined for one that is none, or is sent as something else. */
const saidBy = ({ headers, body }: HttpCall): unknown => {
  if (!jsonType.test(headers['content-type'] ?? '')) return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

export const isOptional = (body: z.ZodType): boolean => body.safeParse(undefined).success

/** The body as a schema has it. An empty one is taken for one without members where it says nothing of its kind. */
export const checkedBody = <Body extends z.ZodType>(schema: Body, call: HttpCall): Checked<z.output<Body>> => {
  const locale = readerLocale(call)
  const isNone = call.body === '' && (!call.headers['content-type'] || isOptional(schema))
  const body = isNone ? {} : saidBy(call)
  if (body === undefined) return { reply: oneMistake('', 'not-json', locale) }
  const parsed = schema.safeParse(body)
  return parsed.success ? { value: parsed.data } : { reply: invalidRequest(mistakesIn(parsed.error, locale), locale) }
}
