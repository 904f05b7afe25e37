import type { Context } from 'hono'
import type { App } from '../../functions/http/call.ts'
import type { Reply } from '../../functions/http/problem.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import { localeOf } from '../../shared/text/locale.ts'

export const readerLocale = (c: Context): Locale => localeOf(c.req.header('accept-language'))

export const respond = ({ status, headers, body }: Reply): Response =>
  new Response(body === '' ? null : body, { status, headers })

const valuesOf = (parameters: URLSearchParams): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]))

/** The API for those who speak to it by web requests, where API Gateway takes a call apart elsewhere. */
export const overFetch =
  (app: App) =>
  async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url)
    const reply = await app({
      method: request.method,
      path: pathname,
      query: valuesOf(searchParams),
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    })
    return respond(reply)
  }
