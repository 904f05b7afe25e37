import * as s3 from 'aws-cdk-lib/aws-s3'

/** What every bucket has: encrypted, nobody's but the account's, over TLS alone. */
export const privateBucket = {
  encryption: s3.BucketEncryption.S3_MANAGED,
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
} as const satisfies s3.BucketProps
