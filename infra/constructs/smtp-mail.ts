import * as iam from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import type { MailSettings } from '../config.ts'
import type { DnsRecord, Mail } from './mail.ts'

export interface SmtpMailProps {
  readonly senderAddress: string
  readonly server: Extract<MailSettings, { readonly transport: 'smtp' }>
}

/**
 * Mail through a server that is there already; its operator signs the mails. Those that come back go to the sender's
 * mailbox, and nothing here reads it: reminders and escalation are what notices an approver who was not reached.
 */
export class SmtpMail extends Construct implements Mail {
  readonly environment: Mail['environment']
  readonly dnsRecords: readonly DnsRecord[] = []
  readonly undeliverable = null
  readonly reputation = null
  readonly #passwordSecretArn: string | undefined

  constructor(scope: Construct, id: string, { senderAddress, server }: SmtpMailProps) {
    super(scope, id)
    const { host, port, user, passwordSecretArn } = server
    this.#passwordSecretArn = passwordSecretArn
    this.environment = {
      MAIL_TRANSPORT: 'smtp',
      MAIL_SENDER: senderAddress,
      SMTP_HOST: host,
      SMTP_PORT: String(port),
      ...(user !== undefined && { SMTP_USER: user }),
      ...(passwordSecretArn !== undefined && { SMTP_PASSWORD_SECRET_ARN: passwordSecretArn }),
    }
  }

  /** The password is read when a mail goes out: neither the template nor a variable ever holds it. */
  grantSend(grantee: iam.IGrantable): void {
    if (this.#passwordSecretArn === undefined) return
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [this.#passwordSecretArn],
    })
  }
}
