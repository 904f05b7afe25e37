import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import type { EventPattern } from 'aws-cdk-lib/aws-events'
import type * as iam from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { MailEnvironment } from '../../shared/contracts/environment.ts'
import type { Config } from '../config.ts'
import { SesMail } from './ses-mail.ts'
import { SmtpMail } from './smtp-mail.ts'

/** A record that the bank enters in its DNS. */
export interface DnsRecord {
  readonly name: string
  readonly type: 'CNAME' | 'MX'
  readonly value: string
}

/** A way out for mail. */
export interface Mail {
  readonly environment: Omit<MailEnvironment, 'BASE_URL' | 'SECRET_KEY_ID'>
  readonly dnsRecords: readonly DnsRecord[]
  /** The events on the account's own bus that tell of mails which came back; null where nothing tells. */
  readonly undeliverable: EventPattern | null
  /** The shares of mails that came back or were complained of; null where nothing counts them. */
  readonly reputation: { readonly bounceRate: IMetric; readonly complaintRate: IMetric } | null
  readonly grantSend: (grantee: iam.IGrantable) => void
}

/** Mail goes out through SES, or through an SMTP server where there is no SES. */
export function outgoingMail(scope: Construct, id: string, { mail, senderAddress }: Config): Mail {
  switch (mail.transport) {
    case 'ses':
      return new SesMail(scope, id, { senderAddress })
    case 'smtp':
      return new SmtpMail(scope, id, { senderAddress, server: mail })
  }
}
