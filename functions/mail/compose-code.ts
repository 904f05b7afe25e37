import type { SendCode } from '../../shared/domain/duty.ts'
import { codeMailTexts } from '../../shared/text/code-mail.ts'
import { fill } from '../../shared/text/locale.ts'
import { localTime } from '../../shared/text/time.ts'
import type { Mail } from '../adapters/mailer.ts'
import { type Desk, type Recipient, writeMail } from './write.ts'

/** Writes the mail with a code; `link` is where an answer that was given by mail is confirmed with it. */
export const composeCodeMail = (
  duty: SendCode,
  recipient: Recipient,
  { code, link }: { readonly code: string; readonly link: string | null },
  desk: Desk,
): Promise<Mail> => {
  const words = codeMailTexts[recipient.locale]
  const facts = { code, validUntil: localTime(duty.validUntil, desk.zone), subject: duty.subject }
  const action = link === null ? null : { label: words.confirm, link }
  return writeMail(
    duty.id,
    recipient,
    {
      subject: fill(words.subject, facts),
      opening: fill(link === null ? words.opening : words.confirmation, facts),
      parts: [{ heading: null, rows: [[words.code, code]], action }],
      notes: [words.warning],
    },
    desk,
  )
}
