import { CalendarNotPublished } from '../../shared/domain/working-calendar.ts'
import { TooBusy } from '../retry.ts'
import { type App, type HttpCall, readerLocale, type Route, routeOf } from './call.ts'
import { logCall, logFailure } from './calls-log.ts'
import type { Api } from './operations.ts'
import { pageRoutes } from './pages/routes.ts'
import { jsonReply, problemOfCall, problemReply, type Reply } from './problem.ts'
import { absenceRoutes } from './routes/absences.ts'
import { applicationRoutes } from './routes/applications.ts'
import { clientRoutes } from './routes/clients.ts'
import { conductRoutes } from './routes/conduct.ts'
import { evidenceRoutes } from './routes/evidence.ts'
import { handOverRoutes } from './routes/hand-overs.ts'
import { performanceRoutes } from './routes/performance.ts'
import { trainingRoutes } from './routes/training.ts'
import { assistantRoutes } from './routes/assistants.ts'
import { decisionRoutes } from './routes/decisions.ts'
import { disputeRoutes } from './routes/disputes.ts'
import { healthRoutes } from './routes/health.ts'
import { policyRoutes } from './routes/policy.ts'
import { organisationRoutes } from './routes/organisation.ts'

/** The largest body that a call may have, in kilobytes: many times what the longest application needs. */
const bodyKilobytes = 256

/** What every answer says. */
const headers = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
} as const

const operationsOf = (api: Api) =>
  [
    healthRoutes,
    organisationRoutes,
    applicationRoutes,
    assistantRoutes,
    evidenceRoutes,
    trainingRoutes,
    clientRoutes,
    conductRoutes,
    performanceRoutes,
    handOverRoutes,
    decisionRoutes,
    absenceRoutes,
    disputeRoutes,
    policyRoutes,
  ].flatMap((part) => part(api))

/** The whole HTTP API and the pages that mails lead to. */
export const createApp = (api: Api): App => {
  const { log, calendar, zone } = api.system
  const operations = operationsOf(api)
  const description: Route = {
    method: 'get',
    path: '/openapi.json',
    answer: async () => jsonReply(200, (await import('./openapi.ts')).describe(operations, api.issuer)),
  }
  const routes: readonly Route[] = [...operations, description, ...pageRoutes(zone)]

  const failed = (error: unknown, call: HttpCall): Reply => {
    const locale = readerLocale(call)
    return error instanceof CalendarNotPublished
      ? problemReply(problemOfCall('calendar-not-published', locale, { lastDay: calendar.lastDay }))
      : problemReply(problemOfCall('unavailable', locale), { 'retry-after': '5' })
  }

  const answered = async (call: HttpCall, found: ReturnType<typeof routeOf>): Promise<Reply> => {
    const locale = readerLocale(call)
    if (Buffer.byteLength(call.body) > bodyKilobytes * 1024)
      return problemReply(problemOfCall('too-large', locale, { limit: String(bodyKilobytes) }))
    if (found === null) return problemReply(problemOfCall('unknown-resource', locale))
    try {
      return await found.route.answer(call, found.params)
    } catch (error) {
      if (error instanceof TooBusy)
        return problemReply(problemOfCall('request-in-progress', locale), { 'retry-after': '1' })
      const reply = failed(error, call)
      logFailure(log, call, found.route.path, reply, error)
      return reply
    }
  }

  return async (call) => {
    const found = routeOf(routes, call)
    const reply = await answered(call, found)
    logCall(log, call, found?.route.path ?? null, reply)
    return { ...reply, headers: { ...reply.headers, ...headers }, body: call.method === 'HEAD' ? '' : reply.body }
  }
}
