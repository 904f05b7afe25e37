import { Duration, Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as s3 from 'aws-cdk-lib/aws-s3'
import { Construct, type IDependable } from 'constructs'
import type { InboxEnvironment } from '../../shared/contracts/environment.ts'
import { acknowledge } from './acknowledge.ts'
import { privateBucket } from './private-bucket.ts'

/** Who brings the mails, and under which circumstances. */
interface Writer {
  readonly principal: iam.IPrincipal
  readonly conditions: iam.Conditions
}

/**
 * Where mails lie between their arrival and their reading. They hold the secrets of links in their quotations, so
 * none is kept longer than someone needs to look into why one was not understood.
 */
export class Inbox extends Construct {
  readonly environment: InboxEnvironment
  readonly bucket: s3.Bucket
  readonly #keys: string

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.bucket = new s3.Bucket(this, 'Bucket', {
      ...privateBucket,
      lifecycleRules: [{ expiration: Duration.days(30) }],
    })
    this.environment = { INBOX_BUCKET: this.bucket.bucketName, INBOX_PREFIX: 'incoming/' }
    this.#keys = `${this.environment.INBOX_PREFIX}*`
    acknowledge(this.bucket, { S1: 'SES writes and one function reads; both say so in logs of their own.' })
  }

  /** @returns what has to be there before the writer writes */
  grantDeliver({ principal, conditions }: Writer): IDependable {
    const { policyDependable = this.bucket } = this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [principal],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(this.#keys)],
        conditions,
      }),
    )
    return policyDependable
  }

  grantRead(grantee: Construct & iam.IGrantable): void {
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['s3:GetObject'],
      resourceArns: [this.bucket.arnForObjects(this.#keys)],
    })
    const bucket = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as s3.CfnBucket)
    acknowledge(grantee, {
      [`IAM5[Resource::<${bucket}.Arn>/${this.#keys}]`]: 'The mails of one bucket, whose names SES chooses.',
    })
  }
}
