import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as s3 from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { AnchorsEnvironment } from '../../shared/contracts/environment.ts'
import { acknowledge } from './acknowledge.ts'
import { privateBucket } from './private-bucket.ts'

/** How long nobody can change or delete an anchor, not even the account's owner: longer than any audit looks back. */
const lockedFor = Duration.days(3650)

/** Where the heads of the chains of events lie outside the table, so that a trail that was rewritten shows. */
export class Anchors extends Construct {
  readonly environment: AnchorsEnvironment
  readonly bucket: s3.Bucket

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.bucket = new s3.Bucket(this, 'Bucket', {
      ...privateBucket,
      versioned: true,
      objectLockDefaultRetention: s3.ObjectLockRetention.compliance(lockedFor),
      removalPolicy: RemovalPolicy.RETAIN,
    })
    this.environment = { ANCHOR_BUCKET: this.bucket.bucketName }
    acknowledge(this.bucket, {
      S1: 'One function writes, and says so in a log of its own; what it wrote can not change.',
    })
  }

  /** Put an anchor, and read what was put for its day before. */
  grantKeep(grantee: Construct & iam.IGrantable): void {
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['s3:PutObject', 's3:GetObject'],
      resourceArns: [this.bucket.arnForObjects('anchors/*')],
    })
    const bucket = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as s3.CfnBucket)
    acknowledge(grantee, {
      [`IAM5[Resource::<${bucket}.Arn>/anchors/*]`]: 'The anchors of all cases, which come by and by.',
    })
  }
}
