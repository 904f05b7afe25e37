import type { SendCode } from '../../shared/domain/duty.ts'
import type { Stage } from '../../shared/domain/events.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import { addDays, type Day, dayOf } from '../../shared/domain/time.ts'
import type { System } from '../adapters/system.ts'

type Linking = Pick<System, 'baseUrl' | 'secrets'>

/** Where the approver who was asked decides. */
export const decideLink = async ({ baseUrl, secrets }: Linking, approvalId: string): Promise<string> =>
  `${baseUrl}/decide/${approvalId}#${await secrets.of('approval-link', approvalId)}`

/** Where whoever was asked for it names who takes the clients. */
const handOverLink = async ({ baseUrl, secrets }: Linking, approvalId: string): Promise<string> =>
  `${baseUrl}/hand-over/${approvalId}#${await secrets.of('approval-link', approvalId)}`

/** Where a stage is answered by the one who was asked. */
export const stageLink = (linking: Linking, stage: Stage, approvalId: string): Promise<string> =>
  stage === 'hand-over' ? handOverLink(linking, approvalId) : decideLink(linking, approvalId)

/** Where the approver who was asked answers by mail; null where no mail is received. */
export const replyAddress = async (
  { inboundDomain, secrets }: Pick<System, 'inboundDomain' | 'secrets'>,
  approvalId: string,
): Promise<string | null> =>
  inboundDomain === null
    ? null
    : `approval+${approvalId}.${await secrets.of('approval-link', approvalId)}@${inboundDomain}`

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

const disputeSubject = (approvalId: string, person: string): string => `${approvalId}/${person}`

/** Where someone says that a decision in their name was not theirs; the secret is for the one person. */
export const disputeLink = async (
  { baseUrl, secrets }: Linking,
  approvalId: string,
  person: string,
): Promise<string> => {
  const secret = await secrets.of('dispute-link', disputeSubject(approvalId, person))
  return `${baseUrl}/dispute/${approvalId}#${person}.${secret}`
}

export const isDisputeSecret = (
  { secrets }: Pick<Linking, 'secrets'>,
  approvalId: string,
  person: string,
  secret: string,
): Promise<boolean> => secrets.matches('dispute-link', disputeSubject(approvalId, person), secret)

type Calendar = Pick<System, 'zone' | 'now'>

const monthOf = (day: Day): string => day.slice(0, 7)

const subjectOf = (person: EmployeeNo, month: string): string => `${person}/${month}`

/** Where someone says that they will be away; each month's mails carry another secret. */
export const absenceLink = async (
  { baseUrl, secrets, zone, now }: Linking & Calendar,
  person: EmployeeNo,
): Promise<string> => {
  const secret = await secrets.of('absence-link', subjectOf(person, monthOf(dayOf(now(), zone))))
  return `${baseUrl}/absence/${person}#${secret}`
}

/** Whether the secret is of a mail of this month or the last. */
export const isAbsenceSecret = async (
  { secrets, zone, now }: Pick<Linking, 'secrets'> & Calendar,
  person: EmployeeNo,
  secret: string,
): Promise<boolean> => {
  const today = dayOf(now(), zone)
  const lastOfPrevious = addDays(`${monthOf(today)}-01` as Day, -1)
  const matches = await Promise.all(
    [today, lastOfPrevious].map((day) => secrets.matches('absence-link', subjectOf(person, monthOf(day)), secret)),
  )
  return matches.includes(true)
}
