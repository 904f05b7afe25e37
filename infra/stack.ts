import { CfnOutput, Stack } from 'aws-cdk-lib'
import type { EventPattern } from 'aws-cdk-lib/aws-events'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { Config } from './config.ts'
import { Alarms } from './constructs/alarms.ts'
import { Anchors } from './constructs/anchors.ts'
import { Api } from './constructs/api.ts'
import { Dashboard } from './constructs/dashboard.ts'
import { EventBus } from './constructs/event-bus.ts'
import { Firewall } from './constructs/firewall.ts'
import { ServiceFunction } from './constructs/function.ts'
import { serviceFunctions } from './constructs/functions.ts'
import { InboundMail } from './constructs/inbound-mail.ts'
import { Inbox } from './constructs/inbox.ts'
import { Lifecycle } from './constructs/lifecycle.ts'
import { LinkSecret } from './constructs/link-secret.ts'
import { MailEvents } from './constructs/mail-events.ts'
import { outgoingMail, type Mail } from './constructs/mail.ts'
import { CaseRecord } from './constructs/record.ts'
import { Sweep } from './constructs/sweep.ts'

type Functions = ReturnType<typeof serviceFunctions>

export class ZhuliStack extends Stack {
  readonly record: CaseRecord
  readonly linkSecret: LinkSecret
  readonly mail: Mail
  readonly eventBus: EventBus
  readonly lifecycle: Lifecycle
  readonly api: Api
  readonly anchors: Anchors
  readonly sweep: Sweep
  readonly anchoring: Sweep
  readonly mailEvents: MailEvents | undefined
  readonly inboundMail: InboundMail | undefined
  readonly firewall: Firewall
  readonly alarms: Alarms
  readonly dashboard: Dashboard

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, {
      description: 'Zhuli: the lifecycle of relationship-manager assistants, from application to transfer or exit',
      terminationProtection: config.deletionProtection,
    })
    const { domain, certificateArn, inboundDomain, logRetentionDays } = config

    this.record = new CaseRecord(this, 'Record', config)
    this.linkSecret = new LinkSecret(this, 'LinkSecret')
    this.mail = outgoingMail(this, 'Mail', config)
    this.eventBus = new EventBus(this, 'EventBus')
    const functions = serviceFunctions(this, {
      config,
      record: this.record,
      linkSecret: this.linkSecret,
      mail: this.mail,
      eventBus: this.eventBus,
    })

    this.lifecycle = new Lifecycle(this, 'Lifecycle', {
      openStage: functions.openStage(),
      takeEffect: functions.takeEffect(),
      logRetentionDays,
    })
    this.api = new Api(this, 'Api', {
      handler: functions.api(this.lifecycle),
      domain,
      certificateArn,
      logRetentionDays,
    })
    this.anchors = new Anchors(this, 'Anchors')
    this.sweep = new Sweep(this, 'Sweep', {
      handler: functions.sweep(this.lifecycle),
      description: 'Does what has fallen due',
    })
    this.anchoring = new Sweep(this, 'Anchoring', {
      handler: functions.keepAnchors(this.anchors),
      description: 'Keeps the heads of the chains of events',
    })
    this.mailEvents =
      this.mail.undeliverable === null ? undefined : this.#mailEvents(this.mail.undeliverable, functions)
    this.inboundMail = inboundDomain === undefined ? undefined : this.#inboundMail(inboundDomain, functions)
    this.firewall = new Firewall(this, 'Firewall', this.api)
    this.alarms = new Alarms(this, 'Alarms', {
      // However many there are by then: no lists that someone forgets to add to.
      functions: this.node.findAll().filter((construct) => construct instanceof ServiceFunction),
      deadLetters: this.node.findAll().filter((construct) => construct instanceof Queue),
      record: this.record,
      lifecycle: this.lifecycle,
      api: this.api,
      firewall: this.firewall,
      mail: this.mail,
      topicArn: config.alarmTopicArn,
    })
    this.dashboard = new Dashboard(this, 'Dashboard', {
      alarms: this.alarms,
      api: this.api,
      lifecycle: this.lifecycle,
    })

    this.#output('ApiUrl', this.api.url)
    this.#output('TableName', this.record.table.tableName)
    this.#output('StateMachineArn', this.lifecycle.stateMachine.stateMachineArn)
    this.#output('AnchorBucket', this.anchors.bucket.bucketName)
    this.#output('EventBusName', this.eventBus.bus.eventBusName)
    this.#output('DashboardName', this.dashboard.dashboard.dashboardName)
    this.#output('DomainTarget', this.api.domainTarget)
    this.#output('ReceiptRuleSet', this.inboundMail?.ruleSetName)
    const dnsRecords = [...this.mail.dnsRecords, ...(this.inboundMail?.dnsRecords ?? [])]
    dnsRecords.forEach(({ name, type, value }, index) => {
      this.#output(`MailDnsRecord${index + 1}`, `${name} ${type} ${value}`)
    })
  }

  #mailEvents(pattern: EventPattern, functions: Functions): MailEvents {
    return new MailEvents(this, 'MailEvents', { pattern, handler: functions.reportUndeliverable() })
  }

  #inboundMail(domain: string, functions: Functions): InboundMail {
    const inbox = new Inbox(this, 'Inbox')
    const handler = functions.receiveMail(this.lifecycle, inbox)
    return new InboundMail(this, 'InboundMail', { domain, inbox, handler })
  }

  #output(id: string, value: string | undefined): CfnOutput | undefined {
    return value === undefined ? undefined : new CfnOutput(this, id, { value })
  }
}
