import type { SendCode } from '../../shared/domain/duty.ts'
import type { Person } from '../../shared/domain/organisation.ts'
import { codeMailTexts } from '../../shared/text/code-mail.ts'
import { fill } from '../../shared/text/locale.ts'
import { mailPhrases } from '../../shared/text/mails.ts'
import { localTime } from '../../shared/text/time.ts'
import type { Mail } from '../adapters/mailer.ts'
import type { Letterhead } from './compose.ts'
import { layOut } from './layout.ts'

/** Writes the mail with a code; `link` is where an answer that was given by mail is confirmed with it. */
export const composeCodeMail = async (
  duty: SendCode,
  { name, email, locale }: Person,
  { code, link }: { readonly code: string; readonly link: string | null },
  letterhead: Letterhead,
): Promise<Mail> => {
  const words = codeMailTexts[locale]
  const facts = { code, validUntil: localTime(duty.validUntil, letterhead.zone), subject: duty.subject }
  return {
    dutyId: duty.id,
    to: { name, address: email },
    language: locale,
    at: letterhead.now(),
    ...(await layOut({
      locale,
      subject: fill(words.subject, facts),
      opening: fill(link === null ? words.opening : words.confirmation, facts),
      parts: [
        {
          heading: null,
          rows: [[words.code, code]],
          action: link === null ? null : { label: words.confirm, link },
        },
      ],
      notes: [words.warning],
      footer: fill(mailPhrases[locale].footer, { bank: letterhead.bankName }),
    })),
  }
}
