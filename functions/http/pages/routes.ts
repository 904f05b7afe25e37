import { Hono } from 'hono'
import type { TimeZone } from '../../../shared/domain/time.ts'
import { decidePage } from './decide-page.ts'
import { inertPage } from './inert-page.ts'

/** The pages behind the links in mails. */
export const pageRoutes = (zone: TimeZone): Hono => {
  const app = new Hono()
  app.route('/', inertPage(decidePage, zone))
  return app
}
