import { Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations'
import * as ses from 'aws-cdk-lib/aws-ses'
import { Construct, type IDependable } from 'constructs'
import { deadLetterQueue } from './dead-letters.ts'
import type { ServiceFunction } from './function.ts'
import type { Inbox } from './inbox.ts'
import type { DnsRecord } from './mail.ts'

/** Unique within its rule set only. Named, because what SES may do is bound to the name before the rule is there. */
const ruleName = 'replies'

export interface InboundMailProps {
  readonly domain: string
  readonly inbox: Inbox
  readonly handler: ServiceFunction<'receive-mail'>
}

/**
 * Mail to the domain for replies: SES checks it, puts it into the inbox and calls the function.
 * An account has one active rule set, which CloudFormation can't choose: whoever deploys does.
 */
export class InboundMail extends Construct {
  readonly ruleSetName: string
  /** What makes the domain known to SES, and leads its mail there. */
  readonly dnsRecords: readonly DnsRecord[]
  readonly #ruleArn: string

  constructor(scope: Construct, id: string, { domain, inbox, handler }: InboundMailProps) {
    super(scope, id)
    const stack = Stack.of(this)
    const identity = new ses.EmailIdentity(this, 'Identity', { identity: ses.Identity.domain(domain) })
    this.dnsRecords = [
      ...identity.dkimRecords.map((record) => ({ ...record, type: 'CNAME' as const })),
      { name: domain, type: 'MX', value: `10 inbound-smtp.${stack.region}.amazonaws.com` },
    ]
    const ruleSet = new ses.ReceiptRuleSet(this, 'RuleSet')
    this.ruleSetName = ruleSet.receiptRuleSetName
    this.#ruleArn = stack.formatArn({
      service: 'ses',
      resource: 'receipt-rule-set',
      resourceName: `${this.ruleSetName}:receipt-rule/${ruleName}`,
    })
    const mayWrite = this.#letWrite(inbox)
    const mayCall = this.#letCall(handler)
    const rule = ruleSet.addRule('Rule', {
      receiptRuleName: ruleName,
      recipients: [domain],
      scanEnabled: true,
      tlsPolicy: ses.TlsPolicy.REQUIRE,
      actions: [storing(inbox), calling(handler)],
    })
    // SES tries both as the rule is made.
    rule.node.addDependency(mayWrite, mayCall)
  }

  #letWrite(inbox: Inbox): IDependable {
    return inbox.grantDeliver({
      principal: new iam.ServicePrincipal('ses.amazonaws.com'),
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': this.#ruleArn },
      },
    })
  }

  #letCall({ lambda }: ServiceFunction): IDependable {
    // SES calls and forgets: what fails twice more is kept with its reason, and the mail lies in the inbox.
    lambda.configureAsyncInvoke({
      retryAttempts: 2,
      onFailure: new destinations.SqsDestination(deadLetterQueue(this)),
    })
    lambda.addPermission('Ses', {
      principal: new iam.ServicePrincipal('ses.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
      sourceArn: this.#ruleArn,
    })
    return lambda
  }
}

function storing({ bucket, environment }: Inbox): ses.IReceiptRuleAction {
  const s3Action = { bucketName: bucket.bucketName, objectKeyPrefix: environment.INBOX_PREFIX }
  return { bind: () => ({ s3Action }) }
}

function calling({ lambda }: ServiceFunction): ses.IReceiptRuleAction {
  return { bind: () => ({ lambdaAction: { functionArn: lambda.functionArn, invocationType: 'Event' } }) }
}
