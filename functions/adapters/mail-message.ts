import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { Mail, Sender } from './mailer.ts'

/** The message as it travels (RFC 5322), the same whichever way: with the headers that keep robots from answering. */
export const rawMessage = (mail: Mail, { name, address }: Sender): Promise<Buffer> =>
  new MailComposer({
    from: { name, address },
    to: { name: mail.to.name, address: mail.to.address },
    ...(mail.replyTo === null ? {} : { replyTo: { name: '', address: mail.replyTo } }),
    ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo, references: mail.inReplyTo }),
    subject: mail.subject,
    date: new Date(mail.at),
    text: mail.text,
    html: mail.html,
    headers: {
      'Auto-Submitted': mail.isReply ? 'auto-replied' : 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
      'X-Zhuli-Duty': mail.dutyId,
    },
    // Nothing in a mail may make the composer read a file or a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
