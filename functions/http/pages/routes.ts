import { Hono } from 'hono'
import type { TimeZone } from '../../../shared/domain/time.ts'
import { absencePage } from './absence-page.ts'
import { decidePage } from './decide-page.ts'
import { disputePage } from './dispute-page.ts'
import { handOverPage } from './hand-over-page.ts'
import { inertPage } from './inert-page.ts'

/** The pages behind the links in mails. */
export const pageRoutes = (zone: TimeZone): Hono => {
  const app = new Hono()
  app.route('/', inertPage(decidePage, zone))
  app.route('/', inertPage(disputePage, zone))
  app.route('/', inertPage(absencePage, zone))
  app.route('/', inertPage(handOverPage, zone))
  return app
}
