import { errorName, type Log } from '../adapters/log.ts'
import type { HttpCall } from './call.ts'
import type { Reply } from './problem.ts'

/** What begins with the id of a case in a path, or in the address of what was created. */
const caseInPath = /\/(?:assistants|applications|decide|dispute|hand-over)\/([0-9a-hjkmnp-tv-z]{8})(?![^/0-9a-z-])/

/** The case that a call is about; null where it is about none, or about one that there is not. */
const caseOf = ({ path }: HttpCall, { status, headers }: Reply): string | null => {
  // What is unknown may be anything, an employee's number for one.
  if (status === 404) return null
  const [, id = null] = caseInPath.exec(headers['location'] ?? path) ?? []
  return id
}

const isRead = ({ method }: HttpCall): boolean => method === 'GET' || method === 'HEAD'

/** Where calls lead by their path, without what identifies anything. */
const shownRoute = (path: string | null): string => path?.replaceAll(/\{(\w+)\}/g, ':$1') ?? '/*'

/** Notes a call that may have changed something, so that what happened to a case is found by its id. */
export const logCall = (log: Log, call: HttpCall, route: string | null, reply: Reply): void => {
  if (isRead(call)) return
  const { status } = reply
  log.info('Answered a call.', { method: call.method, route: shownRoute(route), status, case: caseOf(call, reply) })
}

export const logFailure = (log: Log, call: HttpCall, route: string | null, reply: Reply, error: unknown): void =>
  log.warn('A call failed.', {
    method: call.method,
    route: shownRoute(route),
    case: caseOf(call, reply),
    error: errorName(error),
  })
