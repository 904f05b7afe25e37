import * as z from 'zod'
import { centreId, employeeNo } from '../../../shared/contracts/fields.ts'
import {
  PerformanceReportView,
  PerformanceResultBody,
  PerformanceResultView,
  PerformanceRulesBody,
  PerformanceRulesView,
  period,
} from '../../../shared/contracts/performance.ts'
import {
  type Figures,
  firstDayOf,
  type PerformanceRules,
  reportOf,
  scoreOf,
} from '../../../shared/domain/performance.ts'
import type { Locale } from '../../../shared/domain/organisation.ts'
import { refuse } from '../../../shared/domain/refusal.ts'
import { dayOf } from '../../../shared/domain/time.ts'
import { mistakeTexts } from '../../../shared/text/mistakes.ts'
import { recordResult } from '../../performance.ts'
import { invalidRequest, oneMistake, type PointedMistake } from '../mistakes.ts'
import { type Api, mount, routes } from '../operations.ts'
import { byWhoever } from '../orders.ts'
import { jsonReply, problemOfCall, problemOfRefusal, problemReply, statusOf } from '../problem.ts'

const shared = { tag: 'Performance' } as const

/** Figures are of the metrics that the period has, of all of them and of no others. */
const mistakenFigures = (
  { metrics }: PerformanceRules,
  figures: Figures,
  locale: Locale,
): readonly PointedMistake[] => {
  const ids = metrics.map(({ id }) => id)
  const unknown = Object.keys(figures).filter((id) => !ids.includes(id))
  const missing = ids.filter((id) => !Object.hasOwn(figures, id))
  const texts = mistakeTexts[locale]
  return [
    ...unknown.map((id) => ({ pointer: `/metrics/${id}`, detail: texts['unknown-metric'] })),
    ...missing.map((id) => ({ pointer: `/metrics/${id}`, detail: texts.missing })),
  ]
}

/** Performance: everyone is scored by the same rules, assistants are not ranked, and count in their teams (art. 8). */
export const performanceRoutes = (api: Api) => {
  const { system } = api
  const mounted = routes()

  mount(mounted, api, {
    ...shared,
    method: 'put',
    path: '/v1/performance/{period}/rules',
    summary: "State a period's scoring rules: a metric scores achieved ÷ target × 100, up to its cap (art. 8)",
    scope: 'cases:write',
    params: z.object({ period }),
    body: PerformanceRulesBody,
    answers: {
      200: { description: 'Replaced.', schema: PerformanceRulesView },
      201: { description: 'Created.', schema: PerformanceRulesView },
    },
    problems: [],
    handle: async ({ params, body, client }) => {
      const metrics = body.metrics.map(({ name = null, cap = null, ...metric }) => ({ ...metric, name, cap }))
      const outcome = await system.performance.putRules(
        params.period,
        { metrics },
        { client, by: null, at: system.now() },
      )
      return jsonReply(statusOf[outcome], { period: params.period, metrics })
    },
  })

  mount(mounted, api, {
    ...shared,
    method: 'put',
    path: '/v1/performance/{period}/results/{employeeNo}',
    summary: 'State what someone achieved in a period, by its metrics (art. 8)',
    scope: 'cases:write',
    params: z.object({ period, employeeNo }),
    body: PerformanceResultBody,
    answers: {
      200: { description: 'Replaced.', schema: PerformanceResultView },
      201: { description: 'Created.', schema: PerformanceResultView },
    },
    problems: [409, 422],
    handle: async ({ params, body: { by, metrics }, client, locale }) => {
      const rules = (await system.performance.rules([params.period])).get(params.period)
      if (rules === undefined)
        return problemReply(problemOfRefusal(refuse('no-scoring-rules', { period: params.period }), locale))
      if (firstDayOf(params.period) > dayOf(system.now(), system.zone))
        return oneMistake('/param/period', 'period-ahead', locale)
      const mistakes = mistakenFigures(rules, metrics, locale)
      if (mistakes.length > 0) return invalidRequest(mistakes, locale)
      const origin = byWhoever(by, client)
      const stated = await recordResult(system, params.period, params.employeeNo, metrics, origin)
      return stated.type === 'refused'
        ? problemReply(problemOfRefusal(stated.refusal, locale))
        : jsonReply(statusOf[stated.type], { ...params, metrics, score: scoreOf(rules, metrics) })
    },
  })

  mount(mounted, api, {
    ...shared,
    method: 'get',
    path: '/v1/centres/{centreId}/performance/{period}',
    summary: 'Read the scores of a centre, with ranks of relationship managers alone (art. 8)',
    scope: 'cases:read',
    params: z.object({ centreId, period }),
    query: z.strictObject({}),
    answers: { 200: { description: 'The report.', schema: PerformanceReportView } },
    problems: [400, 404],
    handle: async ({ params, locale }) => {
      const [rules, centre, results] = await Promise.all([
        system.performance.rules([params.period]),
        system.directory.centre(params.centreId),
        system.performance.ofCentre(params.period, params.centreId),
      ])
      const found = rules.get(params.period)
      if (found === undefined || centre === null) return problemReply(problemOfCall('unknown-resource', locale))
      return jsonReply(200, { period: params.period, ...reportOf(found, results, centre.teams) })
    },
  })
  return mounted
}
