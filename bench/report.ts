import * as z from 'zod'
import { priceReport } from './price-report.ts'
import { Burst, CaseCosts, ColdStart, type Cost, Growth, Soak, Throughput } from './results.ts'

/** What each function is to stay below, beside the plain bundle. */
const goals: Readonly<Record<string, readonly [number, number, number, number]>> = {
  'open-stage': [0.55, 0.7, 0.6, 0.65],
  'take-effect': [0.55, 0.7, 0.6, 0.65],
  sweep: [0.55, 0.7, 0.6, 0.65],
  'keep-anchors': [0.55, 0.7, 0.6, 0.65],
  api: [0.85, 0.9, 1.2, 0.9],
}

const shown = (value: number, goal: number | undefined): string =>
  goal === undefined ? String(value) : `${value} (${value <= goal ? 'within' : 'above'} ${goal})`

const row = ([name, figures]: readonly [string, ColdStart]): string => {
  const [importing, calling, gzip, rss] = goals[name] ?? []
  return [
    '',
    name,
    shown(figures.importRatio, importing),
    shown(figures.firstCallRatio, calling),
    shown(figures.gzipRatio, gzip),
    shown(figures.rssRatio, rss),
    `${figures.importMs} / ${figures.firstCallMs} ms`,
    `${Math.round(figures.gzipBytes / 1024)} KiB`,
    `${Math.round(figures.rssBytes / 2 ** 20)} MiB`,
    '',
  ]
    .join(' | ')
    .trim()
}

/** What bounds the memory from below. */
const nodeAlone = (coldStart: readonly (readonly [string, ColdStart])[]): string => {
  const least = Math.min(...coldStart.map(([, { nodeRssRatio }]) => nodeRssRatio))
  return `Node alone, making the calls with no client at all, takes ${least} of the plain bundle's memory: a goal of 0.65 lies ${least > 0.65 ? 'below' : 'above'} that.`
}

const costRow = ([name, cost]: readonly [string, Cost]): string =>
  `| ${[name, cost.transitions, cost.writeUnits, cost.writes, cost.readUnits, cost.reads, cost.invocations, cost.mails, cost.macs, cost.events].join(' | ')} |`

const sumOf = ({ parts }: CaseCosts, figure: keyof Cost): number =>
  Object.values(parts).reduce((sum, part) => sum + part[figure], 0)

const caseReport = (costs: CaseCosts): string => `
## A case

Counted on the embedded system: an application approved twice, a year on the post with its plan passed and the review's reminders
by digest, the review, and the transfer approved twice. Units are what the embedded DynamoDB reports with its indexes: each write of a
transaction counts double, as on AWS (DynamoDB Local reports but one of them). Invocations are calls of the API and of the functions that the workflow calls; the sweep runs every
five minutes, whatever there is. Of transitions an application approved twice takes ${costs.transitionsPerApplication} (goal: 5 or fewer). The goal of 40 writes
for the whole case is met neither by calls that write (${sumOf(costs, 'writes')}) nor by units (${costs.writeUnits}): some twenty changes, each a transaction with its
event, the case and the outbox, cannot take fewer than about 200 units, nor fewer than two calls each once their mails are noted.

| part | transitions | write units | writes | read units | reads | invocations | mails | secrets of KMS | events |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${Object.entries(costs.parts).map(costRow).join('\n')}
${priceReport(costs)}`

const growthReport = (growth: Growth): string => `
## Growth

The same hundred mails due, the same reads of a case by its id and of a page of fifty from the list of those on the post, beside so many
assistants on the post; DynamoDB embedded, on disk. From the fewest to the most (goal: within 1.2): the sweep's read units
${growth.sweep.readsRatio}×, its writes ${growth.sweep.writesRatio}×, its time ${growth.sweep.timeRatio}×; a case by id ${growth.byId.timeRatio}×; a page of the list ${growth.list.timeRatio}×.

| assistants | sweep | reads | read units | writes | case by id | page of the list |
| --- | --- | --- | --- | --- | --- | --- |
${Object.entries(growth.beside)
  .map(
    ([size, { sweepMs, sweepReads, sweepReadUnits, sweepWrites, byIdMs, listMs }]) =>
      `| ${size} | ${Math.round(sweepMs)} ms | ${sweepReads} | ${sweepReadUnits} | ${sweepWrites} | ${byIdMs.toFixed(2)} ms | ${listMs.toFixed(2)} ms |`,
  )
  .join('\n')}
`

const burstReport = (burst: Burst): string => `
## Burst

${burst.duties} duties due at once, nine in ten of them mails and the others heads to be anchored, while ${burst.decisionsPerSecond} decisions a second are begun through the API,
whether or not those before have been answered: approvals of branches that have asked for their code before, after each of which the workflow asks HQ.
Sweep and API are processes of their own, run from source, beside the embedded engines; the sweep has the time of its function and a heap of three quarters
of its ${burst.memoryMiB} MiB. It took ${burst.seconds} seconds until nothing was left: **${burst.lost}** duties lost, **${burst.twice}** mailed twice. Its resident memory came to ${burst.peakMiB} MiB at most, and to ${burst.peakMiBOfTenth} MiB
with a tenth as much due. Of ${burst.decisions.answered + burst.decisions.failed} decisions ${burst.decisions.failed} failed; they were answered within ${burst.decisions.p50Ms} ms (median) and ${burst.decisions.p99Ms} ms (99th percentile), with nothing
due within ${burst.decisionsAlone.p50Ms} and ${burst.decisionsAlone.p99Ms} ms. What bounds both is the processor, which they share here, and not on AWS.

The same again, and the sweep killed after ${burst.killed.afterMails} mails, the next one five minutes later: **${burst.killed.lost}** lost, **${burst.killed.twice}** mailed twice. A mail that was sent and not yet noted is sent again,
which nobody can exclude who is killed in between; a kill can meet as many as the sweep works on at a time, ten, and a copy bears the same \`x-zhuli-duty\`.
`

