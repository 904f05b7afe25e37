import { Duration, Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations'
import * as scheduler from 'aws-cdk-lib/aws-scheduler'
import * as targets from 'aws-cdk-lib/aws-scheduler-targets'
import type * as sqs from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import { deadLetterQueue } from './dead-letters.ts'
import { invocationOf, type ServiceFunction } from './function.ts'

const interval = Duration.minutes(5)

type Sweeping = ServiceFunction<'sweep'> | ServiceFunction<'keep-anchors'>

export interface SweepProps {
  readonly handler: Sweeping
  /** What is done. */
  readonly description: string
}

/** Every five minutes a function does what has fallen due of its own and isn't done yet. */
export class Sweep extends Construct {
  readonly schedule: scheduler.Schedule
  /** Calls that could not be made or that failed. Nothing is lost with one: the next does what it left. */
  readonly deadLetters: sqs.Queue

  constructor(scope: Construct, id: string, { handler, description }: SweepProps) {
    super(scope, id)
    this.deadLetters = deadLetterQueue(this)
    handler.lambda.configureAsyncInvoke({
      // The next sweep is the retry: one more at the same time would only compete with it.
      retryAttempts: 0,
      maxEventAge: interval,
      onFailure: new destinations.SqsDestination(this.deadLetters),
    })
    this.schedule = new scheduler.Schedule(this, 'Schedule', {
      description,
      schedule: scheduler.ScheduleExpression.rate(interval),
      target: new targets.LambdaInvoke(handler.lambda, {
        role: this.#role(handler),
        deadLetterQueue: this.deadLetters,
        retryAttempts: 2,
        maxEventAge: interval,
      }),
    })
  }

  /** Named here to have its finding accepted here; the schedules of other accounts may not use it. */
  #role(handler: Sweeping): iam.Role {
    const stack = Stack.of(this)
    const schedules = stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: 'default' })
    const role = new iam.Role(this, 'ScheduleRole', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': schedules } },
      }),
    })
    acknowledge(role, invocationOf(handler))
    return role
  }
}
