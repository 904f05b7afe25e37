import { Aws, RemovalPolicy } from 'aws-cdk-lib'
import * as apigateway from 'aws-cdk-lib/aws-apigateway'
import * as acm from 'aws-cdk-lib/aws-certificatemanager'
import * as logs from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import type { ServiceFunction } from './function.ts'
import { answerWithProblems } from './gateway-problems.ts'

const stageName = 'live'
// A bank's HR systems and its approvers together stay far below; more is a mistake or an attack.
const requestsPerSecond = 50
const requestsInBurst = 100

export interface ApiProps {
  readonly handler: ServiceFunction<'api'>
  readonly domain: string
  readonly certificateArn: string | undefined
  readonly logRetentionDays: number
}

/** The HTTP API and the pages, all of them served by one function. */
export class Api extends Construct {
  readonly restApi: apigateway.RestApi
  /** Where it is called: its domain, where that is served from here. */
  readonly url: string
  /** One JSON line a call. */
  readonly accessLogs: logs.LogGroup
  /** What the domain's DNS entry has to point at, if the domain is served from here. */
  readonly domainTarget: string | undefined

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id)
    this.accessLogs = new logs.LogGroup(this, 'AccessLogs', { retention: props.logRetentionDays })
    this.restApi = new apigateway.RestApi(this, 'RestApi', {
      // A label, but API Gateway counts by it: all APIs of an account that bear the same are one to alarms.
      restApiName: Aws.STACK_NAME,
      description: 'Cases of relationship-manager assistants: for HR systems and for those who decide',
      endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
      // With a domain of its own there is one way in, and the links in mails name it.
      disableExecuteApiEndpoint: props.certificateArn !== undefined,
      // The account's one role with which API Gateway writes logs. Kept, since other APIs may have come to rely on it.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName,
        // Never traced, unlike the function: a trace names the whole address, in which a secret may stand (see the access log).
        tracingEnabled: false,
        throttlingRateLimit: requestsPerSecond,
        throttlingBurstLimit: requestsInBurst,
        accessLogDestination: new apigateway.LogGroupLogDestination(this.accessLogs),
        accessLogFormat: accessLogFormat(),
        // Errors only, and never the data: bodies carry secrets of links, headers carry tokens.
        loggingLevel: apigateway.MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
      },
    })
    const integration = new apigateway.LambdaIntegration(props.handler.lambda, { allowTestInvoke: false })
    this.restApi.root.addMethod('ANY', integration)
    this.restApi.root.addProxy({ defaultIntegration: integration })
    answerWithProblems(this.restApi)
    this.#keepExecutionLogs(props.logRetentionDays)
    this.domainTarget = this.#serveDomain(props)
    this.url = this.domainTarget === undefined ? this.restApi.url : `https://${props.domain}/`
    this.#acknowledge()
  }

  /** API Gateway would make this group itself and keep it for ever; hence made first, under the name it looks for. */
  #keepExecutionLogs(retention: number): void {
    const group = new logs.LogGroup(this, 'ExecutionLogs', {
      logGroupName: `API-Gateway-Execution-Logs_${this.restApi.restApiId}/${stageName}`,
      retention,
    })
    this.restApi.deploymentStage.node.addDependency(group)
  }

  #serveDomain({ domain, certificateArn }: ApiProps): string | undefined {
    if (certificateArn === undefined) return undefined
    const domainName = this.restApi.addDomainName('Domain', {
      domainName: domain,
      certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      endpointType: apigateway.EndpointType.REGIONAL,
      securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
    })
    return domainName.domainNameAliasDomainName
  }

  #acknowledge(): void {
    const tokens =
      'The function checks the JWT of any OIDC issuer and its scopes; deciding, health and OpenAPI are public.'
    acknowledge(this, {
      APIG2: 'The function checks every request against its schema, and its answer names the field that is wrong.',
      APIG4: tokens,
      COG4: `${tokens} Cognito is missing in some partitions.`,
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        'The policy that API Gateway asks for on the role with which it writes the logs of an account.',
    })
  }
}

/**
 * Names no query, header or body, and the template of the path instead of the path: some mail programs write the `#`
 * of a link as %23, and then the secret stands in the path. The request's id leads to the function's own log.
 */
function accessLogFormat(): apigateway.AccessLogFormat {
  const { AccessLogField: field } = apigateway
  return apigateway.AccessLogFormat.custom(
    JSON.stringify({
      requestId: field.contextRequestId(),
      at: field.contextRequestTimeEpoch(),
      ip: field.contextIdentitySourceIp(),
      method: field.contextHttpMethod(),
      resource: field.contextResourcePath(),
      status: field.contextStatus(),
      latencyMs: field.contextResponseLatency(),
      integrationLatencyMs: field.contextIntegrationLatency(),
    }),
  )
}
