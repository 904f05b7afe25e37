import { fileURLToPath } from 'node:url'
import { CfnElement, Stack, type Duration } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs'
import * as logs from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type * as z from 'zod/mini'
import { functionEnvironments, type FunctionName } from '../../shared/contracts/environment.ts'
import { acknowledge, type Reasons } from './acknowledge.ts'
import { bundling } from './bundling.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export type EnvironmentOf<Name extends FunctionName> = z.infer<(typeof functionEnvironments)[Name]>

/** What a function is for, and what it is given to do it. */
export interface Profile {
  readonly description: string
  /** MiB; processor time is in proportion. */
  readonly memorySize: number
  readonly timeout: Duration
}

export interface ServiceFunctionProps<Name extends FunctionName> {
  /** The file in functions/ whose `handler` it is. */
  readonly name: Name
  readonly profile: Profile
  readonly environment: EnvironmentOf<Name>
  readonly logRetentionDays: number
}

/** One Lambda function with a log group of its own, and a role that may do nothing else than what is granted to it. */
export class ServiceFunction<Name extends FunctionName = FunctionName> extends Construct implements iam.IGrantable {
  readonly fileName: Name
  readonly lambda: nodejs.NodejsFunction
  readonly logGroup: logs.LogGroup
  readonly grantPrincipal: iam.Role

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<Name>) {
    super(scope, id)
    this.fileName = props.name
    this.logGroup = new logs.LogGroup(this, 'Logs', { retention: props.logRetentionDays })
    // A role of our own, because the one that CDK makes may write to every log group of the account.
    this.grantPrincipal = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    })
    this.logGroup.grantWrite(this.grantPrincipal)
    this.lambda = new nodejs.NodejsFunction(this, 'Handler', {
      ...props.profile,
      entry: `${root}functions/${props.name}.ts`,
      projectRoot: root,
      depsLockFilePath: `${root}package-lock.json`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      // Parsed, so that it holds exactly what the function reads: zod drops what the schema doesn't name.
      environment: functionEnvironments[props.name].parse(props.environment),
      // Would add a variable that the schema doesn't name, and version 3 of the SDK keeps its connections anyway.
      awsSdkConnectionReuse: false,
      tracing: lambda.Tracing.ACTIVE,
      bundling: bundling(props.name),
      role: this.grantPrincipal,
      logGroup: this.logGroup,
    })
    acknowledge(this.grantPrincipal, {
      'IAM5[Resource::*]': 'X-Ray takes traces on "*" only; no other statement of the role names it.',
    })
  }

  /** Its name in the template. */
  get logicalId(): string {
    const { defaultChild } = this.lambda.node
    if (!CfnElement.isCfnElement(defaultChild)) throw new TypeError(`${this.node.path} has no resource`)
    return Stack.of(this).getLogicalId(defaultChild)
  }
}

/** CDK grants the invocation of a function together with that of its versions, hence a wildcard. */
export function invocationOf({ logicalId }: ServiceFunction): Reasons {
  return { [`IAM5[Resource::<${logicalId}.Arn>:*]`]: 'The versions and aliases of this one function.' }
}
