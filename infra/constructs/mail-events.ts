import { Duration } from 'aws-cdk-lib'
import * as events from 'aws-cdk-lib/aws-events'
import * as targets from 'aws-cdk-lib/aws-events-targets'
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations'
import { Construct } from 'constructs'
import { deadLetterQueue } from './dead-letters.ts'
import type { ServiceFunction } from './function.ts'

export interface MailEventsProps {
  /** Which events of the account's own bus are meant. */
  readonly pattern: events.EventPattern
  readonly handler: ServiceFunction<'report-undeliverable'>
}

/** What became of a mail after it was taken over goes to the function. */
export class MailEvents extends Construct {
  readonly rule: events.Rule

  constructor(scope: Construct, id: string, { pattern, handler }: MailEventsProps) {
    super(scope, id)
    const deadLetters = deadLetterQueue(this)
    // EventBridge hands over and Lambda queues: each tries again by itself, and leaves what fails in the one queue.
    handler.lambda.configureAsyncInvoke({
      retryAttempts: 2,
      onFailure: new destinations.SqsDestination(deadLetters),
    })
    this.rule = new events.Rule(this, 'Rule', {
      description: 'Mails that came back, or that someone complained of',
      eventPattern: pattern,
      targets: [
        new targets.LambdaFunction(handler.lambda, {
          deadLetterQueue: deadLetters,
          retryAttempts: 2,
          maxEventAge: Duration.hours(6),
        }),
      ],
    })
  }
}
