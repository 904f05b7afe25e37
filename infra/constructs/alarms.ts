import { Aws, Duration } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions'
import * as logs from 'aws-cdk-lib/aws-logs'
import * as sns from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import type { ServiceFunction } from './function.ts'

/** Named after the stack, so that two of them in an account don't count each other's errors. */
const metric = { namespace: Aws.STACK_NAME, metricName: 'Errors' }

export interface AlarmsProps {
  readonly functions: readonly ServiceFunction[]
  /** Hears of the alarm; left out, it shows in CloudWatch only. */
  readonly topicArn: string | undefined
}

/** One alarm for what the functions log as errors: what won't mend itself, such as a mail that keeps being refused. */
export class Alarms extends Construct {
  readonly errors: cloudwatch.Alarm

  constructor(scope: Construct, id: string, { functions, topicArn }: AlarmsProps) {
    super(scope, id)
    for (const { logGroup } of functions)
      logGroup.addMetricFilter('Errors', {
        filterPattern: logs.FilterPattern.stringValue('$.level', '=', 'ERROR'),
        metricNamespace: metric.namespace,
        metricName: metric.metricName,
      })
    this.errors = new cloudwatch.Alarm(this, 'Errors', {
      alarmDescription: 'A function logged an error: its message and ids in the log group say what needs a hand',
      metric: new cloudwatch.Metric({ ...metric, statistic: cloudwatch.Stats.SUM, period: Duration.minutes(5) }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // Nothing is counted while nothing goes wrong.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    })
    if (topicArn !== undefined)
      this.errors.addAlarmAction(new actions.SnsAction(sns.Topic.fromTopicArn(this, 'Topic', topicArn)))
  }
}
