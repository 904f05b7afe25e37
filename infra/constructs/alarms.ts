import { Aws } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions'
import * as logs from 'aws-cdk-lib/aws-logs'
import * as sns from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { type Watch, type Watched, watchesOf } from './watches.ts'

export interface AlarmsProps extends Watched {
  /** Hears of every alarm; left out, they show in CloudWatch only. */
  readonly topicArn: string | undefined
}

/** What calls somebody, each with a threshold that follows from what the system promises. */
export class Alarms extends Construct {
  readonly all: readonly cloudwatch.Alarm[]

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id)
    for (const { logGroup } of props.functions)
      logGroup.addMetricFilter('Errors', {
        filterPattern: logs.FilterPattern.stringValue('$.level', '=', 'ERROR'),
        metricNamespace: Aws.STACK_NAME,
        metricName: 'Errors',
      })
    // API Gateway counts what it holds back among all 4xx; a 429 that comes of the function took it some time.
    props.api.accessLogs.addMetricFilter('HeldBack', {
      filterPattern: logs.FilterPattern.all(
        logs.FilterPattern.stringValue('$.status', '=', '429'),
        logs.FilterPattern.stringValue('$.integrationLatencyMs', '=', '-'),
      ),
      metricNamespace: Aws.STACK_NAME,
      metricName: 'CallsHeldBack',
    })
    this.all = Object.entries(watchesOf(props)).map(([name, watch]) => this.#alarm(name, watch))
    const { topicArn } = props
    if (topicArn === undefined) return
    const action = new actions.SnsAction(sns.Topic.fromTopicArn(this, 'Topic', topicArn))
    for (const alarm of this.all) alarm.addAlarmAction(action)
  }

  #alarm(
    name: string,
    { says, section, metric, from, below, periods = 1, lingersFor, isHeartbeat }: Watch,
  ): cloudwatch.Alarm {
    const { ComparisonOperator, TreatMissingData } = cloudwatch
    return new cloudwatch.Alarm(this, name, {
      alarmDescription: `${says} What to do: docs/runbook.md#${section}`,
      metric,
      threshold: from,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: lingersFor ?? periods,
      ...(lingersFor !== undefined && { datapointsToAlarm: 1 }),
      // Most of these are counted only where something goes wrong.
      treatMissingData: isHeartbeat ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    })
  }
}
