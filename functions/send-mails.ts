import { type AssistantCase, stageOfApproval } from '../shared/domain/assistant.ts'
import type { SendCode, SendMail } from '../shared/domain/duty.ts'
import type { Stage } from '../shared/domain/events.ts'
import type { ApprovalId } from '../shared/domain/ids.ts'
import type { Organisation } from '../shared/domain/organisation.ts'
import type { SendAnswer } from '../shared/domain/send-answer.ts'
import type { StageRecord } from '../shared/domain/stage.ts'
import { isSteppedUp } from '../shared/domain/step-up.ts'
import type { System } from './adapters/system.ts'
import { blanked } from './mail/blanked.ts'
import { composeAnswer, composeAnswerToStranger, hasNoPage } from './mail/compose-answer.ts'
import { composeCodeMail } from './mail/compose-code.ts'
import { composeMail, type Ways } from './mail/compose.ts'
import { confirmationLink, decideLink, disputeLink, replyAddress, stageLink } from './mail/links.ts'
import { type Recipient, recipientOf } from './mail/write.ts'
import type { DutyResult, Look } from './duty-result.ts'

const readerOf = ({ to }: SendMail, state: AssistantCase, organisation: Organisation): Recipient | null => {
  if (to === 'assistant') {
    const { name, email } = state.particulars
    return { employeeNo: null, name, address: email, locale: 'zh-CN' }
  }
  const person = organisation.people.get(to)
  return person === undefined ? null : recipientOf(person)
}

/** How a request can be answered: on its page, and by a reply where one is read that can say it. */
const waysToDecide = async (system: System, id: ApprovalId, state: AssistantCase, stage: Stage): Promise<Ways> => {
  const { now, zone, policies } = system
  const replyTo = await replyAddress(system, id)
  const canReply = replyTo !== null && (stage === 'branch' || stage === 'hq')
  const decides = isSteppedUp(state, stage, 'reply', { now: now(), zone, policies })
  return { link: await decideLink(system, id), replyTo, reply: canReply ? (decides ? 'decides' : 'needsCode') : null }
}

/** What the reader of a mail can do; null for what only tells. */
const waysOf = async (
  system: System,
  { notice, approvalId, to }: SendMail,
  stage: StageRecord | null,
  state: AssistantCase,
): Promise<Ways | null> => {
  if (approvalId === null || stage === null) return null
  if (notice === 'decision-request') return waysToDecide(system, approvalId, state, stage.stage)
  if (notice === 'hand-over-request')
    return { link: await stageLink(system, stage.stage, approvalId), replyTo: null, reply: null }
  // The settlement of a dispute is the last word.
  const isDisputable = notice === 'receipt' && stage.stage !== 'dispute'
  return isDisputable ? { link: await disputeLink(system, approvalId, to), replyTo: null, reply: null } : null
}

const isRequest: ReadonlySet<SendMail['notice']> = new Set(['decision-request', 'hand-over-request'])

/** Writes and sends a notice; nothing where it is not needed any more, or nobody can be mailed. */
export const sendMail = async (system: System, duty: SendMail, look: Look): Promise<DutyResult> => {
  const { approvalId, notice } = duty
  const { state, organisation: lookAround } = await look()
  const stage = approvalId === null ? null : stageOfApproval(state, approvalId)
  // A request that was answered, or has expired, while the mail waited would only confuse its reader.
  if (isRequest.has(notice) && stage?.status !== 'open') return 'done'
  const organisation = await lookAround()
  const recipient = readerOf(duty, state, organisation)
  if (recipient === null) {
    system.log.info('Nobody to mail: the person is not on record.', { case: duty.assistantId, duty: duty.id })
    return 'done'
  }
  const ways = await waysOf(system, duty, stage, state)
  const mail = await composeMail(duty, recipient, state, organisation, system, ways)
  await system.mailer.send(mail)
  return { outcome: { type: 'mailed', mail: blanked(mail, duty.to) } }
}

/** Sends a code while it is valid. */
export const sendCode = async (system: System, duty: SendCode): Promise<DutyResult> => {
  const { to, subject, issue, answer, validUntil } = duty
  const person = await system.directory.person(to)
  if (person === null || system.now() >= validUntil) return 'done'
  const code = await system.secrets.code(subject, issue)
  const link = answer === null ? null : await confirmationLink(system, duty, code)
  const mail = await composeCodeMail(duty, recipientOf(person), { code, link }, system)
  await system.mailer.send(mail)
  return { outcome: { type: 'mailed', mail: blanked(mail, to, code) } }
}

/** How often an answer to somebody unknown is tried, about a day long: some addresses can't be mailed at all. */
const triesForStranger = 12

/** Answers a mail that could not be heeded. */
export const sendAnswer = async (
  system: System,
  duty: SendAnswer,
  look: Look,
  attempts: number,
): Promise<DutyResult> => {
  if (duty.assistantId === null) {
    if (attempts <= triesForStranger) await system.mailer.send(await composeAnswerToStranger(duty, system))
    else system.log.info('Gave up an answer that could not be mailed.', { duty: duty.id })
    return 'done'
  }
  const person = await system.directory.person(duty.to)
  if (person === null) return 'done'
  const { state } = await look()
  const link = hasNoPage.has(duty.reason) ? null : await decideLink(system, duty.approvalId)
  const mail = await composeAnswer(duty, person, state, link, system)
  await system.mailer.send(mail)
  return { outcome: { type: 'mailed', mail: blanked(mail, duty.to) } }
}
