import { Duration } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import type { Alarms } from './alarms.ts'
import type { Api } from './api.ts'
import type { Lifecycle } from './lifecycle.ts'
import { swept } from './watches.ts'

export interface DashboardProps {
  readonly alarms: Alarms
  readonly api: Api
  readonly lifecycle: Lifecycle
}

const period = Duration.minutes(5)
const counted = { statistic: cloudwatch.Stats.SUM, period }

/** How the system does, on one page: what is alarming, what is owed, what people and the workflow do. */
export class Dashboard extends Construct {
  readonly dashboard: cloudwatch.Dashboard

  constructor(scope: Construct, id: string, { alarms, api: { restApi }, lifecycle: { stateMachine } }: DashboardProps) {
    super(scope, id)
    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) })
    this.dashboard.addWidgets(
      new cloudwatch.AlarmStatusWidget({ title: 'Alarms (docs/runbook.md)', alarms: [...alarms.all], width: 24 }),
    )
    this.dashboard.addWidgets(
      graph('Duties', [swept('DutiesDone', cloudwatch.Stats.SUM), swept('DutiesLeft')]),
      graph('Owed for, in seconds', [swept('OldestDutyAge'), swept('OldestDecisionAge')]),
      graph('Days of published calendar', [swept('CalendarDaysLeft', cloudwatch.Stats.MINIMUM)]),
    )
    this.dashboard.addWidgets(
      graph('Calls', [
        restApi.metricCount(counted),
        restApi.metricClientError(counted),
        restApi.metricServerError(counted),
      ]),
      graph('Time to answer, in milliseconds', [
        restApi.metricLatency({ statistic: cloudwatch.Stats.p(50), period }),
        restApi.metricLatency({ statistic: cloudwatch.Stats.p(99), period }),
      ]),
      graph('Executions', [
        stateMachine.metricStarted(counted),
        stateMachine.metricSucceeded(counted),
        stateMachine.metricFailed(counted),
      ]),
    )
  }
}

const graph = (title: string, left: readonly cloudwatch.IMetric[]): cloudwatch.GraphWidget =>
  new cloudwatch.GraphWidget({ title, left: [...left], width: 8, leftYAxis: { min: 0 } })
