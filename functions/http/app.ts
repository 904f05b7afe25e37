import { HTTPException } from 'hono/http-exception'
import { bodyLimit } from 'hono/body-limit'
import { CalendarNotPublished } from '../../shared/domain/working-calendar.ts'
import { TooBusy } from '../execute.ts'
import { scopes } from './auth.ts'
import { logCalls, logFailure } from './calls-log.ts'
import { oneMistake } from './mistakes.ts'
import { type Api, routes } from './operations.ts'
import { pageRoutes } from './pages/routes.ts'
import { problemOfCall, problemReply, readerLocale, respond } from './problem.ts'
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

/** The whole HTTP API and the pages that mails lead to. */
export const createApp = (api: Api) => {
  const { system } = api
  const app = routes()

  app.use(logCalls(system.log))
  app.use(async (c, next) => {
    await next()
    c.header('x-content-type-options', 'nosniff')
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    c.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
  })
  app.use(
    bodyLimit({
      maxSize: bodyKilobytes * 1024,
      onError: (c) =>
        respond(problemReply(problemOfCall('too-large', readerLocale(c), { limit: String(bodyKilobytes) }))),
    }),
  )
  for (const part of [
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
  ]) {
    app.route('/', part(api))
  }
  app.route('/', pageRoutes(system.zone))

  app.openAPIRegistry.registerComponent('securitySchemes', 'oauth2', {
    type: 'oauth2',
    flows: {
      clientCredentials: {
        tokenUrl: '/oauth2/token',
        scopes: Object.fromEntries(scopes.map((scope) => [scope, scope])),
      },
    },
  })
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Zhuli',
      version: '1',
      description:
        'The lifecycle of relationship-manager assistants (客户经理助理): applications, consents, review, exit.',
    },
  })

  app.notFound((c) => respond(problemReply(problemOfCall('unknown-resource', readerLocale(c)))))
  app.onError((error, c) => {
    const locale = readerLocale(c)
    if (error instanceof HTTPException && error.status < 500) {
      return respond(oneMistake('', 'not-json', locale))
    }
    if (error instanceof TooBusy) {
      return respond(problemReply(problemOfCall('request-in-progress', locale), { 'retry-after': '1' }))
    }
    logFailure(system.log, error, c)
    if (error instanceof CalendarNotPublished) {
      const facts = { lastDay: system.calendar.lastDay }
      return respond(problemReply(problemOfCall('calendar-not-published', locale, facts)))
    }
    return respond(problemReply(problemOfCall('unavailable', locale), { 'retry-after': '5' }))
  })
  return app
}
