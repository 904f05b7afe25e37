import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { createTransport } from 'nodemailer'
import type { MailTransport } from '../../shared/contracts/environment.ts'
import { rawMessage } from './mail-message.ts'
import type { Mailer, Sender } from './mailer.ts'
import { patience } from './patience.ts'
import { type StoredSecret, storedSecret } from './stored-secret.ts'

/** `starttls` begins in clear and goes on only once the server has switched to TLS. */
export type SmtpTls = 'implicit' | 'starttls'

/** How TLS begins on a port: 465 is set aside for TLS from the start (RFC 8314). */
export const tlsOn = (port: number): SmtpTls => (port === 465 ? 'implicit' : 'starttls')

export interface SmtpServer {
  readonly host: string
  readonly port: number
  readonly tls: SmtpTls
  /** Null where the server takes mail from whoever reaches it. */
  readonly login: { readonly user: string; readonly password: StoredSecret } | null
}

/** Milliseconds for each step; together less than the shortest time that a function has (25 s). */
export interface SmtpPatience {
  readonly connection: number
  readonly greeting: number
  /** Silence once they talk. */
  readonly socket: number
}
const usualPatience: SmtpPatience = { connection: 5000, greeting: 5000, socket: 8000 }

const isLoginRefused = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EAUTH'

/** Mails through an SMTP server, never without TLS. A connection lasts for one mail: the function may freeze after it. */
export const smtpMailer = (
  { host, port, tls, login }: SmtpServer,
  sender: Sender,
  waits: SmtpPatience = usualPatience,
): Mailer => ({
  send: async (mail) => {
    const transport = createTransport({
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: true,
      tls: { minVersion: 'TLSv1.2' },
      ...(login !== null && { auth: { user: login.user, pass: await login.password.read() } }),
      dnsTimeout: waits.connection,
      connectionTimeout: waits.connection,
      greetingTimeout: waits.greeting,
      socketTimeout: waits.socket,
    })
    try {
      await transport.sendMail({
        envelope: { from: sender.address, to: [mail.to.address] },
        raw: await rawMessage(mail, sender),
      })
    } catch (error) {
      // The password may have been changed since it was read: the next mail reads it again.
      if (isLoginRefused(error)) login?.password.forget()
      throw error
    }
  },
})

/** The server that a function's environment variables name. */
export const createSmtpMailer = (
  settings: Extract<MailTransport, { readonly MAIL_TRANSPORT: 'smtp' }>,
  sender: Sender,
): Mailer => {
  const { SMTP_HOST: host, SMTP_PORT: port, SMTP_USER: user, SMTP_PASSWORD_SECRET_ARN: arn } = settings
  const login =
    user === undefined || arn === undefined
      ? null
      : { user, password: storedSecret(new SecretsManagerClient({ requestHandler: patience }), arn) }
  return smtpMailer({ host, port, tls: tlsOn(port), login }, sender)
}
