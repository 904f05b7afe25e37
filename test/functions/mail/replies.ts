import { expect } from 'vitest'
import type { System } from '../../../functions/adapters/system.ts'
import { receive } from '../../../functions/mail/receive.ts'
import type { ReceivedMail } from '../../../functions/mail/read-reply.ts'
import type { Mail } from '../../../infra/local/mailbox.ts'
import { openStageOf } from '../../../shared/domain/assistant.ts'
import { applicationIdOf, type ApprovalId, type EmployeeNo } from '../../../shared/domain/ids.ts'
import { organisation, people } from '../../support/bank.ts'
import type { TestBank } from '../../support/engines.ts'
import { plain } from '../../support/mail-clients.ts'
import { type Difference, type Facts, rawMail, received } from '../../support/raw-mails.ts'
import { branchAsked, caseId, command, done, file, load } from '../support.ts'

/** Has the branch asked as the workflow would; nothing takes the case on by itself. */
export const branchAskedAlone = async ({ called }: TestBank, number: number): Promise<void> => {
  const id = caseId(number)
  await file(called, number)
  const applicationId = applicationIdOf(id, 1)
  done(await command(called, id, { type: 'open-stage', applicationId, begin: 'branch', round: 1 }, 'system'))
}

/** What a reply takes: the approval that someone was asked for, with its secret, and the registered address. */
export const factsOf = async (system: System, number: number, approver: EmployeeNo): Promise<Facts> => {
  const asked = openStageOf(await load(system, caseId(number)))?.asked.find((one) => one.approver === approver)
  const person = await system.directory.person(approver)
  if (asked === undefined || person === null) throw new Error(`${approver} was not asked.`)
  return {
    approvalId: asked.id,
    secret: await system.secrets.of('approval-link', asked.id),
    sender: person.email.toLowerCase(),
    inboundDomain: system.inboundDomain ?? '',
  }
}

export const addressOf = (person: EmployeeNo): string => organisation.people.get(person)!.email

/** A reply of the approver as a mail program writes it. */
export const replyOf = (facts: Facts, words: string, difference: Difference = {}): ReceivedMail =>
  received(facts, rawMail(facts, plain(words, facts), difference), difference.envelope)

let delivered = 0

/** Delivers a mail, under an id of its own unless told otherwise. @returns the mails that were sent because of it */
export const deliver = async (
  { system, mails }: TestBank,
  mail: ReceivedMail,
  id = `mail-${(delivered += 1)}`,
): Promise<readonly Mail[]> => {
  const before = mails.length
  await receive(system, { ...mail, id })
  return mails.slice(before)
}

/** Those among the mails that answer one which decided nothing. */
export const answersAmong = (mails: readonly Mail[]): readonly Mail[] =>
  mails.filter(({ headers }) => headers['auto-submitted'] === 'auto-replied')

/** Whether a mail holds the secret of an approval, in whatever case, in any of its parts. */
export const tellsSecret = ({ text, html, headers }: Mail, { secret }: Facts): boolean =>
  [text, html, ...Object.values(headers)].some((part) => part.toLowerCase().includes(secret.toLowerCase()))

/** The decisions of a case so far. */
export const decisionsOn = async (system: System, number: number) =>
  (await system.record.events(caseId(number), 0, 200)).filter(({ type }) => type === 'stage-decided')

/** The link of an approval that a mail holds. */
export const linkIn = ({ text }: Mail, id: ApprovalId): URL | null => {
  const [link] = new RegExp(`\\S+/decide/${id}#\\S+`).exec(text) ?? []
  return link === undefined ? null : new URL(link)
}

/** Headers and verdicts of a mail that somebody forged. */
export const forged = { envelope: { verdicts: { spf: 'PASS', dkim: 'FAIL', dmarc: 'FAIL' } } } as const

export const from = (address: string): Difference => ({ headers: { From: address } })

/** A case that waits for the branch, and what its first approver's reply takes. */
export const withRequest = async <Bank extends TestBank>(bank: Bank) => {
  await branchAsked(bank, 1)
  return { bank, facts: await factsOf(bank.system, 1, people.branch) }
}

/** Exactly one of the mails says why nothing was decided; others may come of what the case does meanwhile. */
export const expectSaid = (sent: readonly Mail[], text: string | RegExp) => {
  const answers = answersAmong(sent)
  expect(answers).toHaveLength(1)
  expect(answers[0]!.text).toMatch(text)
}
