import { RemovalPolicy } from 'aws-cdk-lib'
import type * as iam from 'aws-cdk-lib/aws-iam'
import * as kms from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'

/**
 * The key from which the secret of each approval link is derived, so that nothing has to store one.
 * KMS can't rotate HMAC keys; another key would end the links in the mails that are out.
 */
export class LinkSecret extends Construct {
  readonly environment: { readonly SECRET_KEY_ID: string }
  readonly #key: kms.Key

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.#key = new kms.Key(this, 'Key', {
      description: 'Derives the secrets of approval links',
      keySpec: kms.KeySpec.HMAC_256,
      keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    this.environment = { SECRET_KEY_ID: this.#key.keyId }
  }

  grantDerive(grantee: iam.IGrantable): void {
    this.#key.grantGenerateMac(grantee)
  }
}
