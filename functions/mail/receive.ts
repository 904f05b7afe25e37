import { Channel } from '../../shared/domain/kinds.ts'
import type {
  AnswerToApprover,
  AnswerToStranger,
  ReasonForStranger,
  SendAnswer,
} from '../../shared/domain/send-answer.ts'
import { explainReason } from '../../shared/text/answer-reasons.ts'
import { digest } from '../adapters/digest.ts'
import type { System } from '../adapters/system.ts'
import { type Shown, show } from '../answering.ts'
import { mailAnswer } from '../perform.ts'
import { type Considered, consider } from './consider.ts'
import { matterOfStage } from './matter.ts'
import { readReply, type ReceivedMail, type Reply } from './read-reply.ts'

/** A mail with the id that SES gave it, the same however often it is delivered. */
export interface DeliveredMail extends ReceivedMail {
  readonly id: string
}

/** Short, of letters that a key and a header take, whatever the id is made of. */
const nameOf = (mailId: string): string => digest(mailId).slice(0, 32)

/** Only a sender who surely sent the mail is answered: any other address may be somebody else's. */
const toStranger = (reply: Reply, mailId: string, reason: ReasonForStranger): AnswerToStranger | null =>
  !reply.isAuthentic || reply.from === null
    ? null
    : {
        kind: 'send-answer',
        id: `reply-${nameOf(mailId)}`,
        assistantId: null,
        to: { address: reply.from },
        reason,
        inReplyTo: reply.messageId,
      }

/** To the approver's registered address; null where there is none any more. */
const toApprover = async (
  { directory }: System,
  { reason, facts }: Extract<Considered, { type: 'returned' }>,
  { state, stage, approval }: Shown,
  reply: Reply,
  mailId: string,
): Promise<AnswerToApprover | null> => {
  const person = await directory.person(approval.approver)
  if (person === null) return null
  const { data: channel = null } = Channel.safeParse(facts['channel'])
  return {
    kind: 'send-answer',
    id: `${state.id}-r${nameOf(mailId)}`,
    assistantId: state.id,
    approvalId: approval.id,
    to: approval.approver,
    reason,
    sentence: explainReason(reason, facts, matterOfStage(state, stage, person.locale), person.locale),
    channel,
    // What a mail of an unknown author calls itself is left out.
    inReplyTo: reply.isAuthentic ? reply.messageId : null,
  }
}

const answerTo = async (
  system: System,
  considered: Considered,
  shown: Shown,
  reply: Reply,
  mailId: string,
): Promise<SendAnswer | null> => {
  switch (considered.type) {
    case 'decided':
    case 'code-mailed':
      return null
    case 'not-asked':
      return toStranger(reply, mailId, 'not-asked')
    case 'returned':
      return toApprover(system, considered, shown, reply, mailId)
  }
}

/**
 * Takes a mail that arrived at the inbound domain: it decides, or has a code mailed, or is answered once with why it
 * does not count. Machines are never answered. What throws is worth a retry: the store or KMS failed.
 */
export const receive = async (system: System, mail: DeliveredMail): Promise<void> => {
  const { inboundDomain } = system
  if (inboundDomain === null) throw new Error('A mail arrived, but INBOUND_DOMAIN says that none does.')
  const reading = await readReply(mail, inboundDomain)
  if (reading.type === 'automatic') {
    system.log.info('A machine wrote, and is not answered.', { mail: mail.id, sign: reading.sign })
    return
  }
  const { approval } = reading
  const shown = approval === null ? null : await show(system, approval.approvalId, approval.secret, 'matchesFolded')
  const considered = shown === null ? null : await consider(system, shown, reading, mail.id)
  const duty =
    shown === null || considered === null
      ? toStranger(reading, mail.id, 'not-addressed')
      : await answerTo(system, considered, shown, reading, mail.id)
  const look = async () => {
    if (shown === null) throw new Error('An answer to a stranger is about no case.')
    return shown
  }
  const answered = duty === null ? null : await mailAnswer(system, duty, look)
  system.log.info('A mail was taken.', {
    case: shown?.state.id ?? null,
    mail: mail.id,
    approval: shown?.approval.id ?? null,
    came: considered?.type ?? 'not-addressed',
    reason: duty?.reason ?? null,
    answered,
  })
}
