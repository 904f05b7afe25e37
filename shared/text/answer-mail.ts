import type { Channel } from '../domain/events.ts'
import type { ReasonForStranger } from '../domain/send-answer.ts'
import type { Translated } from './locale.ts'

/** The words of the mails that answer a mail which decided nothing. */
export const answerMailTexts: Translated<{
  /** To the approver; `{matter}` and `{assistant}` are what was asked. */
  readonly subject: string
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
