import { billedSeconds } from './beside.ts'
import { prices, readOn } from './prices.ts'
import type { CaseCosts } from './results.ts'

type Bill = Readonly<Record<string, number>>

const total = (bill: Bill): number => Object.values(bill).reduce((sum, usd) => sum + usd, 0)
const shown = (usd: number | undefined): string => (usd === undefined ? '' : `$${usd.toFixed(2)}`)

const billRows = (application: Bill, whole: Bill): string =>
  [...Object.keys(whole), 'all']
    .map((what) => {
      const of = (bill: Bill) => shown(what === 'all' ? total(bill) : bill[what])
      return `| ${what} | ${of(application)} | ${of(whole)} |`
    })
    .join('\n')

const priceRows = (): string =>
  Object.values(prices)
    .map(({ what, usd, per, region, source, dated }) => {
      const unit = per === 1 ? '1' : per.toLocaleString('en')
      return `| ${what} | $${usd} for ${unit} | ${region} | ${source} | ${dated} |`
    })
    .join('\n')

/** What was counted in money, and what else one would take. */
export const priceReport = ({ prices: priced, beside, parts }: CaseCosts): string => {
  const approvals = beside.sample.application
  return `
In money, for ${priced.cases.toLocaleString('en')} cases, in US dollars, without free tiers. Assumed: each invocation is billed for ${billedSeconds} second at the memory that the
stack gives the function, which is a cold start every time; DynamoDB asks KMS for the table's key once per invocation. Who opens the page of a
link makes two calls more, which the count has not. Left out: logs, traces, storage, and data sent.

| what | an application | a whole case |
| --- | --- | --- |
${billRows(priced.application, priced.whole)}

Whatever there is, a month costs ${shown(total(priced.standing))}: ${Object.entries(priced.standing)
    .filter(([, usd]) => usd >= 0.005)
    .map(([what, usd]) => `${what} ${shown(usd)}`)
    .join('; ')}. What a sweep reads that finds nothing is below a cent.

Beside it, for as many, with the same prices and the same second:

| | an application | a whole case |
| --- | --- | --- |
| Zhuli | ${shown(total(priced.application))} | ${shown(total(priced.whole))} |
| AWS's sample of a human approval, twice and five times | ${shown(beside.sample.applicationUsd)} | ${shown(beside.sample.wholeUsd)} |
| Temporal Cloud, an estimate | ${shown(beside.temporal.application.usd)} | ${shown(beside.temporal.whole.usd)} |

AWS's [sample](${beside.sample.source}) takes for two approvals ${approvals.transitions} transitions, ${approvals.invocations} invocations, ${approvals.calls} calls and ${approvals.notifications} mails, counted from its
definition; Zhuli ${parts['application']?.transitions}, ${parts['application']?.invocations}, ${parts['application']?.calls} and ${parts['application']?.mails}. The sample keeps no record, asks one address that is fixed at its deployment, lets whoever opens
a link decide (a mail scanner too), reminds nobody, and gives up after an hour; it has no year, no clients and nothing for an auditor. What Zhuli costs more is that.

The estimate for Temporal Cloud is its bill alone, without the workers, the record, the mails and the pages, which one would have to run and pay beside it:
${beside.temporal.actions.application} [actions](${beside.temporal.source}) for an application (the start; for each approval an activity that asks, a timer, a signal, an activity that records; two activities for the
effect), ${beside.temporal.actions.whole} for a whole case; a history of 50 kB that is open for 14 days and for a year (${shown(beside.temporal.whole.historyUsd)} of the last figure); and the tenth that the plan without a base fee adds.
The plan for production costs at least $500 a month.

Prices, read on ${readOn} from stored copies of these pages:

| unit | price | region | source | dated |
| --- | --- | --- | --- | --- |
${priceRows()}
`
}
