import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { callbackify } from 'node:util'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { TakeMail } from '../deployed/place.ts'

/** Takes what the emulator's SES hands on. */
export const takeBySmtp = (port: number, take: TakeMail): void => {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: callbackify(async (stream: Readable, { envelope }: SMTPServerSession) => {
      const recipients = envelope.rcptTo.map(({ address }) => address)
      await take(Buffer.from(await text(stream)), recipients)
    }),
  })
  server.listen(port, '127.0.0.1')
}
