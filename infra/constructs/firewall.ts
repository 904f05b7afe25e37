import * as wafv2 from 'aws-cdk-lib/aws-wafv2'
import { Construct } from 'constructs'
import type { Api } from './api.ts'

/** Calls from one address within five minutes, which is the window that the firewall counts by. */
const callsFromOneAddress = 2000
/** Of those, calls that may change something without a token: whoever decides sends two or three. */
const decisionsFromOneAddress = 100

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
      description: 'Keeps one address from calling too often',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules: [rule('Decisions', 0, decisionsFromOneAddress, isDecision), rule('Calls', 1, callsFromOneAddress)],
      // What no rule blocks. WAF keeps the name `All` for itself and refuses it.
      visibilityConfig: metric('Passed'),
    })
    this.association = new wafv2.CfnWebACLAssociation(this, 'Association', {
      resourceArn: restApi.deploymentStage.stageArn,
      webAclArn: acl.attrArn,
    })
  }
}
