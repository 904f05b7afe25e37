import type { Context, MiddlewareHandler } from 'hono'
import { errorName, type Log } from '../adapters/log.ts'

/** What begins with the id of a case in a path, or in the address of what was created. */
const caseInPath = /\/(?:assistants|applications|decide|dispute|hand-over)\/([0-9a-hjkmnp-tv-z]{8})(?![^/0-9a-z-])/

/** The case that a call is about; null where it is about none, or about one that there is not. */
const caseOf = (c: Context, status: number): string | null => {
  // What is unknown may be anything, an employee's number for one.
  if (status === 404) return null
  const [, id = null] = caseInPath.exec(c.res.headers.get('location') ?? c.req.path) ?? []
  return id
}

const isRead = ({ req: { method } }: Context): boolean => method === 'GET' || method === 'HEAD'

/** Notes each call that may change something, so that what happened to a case is found by its id. */
export const logCalls =
  (log: Log): MiddlewareHandler =>
  async (c, next) => {
    await next()
    if (isRead(c)) return
    const { status } = c.res
    log.info('Answered a call.', { method: c.req.method, route: c.req.routePath, status, case: caseOf(c, status) })
  }

export const logFailure = (log: Log, error: unknown, c: Context): void =>
  log.warn('A call failed.', {
    method: c.req.method,
    route: c.req.routePath,
    case: caseOf(c, 503),
    error: errorName(error),
  })
