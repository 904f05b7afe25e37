/** What a unit costs, and who says so. */
export interface Price {
  readonly what: string
  /** US dollars for so many units. */
  readonly usd: number
  readonly per: number
  readonly region: string
  /** Where it was read: somebody else's page where AWS's own lists its prices by script alone. */
  readonly source: string
  /** When the source was written, as far as it says. */
  readonly dated: string
}

/** When the sources were read. */
export const readOn = '2026-11-25'

const us = 'us-east-1'
const million = 1_000_000

/** Without free tiers and discounts: the first tier of each list price. */
export const prices = {
  transitions: {
    what: 'Step Functions, transition of a standard workflow',
    usd: 25,
    per: million,
    region: us,
    source: 'https://aws.amazon.com/step-functions/pricing/',
    dated: 'undated copy',
  },
  writeUnits: {
    what: 'DynamoDB on demand, write request unit',
    usd: 0.625,
    per: million,
    region: us,
    source: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing',
    dated: '2025-07-21',
  },
  readUnits: {
    what: 'DynamoDB on demand, read request unit',
    usd: 0.125,
    per: million,
    region: us,
    source: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing',
    dated: '2025-07-21',
  },
  invocations: {
    what: 'Lambda, request',
    usd: 0.2,
    per: million,
    region: us,
    source: 'https://git.mcrn.ar/mariano/lambda_local_runner/src/commit/957e45b8/docs/lambdas-md/lambda-13-cost.md',
    dated: 'undated copy',
  },
  gbSeconds: {
    what: 'Lambda on arm64, GB-second',
    usd: 0.0000133334,
    per: 1,
    region: us,
    source: 'https://cloudchipr.com/blog/aws-lambda-pricing',
    dated: '2024',
  },
  calls: {
    what: 'API Gateway, call of a REST API',
    usd: 3.5,
    per: million,
    region: us,
    source:
      'https://docs.aws.amazon.com/pt_br/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html',
    dated: 'undated copy',
  },
  mails: {
    what: 'SES, mail sent',
    usd: 0.1,
    per: 1000,
    region: 'all',
    source: 'https://www.acecloudinterviews.com/tutorials/aws/ses/',
    dated: 'undated copy',
  },
  keyRequests: {
    what: 'KMS, request',
    usd: 0.03,
    per: 10_000,
    region: us,
    source: 'https://www.factualminds.com/blog/aws-kms-pricing-keys-requests-multi-region/',
    dated: '2026-06',
  },
  events: {
    what: 'EventBridge, custom event',
    usd: 1,
    per: million,
    region: us,
    source: 'https://cloudburn.io/blog/amazon-eventbridge-pricing',
    dated: '2026-03-13',
  },
  scheduled: {
    what: 'EventBridge Scheduler, invocation',
    usd: 1,
    per: million,
    region: us,
    source: 'https://cloudburn.io/blog/amazon-eventbridge-pricing',
    dated: '2026-03-13',
  },
  inspected: {
    what: 'WAF, call that is inspected',
    usd: 0.6,
    per: million,
    region: 'all',
    source: 'https://c3x.dev/blog/aws-waf-cost-explained/',
    dated: 'undated copy',
  },
  published: {
    what: 'SNS, publication',
    usd: 0.5,
    per: million,
    region: us,
    source: 'https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/',
    dated: '2026-06-13',
  },
  notifications: {
    what: 'SNS, mail',
    usd: 2,
    per: 100_000,
    region: us,
    source: 'https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/',
    dated: '2026-06-13',
  },
  keyMonths: {
    what: 'KMS, key for a month',
    usd: 1,
    per: 1,
    region: 'all',
    source: 'https://aws.amazon.com/kms/pricing/',
    dated: 'undated copy',
  },
  firewallMonths: {
    what: 'WAF, web ACL for a month',
    usd: 5,
    per: 1,
    region: 'all',
    source: 'https://c3x.dev/blog/aws-waf-cost-explained/',
    dated: 'undated copy',
  },
  firewallRuleMonths: {
    what: 'WAF, rule for a month',
    usd: 1,
    per: 1,
    region: 'all',
    source: 'https://c3x.dev/blog/aws-waf-cost-explained/',
    dated: 'undated copy',
  },
  alarmMetricMonths: {
    what: 'CloudWatch, metric of an alarm for a month',
    usd: 0.1,
    per: 1,
    region: us,
    source: 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm',
    dated: 'undated copy',
  },
  customMetricMonths: {
    what: 'CloudWatch, metric of our own for a month',
    usd: 0.3,
    per: 1,
    region: us,
    source: 'https://signoz.io/guides/cloudwatch-pricing',
    dated: '2026-02-15',
  },
  actions: {
    what: 'Temporal Cloud, action (first 5 million)',
    usd: 50,
    per: million,
    region: 'all',
    source: 'https://github.com/temporalio/documentation/blob/0217b71/docs/evaluate/cloud/pricing.mdx',
    dated: '2026',
  },
  activeGbHours: {
    what: 'Temporal Cloud, GB-hour of an open history',
    usd: 0.042,
    per: 1,
    region: 'all',
    source: 'https://github.com/temporalio/documentation/blob/0217b71/docs/evaluate/cloud/pricing.mdx',
    dated: '2026',
  },
} as const satisfies Readonly<Record<string, Price>>

/** How many units of each price something takes; what is left out it does not take. */
export type Usage = Partial<Readonly<Record<keyof typeof prices, number>>>

/** What that costs so many times, in US dollars to the hundredth of a cent. */
export const costOf = (usage: Usage, times = 1): number => {
  const once = Object.entries(usage).reduce((total, [unit, count]) => {
    const { usd, per } = prices[unit as keyof Usage]
    return total + (count * usd) / per
  }, 0)
  return Math.round(times * once * 10_000) / 10_000
}
