import type { SendCode } from '../../shared/domain/duty.ts'
import type { System } from '../adapters/system.ts'

type Linking = Pick<System, 'baseUrl' | 'secrets'>

/** Where the approver who was asked decides. */
export const decideLink = async ({ baseUrl, secrets }: Linking, approvalId: string): Promise<string> =>
  `${baseUrl}/decide/${approvalId}#${await secrets.of('approval-link', approvalId)}`

/** A longer reason makes a link that some mail programs cut off: its writer types it again. */
const longestReason = 300

/** Where an answer given by mail is confirmed: the page has it filled in, and the code with it. */
export const confirmationLink = async (
  linking: Linking,
  { subject, answer }: SendCode,
  code: string,
): Promise<string> => {
  const filledIn = new URLSearchParams({ code, ...(answer === null ? {} : { decision: answer.decision }) })
  const reason = answer?.reason ?? ''
  if (reason !== '' && reason.length <= longestReason) filledIn.set('reason', reason)
  return `${await decideLink(linking, subject)}&${filledIn.toString()}`
}
