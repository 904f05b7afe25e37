import { Aws, Duration } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import type * as sqs from 'aws-cdk-lib/aws-sqs'
import { longestPause, sweepDimensions, type SweepFigures } from '../../shared/contracts/metrics.ts'
import { tableIndexes } from '../../shared/contracts/table.ts'
import type { Api } from './api.ts'
import type { Firewall } from './firewall.ts'
import type { ServiceFunction } from './function.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Mail } from './mail.ts'
import type { CaseRecord } from './record.ts'

const every5Minutes = Duration.minutes(5)

/** In the stack's own namespace, so that two of them in an account don't count each other's. */
const own = (metricName: string, statistic: string, dimensionsMap?: cloudwatch.DimensionsMap): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: Aws.STACK_NAME,
    metricName,
    statistic,
    period: every5Minutes,
    ...(dimensionsMap && { dimensionsMap }),
  })

/** What a sweep measured. */
export const swept = (figure: keyof SweepFigures, statistic: string = cloudwatch.Stats.MAXIMUM): cloudwatch.Metric =>
  own(figure, statistic, sweepDimensions)

/** What is alarmed of, and from where on. */
export interface Watch {
  /** One sentence for whoever is called. */
  readonly says: string
  /** Section of docs/runbook.md that says what to do. */
  readonly section: string
  readonly metric: cloudwatch.IMetric
  /** Alarms at this value, and beyond it. */
  readonly from: number
  readonly below?: true
  /** For how many periods of the metric; 1 if left out. */
  readonly periods?: number
  /** Of what is only counted when it is tried: stays raised until it was seen in none of so many periods. */
  readonly lingersFor?: number
  /** Whether silence is alarming too. */
  readonly isHeartbeat?: true
}

/** What is watched. */
export interface Watched {
  readonly functions: readonly ServiceFunction[]
  readonly deadLetters: readonly sqs.Queue[]
  readonly record: CaseRecord
  readonly lifecycle: Lifecycle
  readonly api: Api
  readonly firewall: Firewall
  readonly mail: Mail
}

const total = (metrics: readonly cloudwatch.IMetric[], label: string): cloudwatch.IMetric =>
  new cloudwatch.MathExpression({
    expression: `SUM(METRICS())`,
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
    label,
    period: every5Minutes,
  })

/** Periods within which whatever is owed is tried again, and counted. */
const untilTriedAgain = longestPause / every5Minutes.toMinutes() + 1

const sum = { statistic: cloudwatch.Stats.SUM, period: every5Minutes }

/** All that is alarmed of, by the alarm's name. */
export function watchesOf({
  functions,
  deadLetters,
  record,
  lifecycle,
  api,
  firewall,
  mail,
}: Watched): Record<string, Watch> {
  const { stateMachine } = lifecycle
  return {
    Errors: {
      says: 'A function logged an error: its message and ids say what needs a hand.',
      section: 'errors',
      metric: own('Errors', cloudwatch.Stats.SUM),
      from: 1,
    },
    DecisionNotResumed: {
      says: 'A decision was made 15 minutes ago or earlier, and the workflow has not gone on.',
      section: 'decision-not-resumed',
      metric: swept('OldestDecisionAge'),
      from: 15 * 60,
      lingersFor: untilTriedAgain,
    },
    DutyOld: {
      says: 'Something has been owed for an hour: a mail, an answer to the workflow, an event, an anchor.',
      section: 'duty-old',
      metric: swept('OldestDutyAge'),
      from: 60 * 60,
      lingersFor: untilTriedAgain,
    },
    SweepMissing: {
      says: 'No sweep has finished for 15 minutes: nothing falls due, nothing is tried again.',
      section: 'sweep-missing',
      metric: swept('DutiesDone', cloudwatch.Stats.SAMPLE_COUNT),
      from: 0,
      below: true,
      periods: 3,
      isHeartbeat: true,
    },
    CalendarEnding: {
      says: 'The published working calendar ends within 60 days: filing is refused once its deadlines lie beyond.',
      section: 'calendar-ending',
      metric: swept('CalendarDaysLeft', cloudwatch.Stats.MINIMUM),
      // A filing needs the working days of two stages and of their reminders: 30 days ahead it would be refused already.
      from: 60,
      below: true,
    },
    ExecutionsFailed: {
      says: 'An execution failed, timed out or was aborted. The sweep starts it again from the record.',
      section: 'executions-failed',
      metric: total(
        [stateMachine.metricFailed(sum), stateMachine.metricTimedOut(sum), stateMachine.metricAborted(sum)],
        'Executions that failed',
      ),
      from: 1,
    },
    DeadLetters: {
      says: 'A mail, a bounce or a call by the clock could not be handed to its function.',
      section: 'dead-letters',
      metric: total(
        deadLetters.map((queue) =>
          queue.metricApproximateNumberOfMessagesVisible({
            statistic: cloudwatch.Stats.MAXIMUM,
            period: every5Minutes,
          }),
        ),
        'Dead letters',
      ),
      from: 1,
    },
    ServerErrors: {
      says: 'Calls were answered 5xx.',
      section: 'server-errors',
      metric: api.restApi.metricServerError(sum),
      from: 1,
    },
    Throttles: {
      says: 'Lambda, Step Functions or API Gateway held calls back.',
      section: 'throttles',
      metric: total(
        [
          ...functions.map(({ lambda }) => lambda.metricThrottles(sum)),
          stateMachine.metricThrottled(sum),
          own('CallsHeldBack', cloudwatch.Stats.SUM),
        ],
        'Calls that were held back',
      ),
      from: 1,
    },
    TableThrottles: {
      says: 'DynamoDB held calls back.',
      section: 'throttles',
      metric: total(tableThrottles(record), 'Reads and writes that were held back'),
      from: 1,
    },
    CallsBlocked: {
      says: 'The firewall kept calls of an address out that calls too often: an attack, or many people behind one proxy.',
      section: 'throttles',
      metric: firewall.blocked,
      from: 1,
    },
    ...bounceWatches(mail),
  }
}

/** Of reads and writes, and not of each operation: an alarm takes ten metrics. Those of an index count by themselves. */
function tableThrottles({ table }: CaseRecord): readonly cloudwatch.IMetric[] {
  const indexes = [{}, ...Object.values(tableIndexes).map(({ name }) => ({ GlobalSecondaryIndexName: name }))]
  return indexes.flatMap((index) =>
    ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) =>
      table.metric(name, { ...sum, dimensionsMap: { TableName: table.tableName, ...index } }),
    ),
  )
}

/** Shares of the mails of a day or so, by which AWS judges a sender: 5 % and 0.1 % put an account under review. */
function bounceWatches({ reputation }: Mail): Record<string, Watch> {
  if (reputation === null) return {}
  return {
    BounceRate: {
      says: 'So many mails come back that AWS may stop the account from sending.',
      section: 'bounce-rate',
      metric: reputation.bounceRate,
      from: 0.04,
    },
    ComplaintRate: {
      says: 'So many mails are complained of that AWS may stop the account from sending.',
      section: 'bounce-rate',
      metric: reputation.complaintRate,
      from: 0.0008,
    },
  }
}
