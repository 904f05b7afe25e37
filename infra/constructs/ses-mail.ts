import { Duration, Stack } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import * as events from 'aws-cdk-lib/aws-events'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as ses from 'aws-cdk-lib/aws-ses'
import { Construct } from 'constructs'
import { mailEventTypes } from '../../shared/contracts/mail-events.ts'
import { domainOf } from '../config.ts'
import type { DnsRecord, Mail } from './mail.ts'

/** Mail through SES, from an identity for the sender's domain. */
export class SesMail extends Construct implements Mail {
  readonly environment: Mail['environment']
  /** With these the bank's mails are signed with DKIM. */
  readonly dnsRecords: readonly DnsRecord[]
  readonly undeliverable: events.EventPattern
  readonly reputation: Mail['reputation']
  readonly #identity: ses.EmailIdentity
  readonly #configurationSetArn: string

  constructor(scope: Construct, id: string, { senderAddress }: { readonly senderAddress: string }) {
    super(scope, id)
    // SES tracks opens and clicks for an event destination that asks for them, which ours doesn't, and for the
    // account's engagement metrics. Tracking a click would lead the approver's secret link through another domain.
    const configurationSet = new ses.ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ses.ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      vdmOptions: { engagementMetrics: false },
    })
    this.undeliverable = this.#undeliverable(configurationSet)
    const share = (metricName: string) =>
      new cloudwatch.Metric({
        namespace: 'AWS/SES',
        metricName,
        dimensionsMap: { 'ses:configuration-set': configurationSet.configurationSetName },
        statistic: cloudwatch.Stats.AVERAGE,
        period: Duration.hours(1),
      })
    this.reputation = { bounceRate: share('Reputation.BounceRate'), complaintRate: share('Reputation.ComplaintRate') }
    this.#identity = new ses.EmailIdentity(this, 'Identity', {
      identity: ses.Identity.domain(domainOf(senderAddress)),
      configurationSet,
    })
    this.#configurationSetArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSet.configurationSetName,
    })
    this.dnsRecords = this.#identity.dkimRecords.map((record) => ({ ...record, type: 'CNAME' }))
    this.environment = {
      MAIL_TRANSPORT: 'ses',
      MAIL_SENDER: senderAddress,
      MAIL_CONFIGURATION_SET: configurationSet.configurationSetName,
    }
  }

  /** SES writes to the account's own bus only, where events of other configuration sets may pass as well. */
  #undeliverable(configurationSet: ses.ConfigurationSet): events.EventPattern {
    const bus = events.EventBus.fromEventBusName(this, 'Bus', 'default')
    configurationSet.addEventDestination('Undeliverable', {
      destination: ses.EventDestination.eventBus(bus),
      events: [ses.EmailSendingEvent.BOUNCE, ses.EmailSendingEvent.COMPLAINT, ses.EmailSendingEvent.REJECT],
    })
    return {
      source: ['aws.ses'],
      detailType: [...mailEventTypes],
      detail: { mail: { tags: { 'ses:configuration-set': [configurationSet.configurationSetName] } } },
    }
  }

  grantSend(grantee: iam.IGrantable): void {
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['ses:SendRawEmail'],
      resourceArns: [this.#identity.emailIdentityArn, this.#configurationSetArn],
      // The identity is the whole domain; nobody else's name in it is ours to use.
      conditions: { StringEquals: { 'ses:FromAddress': this.environment.MAIL_SENDER } },
    })
  }
}
