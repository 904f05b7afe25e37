import { Validations } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/** Findings of cdk-nag's AwsSolutions pack, without its name, and why each is accepted. */
export type Reasons = Readonly<Record<string, string>>

/** Accepts findings on a construct and on what is in it. */
export function acknowledge(target: Construct, reasons: Reasons): void {
  for (const [finding, reason] of Object.entries(reasons)) {
    Validations.of(target).acknowledge({ id: `AwsSolutions-${finding}`, reason })
  }
}
