import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SESClient } from '@aws-sdk/client-ses'
import { MailTransport } from '../../shared/contracts/environment.ts'
import { readEnvironment, type Variables } from './environment.ts'
import type { Mailer, Sender } from './mailer.ts'
import { sesMailer } from './ses-mailer.ts'
import { smtpMailer, tlsOn } from './smtp-mailer.ts'
import { storedSecret } from './stored-secret.ts'

/** The way out for mail that a function's environment variables choose. */
export const createMailer = (variables: Variables, sender: Sender): Mailer => {
  const settings = readEnvironment(MailTransport, variables)
  switch (settings.MAIL_TRANSPORT) {
    case 'ses':
      return sesMailer(new SESClient({}), settings.MAIL_CONFIGURATION_SET, sender)
    case 'smtp': {
      const { SMTP_HOST: host, SMTP_PORT: port, SMTP_USER: user, SMTP_PASSWORD_SECRET_ARN: arn } = settings
      const login =
        user === undefined || arn === undefined
          ? null
          : { user, password: storedSecret(new SecretsManagerClient({}), arn) }
      return smtpMailer({ host, port, tls: tlsOn(port), login }, sender)
    }
  }
}