const widths = ['c1', 'c32', 'c128'] as const

/** What keeps Zhuli from more. */
const boundOf = ({ processorMs: { c128 } }: Throughput): string =>
  `What bounds all three is the processor. For a lifecycle at 128 at a time the whole machine worked ${c128.zhuli} ms for Zhuli, ${c128.dbos} for DBOS and ${c128.restate}
for Restate, the client's share included. Most of Zhuli's is one thread, which the functions share with all engines but DynamoDB's; more than half of what that
thread does are calls of AWS's services, some seventy a lifecycle: the SDK that makes and signs them, and HTTP on both sides. On AWS each
function has a processor of its own, and the engines are elsewhere.`

const throughputReport = (throughput: Throughput): string => `
## Throughput

Complete lifecycles of an approval in a second (filed, both consents, in effect), and from filing to the mail that tells of the effect the median
and the 99th percentile in milliseconds; 1, 32 and 128 cases at a time, every contender in turn, medians of the rounds. All write to the disk at once
and have it brought there a moment later: SQLite as the embedded DynamoDB has it, PostgreSQL with \`synchronous_commit=off\`, Restate without fsync of
its log. What differs: for an application Zhuli sends 11 mails, each written as MIME and kept as evidence, asks for a code from the mailbox before
either consent, checks every call's token, chains the events by their hashes, keeps lists, and publishes to a bus; and its engines speak HTTP, as AWS's do. For
DBOS and Restate the workflow alone was written: a record of each step, three mails put in memory, two decisions waited for.

| cases at a time | Zhuli | DBOS | Restate |
| --- | --- | --- | --- |
${widths
  .map((width) => {
    const { zhuli, dbos, restate } = throughput[width]
    const latency = throughput.latency[width]
    const cell = (perSecond: number, name: 'zhuli' | 'dbos' | 'restate') =>
      `${perSecond}/s (${latency[name].p50Ms} / ${latency[name].p99Ms} ms)`
    return `| ${width.slice(1)} | ${cell(zhuli, 'zhuli')} | ${cell(dbos, 'dbos')} | ${cell(restate, 'restate')} |`
  })
  .join('\n')}

${boundOf(throughput)}
`

const soakReport = (soak: Soak): string => `
## Soak

${soak.assistants} assistants over ${soak.days} days of the bank's clock, in ${soak.minutes} minutes: people who answer, put off, are away or can't be reached by mail,
${soak.decisions} decisions, ${soak.mails} mails, ${soak.calls} calls. The system was killed ${soak.kills.system} times and its database ${soak.kills.engine} times, at random; ${soak.repeated} calls were
made again therefore. At the end, of what was acknowledged **${soak.lost}** is lost and **${soak.doubled}** is on record twice, **${soak.stuck}** cases are stuck;
${soak.serverErrors} calls were answered by a server error. ${soak.mailsTwice} mails came twice, which nobody can exclude who is killed between sending one and noting it.
Resident memory in the last, undisturbed part, at its beginning and at its end: the system ${soak.memory.system.first} and ${soak.memory.system.last} MiB, DynamoDB's engine ${soak.memory.engine.first} and ${soak.memory.engine.last} MiB.
Of the system's, ${soak.alive.first} and ${soak.alive.last} MiB are alive: what a collection of all garbage leaves, a month into that part and at its end.
`

const coldStartReport = (functions: Readonly<Record<string, ColdStart>>): string => `
## Cold start

Each function in fresh processes, in turn with a plain esbuild bundle of zod and the clients of DynamoDB, Step Functions and SES that makes
as many calls to the same local stub. Medians; ratios are ours to the plain bundle's. gzip counts everything that is deployed.
${nodeAlone(Object.entries(functions))}

| function | import | import and first call | gzip | memory | import / with first call | gzip | memory |
| --- | --- | --- | --- | --- | --- | --- | --- |
${Object.entries(functions).map(row).join('\n')}
`

type Results = Readonly<Record<string, unknown>>

/** The report of a measure; how to make it again where its figures lack what is told of them. */
const reportOf =
  <Figures>(name: string, schema: z.ZodType<Figures>, tell: (figures: Figures) => string) =>
  (results: Results): string => {
    if (results[name] === undefined) return ''
    const { success, data } = schema.safeParse(results[name])
    if (success) return tell(data)
    return `\n## ${name}\n\nMeasured before its report was as it is now: run \`npm run bench -- ${name}\` again.\n`
  }

/** In their order. */
const reports = [
  reportOf('coldStart', z.record(z.string(), ColdStart), coldStartReport),
  reportOf('case', CaseCosts, caseReport),
  reportOf('growth', Growth, growthReport),
  reportOf('burst', Burst, burstReport),
  reportOf('throughput', Throughput, throughputReport),
  reportOf('soak', Soak, soakReport),
]

/** The results for people. */
export const report = (results: Results): string => {
  const { processor, cores, memoryGiB, node } = results['machine'] as Readonly<Record<string, string>>
  return `# Results

Measured by \`npm run bench\` on ${cores} × ${processor}, ${memoryGiB} GiB, Node ${node}. Figures in milliseconds differ from machine to
machine; ratios much less.
${reports.map((told) => told(results)).join('')}`
}
