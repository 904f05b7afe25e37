import type { Place } from './place.ts'

/** What is handed on of a call or an answer beside its body, whose length and coding may be others. */
const headersOf = (given: Request | Response): Headers => {
  const headers = new Headers(given.headers)
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'host', 'connection'])
    headers.delete(name)
  return headers
}

export const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD'

/** The same call, with the names of the bank as the place has them. */
export const translated = async (call: Request, url: string, { there }: Pick<Place, 'there'>): Promise<Request> =>
  new Request(url, {
    method: call.method,
    headers: headersOf(call),
    ...(isRead(call) ? {} : { body: there(await call.text()) }),
  })

/** Calls a stack's API in place of whoever called, and gives its answer. */
export const forward = async (call: Request, apiUrl: string, place: Pick<Place, 'there' | 'here'>) => {
  const { pathname, search } = new URL(call.url)
  const answer = await fetch(await translated(call, `${apiUrl}${pathname}${search}`, place))
  const body = answer.status === 204 ? null : place.here(await answer.text())
  return new Response(body, { status: answer.status, headers: headersOf(answer) })
}
