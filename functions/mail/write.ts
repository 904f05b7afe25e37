import type { EmployeeNo } from '../../shared/domain/ids.ts'
import type { Locale, Person } from '../../shared/domain/organisation.ts'
import { fill } from '../../shared/text/locale.ts'
import { mailPhrases } from '../../shared/text/mails.ts'
import type { Mail } from '../adapters/mailer.ts'
import type { System } from '../adapters/system.ts'
import { layOut, type Letter } from './layout.ts'
import { absenceLink } from './links.ts'

/** What writing takes: the bank's name and clock, and the means to make links. */
export type Desk = Pick<System, 'bankName' | 'zone' | 'now' | 'baseUrl' | 'secrets' | 'calendar' | 'policies'>

/** Whom a mail is for; without a number, the assistant whom HR has filed. */
export interface Recipient {
  readonly employeeNo: EmployeeNo | null
  readonly name: string
  readonly address: string
  readonly locale: Locale
}

export const recipientOf = ({ employeeNo, name, email, locale }: Person): Recipient => ({
  employeeNo,
  name,
  address: email,
  locale,
})

/** The mail that fulfils a duty. Every mail to an employee leads to the page on which they name a delegate. */
export const writeMail = async (
  dutyId: string,
  { employeeNo, name, address, locale }: Recipient,
  letter: Letter,
  desk: Desk,
): Promise<Mail> => {
  const phrases = mailPhrases[locale]
  const absence = employeeNo === null ? null : { label: phrases.absence, link: await absenceLink(desk, employeeNo) }
  return {
    dutyId,
    to: { name, address },
    language: locale,
    replyTo: null,
    inReplyTo: null,
    isReply: false,
    at: desk.now(),
    ...(await layOut(letter, { locale, footer: fill(phrases.footer, { bank: desk.bankName }), absence })),
  }
}
