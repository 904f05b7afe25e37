import { Aws, Duration } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import * as wafv2 from 'aws-cdk-lib/aws-wafv2'
import { Construct } from 'constructs'
import type { Api } from './api.ts'

/** Calls from one address within five minutes, which is the window that the firewall counts by. */
const callsFromOneAddress = 2000
/**
 * Of those, calls that may change something without a token. Whoever decides sends two or three, and all people of a bank
 * can come from one address.
 */
const decisionsFromOneAddress = 300

const metric = (metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  // Samples show whole requests, with tokens and the secrets of links.
  sampledRequestsEnabled: false,
})

/** Which requests a rule is about. */
type Statement = wafv2.CfnWebACL.StatementProperty

const matches = (
  fieldToMatch: wafv2.CfnWebACL.FieldToMatchProperty,
  searchString: string,
  at: 'EXACTLY' | 'CONTAINS',
) => ({
  byteMatchStatement: {
    fieldToMatch,
    positionalConstraint: at,
    searchString,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
})

const isDecision: Statement = {
  andStatement: {
    statements: [
      matches({ method: {} }, 'POST', 'EXACTLY'),
      { notStatement: { statement: matches({ uriPath: {} }, '/v1/', 'CONTAINS') } },
    ],
  },
}

/** Answers 403 to an address that calls far more than any HR system or approver does. */
export class Firewall extends Construct {
  readonly association: wafv2.CfnWebACLAssociation
  /** Calls that were kept out. */
  readonly blocked: cloudwatch.Metric

  constructor(scope: Construct, id: string, { restApi }: Api) {
    super(scope, id)
    const rule = (name: string, priority: number, limit: number, scopeDownStatement?: Statement) => ({
      name,
      priority,
      action: { block: {} },
      statement: {
        rateBasedStatement: { limit, aggregateKeyType: 'IP', ...(scopeDownStatement && { scopeDownStatement }) },
      },
      visibilityConfig: metric(name),
    })
    const acl = new wafv2.CfnWebACL(this, 'Acl', {
      name: Aws.STACK_NAME,
      description: 'Keeps one address from calling too often',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules: [rule('Decisions', 0, decisionsFromOneAddress, isDecision), rule('Calls', 1, callsFromOneAddress)],
      // Counted under it is what no rule blocks, too. The same for both, for CloudWatch tells lists apart by it.
      visibilityConfig: metric(Aws.STACK_NAME),
    })
    this.blocked = new cloudwatch.Metric({
      namespace: 'AWS/WAFV2',
      metricName: 'BlockedRequests',
      dimensionsMap: { WebACL: Aws.STACK_NAME, Region: Aws.REGION, Rule: 'ALL' },
      statistic: cloudwatch.Stats.SUM,
      period: Duration.minutes(5),
    })
    this.association = new wafv2.CfnWebACLAssociation(this, 'Association', {
      resourceArn: restApi.deploymentStage.stageArn,
      webAclArn: acl.attrArn,
    })
  }
}
