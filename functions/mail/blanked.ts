import type { SentMail } from '../../shared/domain/evidence.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import type { Mail } from '../adapters/mailer.ts'

/** The part of every link of ours that is secret stands behind the `#`, up to the next blank. */
const fragments = /(https?:\/\/[^\s#]+)#\S+/g

/** A mail as it is kept: with neither the secrets of its links nor the code in it. */
export const blanked = (
  { at, to, subject, text }: Mail,
  employeeNo: EmployeeNo | 'assistant',
  code: string | null = null,
): SentMail => {
  const linked = text.replaceAll(fragments, '$1#…')
  return {
    at,
    to: { employeeNo, address: to.address },
    subject,
    text: code === null ? linked : linked.replaceAll(code, '••••••'),
  }
}
