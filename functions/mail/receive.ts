import type { AnswerToStranger, ReasonForStranger, SendAnswer } from '../../shared/domain/send-answer.ts'
import { digest } from '../adapters/digest.ts'
import type { System } from '../adapters/system.ts'
import { type Shown, show } from '../answering.ts'
import { mailAnswer } from '../perform.ts'
import { type Considered, consider } from './consider.ts'
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

const answerTo = (considered: Considered, { state, approval }: Shown, reply: Reply, id: string): SendAnswer | null => {
  switch (considered.type) {
    case 'decided':
    case 'code-mailed':
      return null
    case 'not-asked':
      return toStranger(reply, id, 'not-asked')
    case 'returned':
      return {
        kind: 'send-answer',
        id: `${state.id}-r${nameOf(id)}`,
        assistantId: state.id,
        approvalId: approval.id,
        to: approval.approver,
        reason: considered.reason,
        facts: considered.facts,
        // What a mail of an unknown author calls itself is left out.
        inReplyTo: reply.isAuthentic ? reply.messageId : null,
      }
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
      : answerTo(considered, shown, reading, mail.id)
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
