import { MailTransport } from '../../shared/contracts/environment.ts'
import { readEnvironment, type Variables } from './environment.ts'
import { late } from './late.ts'
import type { Mailer, Sender } from './mailer.ts'

const transportOf = (settings: MailTransport, sender: Sender): (() => Promise<Mailer>) => {
  switch (settings.MAIL_TRANSPORT) {
    case 'ses':
      return async () => (await import('./ses-mailer.ts')).createSesMailer(settings, sender)
    case 'smtp':
      return async () => (await import('./smtp-mailer.ts')).createSmtpMailer(settings, sender)
  }
}

/** The way out for mail that a function's environment variables choose. @throws Error where they lack something */
export const createMailer = (variables: Variables, sender: Sender): Mailer => {
  const there = late(transportOf(readEnvironment(MailTransport, variables), sender))
  return { send: async (mail) => (await there()).send(mail) }
}
