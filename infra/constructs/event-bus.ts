import { Duration } from 'aws-cdk-lib'
import * as events from 'aws-cdk-lib/aws-events'
import type * as iam from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { eventSource } from '../../shared/contracts/published-events.ts'

/**
 * The bus on which HR systems hear of what happened: each adds a rule of its own. What was published is kept for a
 * month, so that a listener that was away, or comes late, can have it replayed.
 */
export class EventBus extends Construct {
  readonly bus: events.EventBus
  readonly environment: { readonly EVENT_BUS_NAME: string }

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.bus = new events.EventBus(this, 'Bus', { description: 'What happened to assistants, for HR systems' })
    this.bus.archive('Archive', {
      description: 'A month of it, to be replayed',
      eventPattern: { source: [eventSource] },
      retention: Duration.days(30),
    })
    this.environment = { EVENT_BUS_NAME: this.bus.eventBusName }
  }

  grantPut(grantee: iam.IGrantable): void {
    this.bus.grantPutEventsTo(grantee)
  }
}
