import type { Channel } from '../domain/events.ts'
import type { RefusalCode } from '../domain/refusal.ts'
import type { ReasonForApprover, ReasonForStranger } from '../domain/send-answer.ts'
import type { CallProblem } from './problems.ts'
import type { Translated } from './locale.ts'

/** Reasons whose sentence stands with the refusals, or with the problems of a call. */
type Elsewhere = RefusalCode | Extract<ReasonForApprover, CallProblem>

/** The words of the mails that answer a mail which decided nothing. */
export const answerMailTexts: Translated<{
  /** To the approver; `{matter}` and `{assistant}` are what was asked. */
  readonly subject: string
  readonly reasons: Readonly<Record<Exclude<ReasonForApprover, Elsewhere>, string>>
  /** Around a sentence that stands elsewhere. */
  readonly elsewhere: string
  /** What the link is called behind which the approver decides. */
  readonly page: string
  /** Above the answers that are read. */
  readonly answers: string
  readonly way: string
  /** The ways by which something is decided. */
  readonly ways: Readonly<Partial<Record<Channel, string>>>
  /** To somebody who was not asked. */
  readonly strangerSubject: string
  readonly strangers: Readonly<Record<ReasonForStranger, string>>
}> = {
  'zh-CN': {
    subject: '【回复未生效】{matter}：{assistant}',
    reasons: {
      'not-authentic':
        '收到一封以您的名义作出的回复，因无法确认由您本人发出，未予受理，不会有任何改动。如需作出决定，请打开下列链接；如非您本人操作，请告知系统管理员。',
      'no-answer':
        '已收到您的回复，但其第一行不是系统能够识别的答复，尚未生效。请按下列方式重新回复，或打开页面作出决定。',
      'several-answers':
        '已收到您的回复，但其中有几种不同的答复，无法确定以哪一种为准，尚未生效。请按下列方式重新回复，或打开页面作出决定。',
      'page-only': '已收到您的回复，但该事项只能在页面上作出决定，回复尚未生效。请打开下列链接。',
      withdrawn: '已收到您的回复，但{matter}已由申请方撤回，回复未生效，您无需再处理。',
      expired: '已收到您的回复，但{matter}已逾期失效，回复未生效，您无需再处理。',
      closed: '已收到您的回复，但{matter}已经终止，回复未生效，您无需再处理。',
      reassigned: '已收到您的回复，但{matter}已改由他人审批，回复未生效，您无需再处理。',
    },
    elsewhere: '已收到您的回复，但未生效。{detail}',
    page: '打开审批页面',
    answers: '请回复征询您意见的原邮件，第一行只写：',
    way: '途径',
    ways: { page: '审批页面', reply: '邮件回复' },
    strangerSubject: '【邮件未受理】',
    strangers: {
      'not-addressed':
        '您的邮件未被受理：收件地址不是有效的审批答复地址，或已失效。如您是审批人，请回复最新的审批邮件，或打开其中的链接。',
      'not-asked':
        '您的邮件未被受理：该事项未征询您的意见，不会有任何改动。如您是审批人，请使用登记邮箱回复审批邮件，或打开其中的链接。',
    },
  },
  en: {
    subject: 'Your reply did not count: {matter}, {assistant}',
    reasons: {
      'not-authentic':
        'A reply came in your name and was not accepted, because it is not certain that you sent it. Nothing is changed. To decide, open the link; if it was not you who wrote, please tell whoever runs the system.',
      'no-answer':
        'Your reply has arrived and does not count, because its first line is none of the answers that are read. Please reply again as below, or decide on the page.',
      'several-answers':
        'Your reply has arrived and does not count, because it gives several answers and leaves open which is meant. Please reply again as below, or decide on the page.',
      'page-only':
        'Your reply has arrived and does not count, because this is decided on its page alone: please open the link.',
      withdrawn:
        'Your reply has arrived and does not count, because the filer has withdrawn this: {matter}. You need do nothing more.',
      expired:
        'Your reply has arrived and does not count, because this has expired: {matter}. You need do nothing more.',
      closed: 'Your reply has arrived and does not count, because this has ended: {matter}. You need do nothing more.',
      reassigned:
        'Your reply has arrived and does not count, because somebody else is asked by now: {matter}. You need do nothing more.',
    },
    elsewhere: 'Your reply has arrived and does not count. {detail}',
    page: 'Open the page',
    answers: 'Reply to the mail that asked you, with nothing in the first line but:',
    way: 'By way of',
    ways: { page: 'the page', reply: 'a reply by mail' },
    strangerSubject: 'Your mail was not accepted',
    strangers: {
      'not-addressed':
        'Your mail was not accepted: it went to an address that takes no answers, or not any more. If you are asked to decide something, reply to the newest mail that asks you, or open its link.',
      'not-asked':
        'Your mail was not accepted: you were not asked about this, and nothing is changed. If you are an approver, reply from your registered address, or open the link in the mail that asks you.',
    },
  },
}
