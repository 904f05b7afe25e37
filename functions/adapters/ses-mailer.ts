import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses'
import type { MailTransport } from '../../shared/contracts/environment.ts'
import { dutyTag, tagOfDuty } from '../../shared/contracts/mail-events.ts'
import { rawMessage } from './mail-message.ts'
import type { Mailer, Sender } from './mailer.ts'
import { patience } from './patience.ts'
import { unlogged } from './unlogged.ts'

/** Mails through SES as raw messages, because only those can carry headers of our own. */
export const sesMailer = (client: SESClient, configurationSet: string, sender: Sender): Mailer => ({
  send: async (mail) => {
    await client.send(
      new SendRawEmailCommand({
        Source: sender.address,
        Destinations: [mail.to.address],
        ConfigurationSetName: configurationSet,
        // SES gives it back with the news of what became of the mail.
        Tags: [{ Name: dutyTag, Value: tagOfDuty(mail.dutyId) }],
        RawMessage: { Data: await rawMessage(mail, sender) },
      }),
    )
  },
})

/** SES with the configuration set that a function's environment variables name. */
export const createSesMailer = (
  settings: Extract<MailTransport, { readonly MAIL_TRANSPORT: 'ses' }>,
  sender: Sender,
): Mailer => sesMailer(unlogged(new SESClient({ requestHandler: patience })), settings.MAIL_CONFIGURATION_SET, sender)
