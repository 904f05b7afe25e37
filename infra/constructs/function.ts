import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { AssetHashType, CfnElement, DockerImage, Stack, type Duration } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import * as logs from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type * as z from 'zod/mini'
import { functionEnvironments, type FunctionName } from '../../shared/contracts/environment.ts'
import type { MailSettings } from '../config.ts'
import { acknowledge, type Reasons } from './acknowledge.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bundler = fileURLToPath(new URL('../bundle/main.ts', import.meta.url))

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
  /** The way that mails of the deployment go out. */
  readonly mailTransport: MailSettings['transport']
  readonly logRetentionDays: number
}

/** The function's bundle, made as the stack is synthesised unless that is told to bundle nothing. */
const bundled = ({ name, mailTransport }: ServiceFunctionProps<FunctionName>): lambda.Code =>
  lambda.Code.fromAsset(root, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Has to be named, and is never used.
      image: DockerImage.fromRegistry('none'),
      // By what stands here, and not by what `local` does, CDK tells one bundle from the other.
      command: [name, mailTransport],
      local: {
        tryBundle: (folder) => {
          execFileSync(process.execPath, [bundler, name, mailTransport, folder], {
            stdio: ['ignore', 'inherit', 'inherit'],
          })
          return true
        },
      },
    },
  })

/** One Lambda function with a log group of its own, and a role that may do nothing else than what is granted to it. */
export class ServiceFunction<Name extends FunctionName = FunctionName> extends Construct implements iam.IGrantable {
  readonly fileName: Name
  readonly lambda: lambda.Function
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
    this.lambda = new lambda.Function(this, 'Handler', {
      ...props.profile,
      code: bundled(props),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      // Parsed, so that it holds exactly what the function reads: zod drops what the schema doesn't name.
      environment: functionEnvironments[props.name].parse(props.environment),
      tracing: lambda.Tracing.ACTIVE,
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
