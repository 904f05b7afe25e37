import { type AssistantCase, stageOfApproval } from '../../shared/domain/assistant.ts'
import type { Person } from '../../shared/domain/organisation.ts'
import type { AnswerToApprover, AnswerToStranger, ReasonForApprover } from '../../shared/domain/send-answer.ts'
import { answerMailTexts } from '../../shared/text/answer-mail.ts'
import { fill } from '../../shared/text/locale.ts'
import { mailPhrases } from '../../shared/text/mails.ts'
import { replyTexts } from '../../shared/text/reply.ts'
import type { Mail } from '../adapters/mailer.ts'
import type { Part } from './layout.ts'
import { matterOfStage } from './matter.ts'
import { type Desk, recipientOf, writeMail } from './write.ts'

/** Reasons after which the same reply, written otherwise, would count. */
const mayAnswerAgain: ReadonlySet<ReasonForApprover> = new Set(['no-answer', 'several-answers', 'reason-required'])

/** Reasons after which there is nothing to decide on the page. */
export const hasNoPage: ReadonlySet<ReasonForApprover> = new Set(['withdrawn', 'expired', 'closed', 'reassigned'])

/** Writes the mail that tells an approver why a mail decided nothing; `link` is where they decide. */
export const composeAnswer = async (
  duty: AnswerToApprover,
  person: Person,
  state: AssistantCase,
  link: string | null,
  desk: Desk,
): Promise<Mail> => {
  const { locale } = person
  const words = answerMailTexts[locale]
  const phrases = mailPhrases[locale]
  const stage = stageOfApproval(state, duty.approvalId)
  if (stage === null) throw new Error('An answer is about an approval that nobody was asked for.')
  const matter = matterOfStage(state, stage, locale)
  const caseNumber = stage.applicationId ?? state.id
  const way = duty.channel === null ? undefined : words.ways[duty.channel]
  const about: Part = {
    heading: null,
    rows: [
      [phrases.facts.assistant, state.particulars.name],
      [phrases.facts.centre, stage.dossier.centre],
      [phrases.facts.caseNumber, caseNumber],
      ...(way === undefined ? [] : [[words.way, way] as const]),
    ],
    action: link === null ? null : { label: words.page, link },
  }
  const answers: Part = { heading: words.answers, rows: replyTexts[locale].answers, action: null }
  const letter = {
    subject: `${fill(words.subject, { matter, assistant: state.particulars.name })} [${caseNumber}]`,
    opening: duty.sentence,
    parts: mayAnswerAgain.has(duty.reason) ? [about, answers] : [about],
    notes: link === null ? [] : [phrases.linkOnly],
  }
  const mail = await writeMail(duty.id, recipientOf(person), letter, desk)
  return { ...mail, inReplyTo: duty.inReplyTo, isReply: true }
}

/** Writes the mail that tells whoever wrote why it decided nothing: in both languages, for theirs is not known. */
export const composeAnswerToStranger = async (duty: AnswerToStranger, desk: Desk): Promise<Mail> => {
  const { 'zh-CN': chinese, en: english } = answerMailTexts
  const reader = { employeeNo: null, name: '', address: duty.to.address, locale: 'zh-CN' } as const
  const letter = {
    subject: `${chinese.strangerSubject}${english.strangerSubject}`,
    opening: chinese.strangers[duty.reason],
    parts: [],
    notes: [english.strangers[duty.reason], fill(mailPhrases.en.footer, { bank: desk.bankName })],
  }
  return { ...(await writeMail(duty.id, reader, letter, desk)), inReplyTo: duty.inReplyTo, isReply: true }
}
