import { SendRawEmailCommand, type SESClient } from '@aws-sdk/client-ses'
import { rawMessage } from './mail-message.ts'
import type { Mailer, Sender } from './mailer.ts'

/** Mails through SES as raw messages, because only those can carry headers of our own. */
export const sesMailer = (client: SESClient, configurationSet: string, sender: Sender): Mailer => ({
  send: async (mail) => {
    await client.send(
      new SendRawEmailCommand({
        Source: sender.address,
        Destinations: [mail.to.address],
        ConfigurationSetName: configurationSet,
        RawMessage: { Data: await rawMessage(mail, sender) },
      }),
    )
  },
})
