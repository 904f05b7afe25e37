import { SendRawEmailCommand, type SESClient } from '@aws-sdk/client-ses'
import { dutyTag } from '../../shared/contracts/mail-events.ts'
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
        // SES gives it back with the news of what became of the mail.
        Tags: [{ Name: dutyTag, Value: mail.dutyId }],
        RawMessage: { Data: await rawMessage(mail, sender) },
      }),
    )
  },
})
