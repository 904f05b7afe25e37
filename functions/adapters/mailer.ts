import { SendRawEmailCommand, type SESClient } from '@aws-sdk/client-ses'
import type { Instant } from '../../shared/domain/time.ts'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'

/** One mail to one person. */
export interface Mail {
  /** The duty that the mail fulfils; a copy after a crash carries the same. */
  readonly dutyId: string
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly language: string
  /** When it was written, by the bank's clock. */
  readonly at: Instant
}

export interface Mailer {
  readonly send: (mail: Mail) => Promise<void>
}

interface Sender {
  readonly name: string
  readonly address: string
  readonly configurationSet: string
}

/** Mails through SES as raw messages, because only those can carry the headers that keep robots from answering. */
export const sesMailer = (client: SESClient, { name, address, configurationSet }: Sender): Mailer => ({
  send: async (mail) => {
    const message = new MailComposer({
      from: { name, address },
      to: { name: mail.to.name, address: mail.to.address },
      subject: mail.subject,
      date: new Date(mail.at),
      text: mail.text,
      html: mail.html,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'Content-Language': mail.language,
        'X-Zhuli-Duty': mail.dutyId,
      },
      // Nothing in a mail may make the composer read a file or a URL.
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    await client.send(
      new SendRawEmailCommand({
        Source: address,
        Destinations: [mail.to.address],
        ConfigurationSetName: configurationSet,
        RawMessage: { Data: await message.compile().build() },
      }),
    )
  },
})
