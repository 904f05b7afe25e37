import * as z from 'zod'
import { selectConfig } from '../infra/config.ts'
import { deployments } from '../infra/config/deployments.ts'
import { synthesise, type Synthesised, type Template } from '../infra/synthesise.ts'
import { ServiceFunction } from '../infra/constructs/function.ts'
import type { FunctionName } from '../shared/contracts/environment.ts'
import { sweepUnits } from '../shared/contracts/metrics.ts'
import { beside, invoked } from './beside.ts'
import { costOf, prices, type Usage } from './prices.ts'
import type { CaseCosts, Cost } from './results.ts'

const cases = 1000
const sweepsInAMonth = (365 / 12) * 24 * 12

const add = (a: Usage, b: Usage): Usage =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((unit) => [
      unit,
      (a[unit as keyof Usage] ?? 0) + (b[unit as keyof Usage] ?? 0),
    ]),
  )

const memoryOf = ({ stack, template }: Synthesised) => {
  const functions = stack.node.findAll().filter((construct) => construct instanceof ServiceFunction)
  const memory = new Map(
    functions.map(({ fileName, logicalId }) => [
      fileName,
      Number(template.Resources[logicalId]?.Properties['MemorySize']),
    ]),
  )
  return (name: FunctionName): number => memory.get(name) ?? Number.NaN
}

type Memory = ReturnType<typeof memoryOf>

const usageOf = (cost: Cost, memory: Memory): Usage => ({
  transitions: cost.transitions,
  writeUnits: cost.writeUnits,
  readUnits: cost.readUnits,
  ...add(invoked(cost.calls, memory('api')), invoked(cost.invocations - cost.calls, memory('open-stage'))),
  calls: cost.calls,
  inspected: cost.calls,
  mails: cost.mails,
  // Each secret, and for each invocation once the key of the table, which DynamoDB keeps for five minutes.
  keyRequests: cost.macs + cost.invocations,
  events: cost.events,
})

/** Metrics that an alarm of one or of several looks at: each is billed. */
const alarmMetrics = ({ Metrics }: Readonly<Record<string, unknown>>): number =>
  Array.isArray(Metrics) ? Metrics.filter((metric) => 'MetricStat' in Object(metric)).length : 1

const MetricFilter = z.object({ MetricTransformations: z.array(z.object({ MetricName: z.string() })) })

/** Names of the metrics that are the stack's own, each of which is billed: what a sweep measures, and what is counted in logs. */
export const ownMetrics = ({ Resources }: Template): readonly string[] => {
  const counted = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Logs::MetricFilter')
    .flatMap(({ Properties }) => MetricFilter.parse(Properties).MetricTransformations)
  return [...new Set([...Object.keys(sweepUnits), ...counted.map(({ MetricName }) => MetricName)])]
}

const standingOf = ({ template }: Synthesised, memory: Memory): Usage => {
  const of = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type)
  const rules = of('AWS::WAFv2::WebACL').flatMap(({ Properties }) => Properties['Rules'] as readonly unknown[])
  return {
    ...add(invoked(sweepsInAMonth, memory('sweep')), invoked(sweepsInAMonth, memory('keep-anchors'))),
    scheduled: 2 * sweepsInAMonth,
    keyMonths: of('AWS::KMS::Key').length,
    firewallMonths: of('AWS::WAFv2::WebACL').length,
    firewallRuleMonths: rules.length,
    alarmMetricMonths: of('AWS::CloudWatch::Alarm').reduce(
      (total, { Properties }) => total + alarmMetrics(Properties),
      0,
    ),
    customMetricMonths: ownMetrics(template).length,
  }
}

/** What each price makes of a usage, so many times. */
const billed = (usage: Usage, times: number): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(usage).map(([unit, count]) => [prices[unit as keyof Usage].what, costOf({ [unit]: count }, times)]),
  )

/** Prices what was counted, and puts beside it what others would take. */
export const price = (parts: Readonly<Record<string, Cost>>): Pick<CaseCosts, 'prices' | 'beside'> => {
  const synthesised = synthesise(selectConfig(deployments, 'default'))
  const memory = memoryOf(synthesised)
  const usages = Object.values(parts).map((cost) => usageOf(cost, memory))
  const { application } = parts
  if (application === undefined) throw new Error('No application was counted.')
  return {
    prices: {
      cases,
      application: billed(usageOf(application, memory), cases),
      whole: billed(usages.reduce(add), cases),
      standing: billed(standingOf(synthesised, memory), 1),
    },
    beside: beside(cases),
  }
}
