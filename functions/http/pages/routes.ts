import type { TimeZone } from '../../../shared/domain/time.ts'
import type { Route } from '../call.ts'
import { absencePage } from './absence-page.ts'
import { decidePage } from './decide-page.ts'
import { disputePage } from './dispute-page.ts'
import { handOverPage } from './hand-over-page.ts'
import { inertPage } from './inert-page.ts'

/** The pages behind the links in mails. */
export const pageRoutes = (zone: TimeZone): readonly Route[] => [
  inertPage(decidePage, zone),
  inertPage(disputePage, zone),
  inertPage(absencePage, zone),
  inertPage(handOverPage, zone),
]
