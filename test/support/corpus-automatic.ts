import type { SignOfMachine } from '../../functions/mail/automatic.ts'
import {
  attachedMail,
  type Difference,
  type Entity,
  type Facts,
  html,
  multipart,
  rawMail,
  received,
  text,
  word,
} from './raw-mails.ts'
import type { CorpusMail } from './reply-corpus.ts'

/** Every one says 同意 where it can, so that only its sign keeps it from deciding. */
const words = '同意\n\n我正在休假，期间无法处理邮件，将尽快回复。'

const automatic = (
  name: string,
  sign: SignOfMachine,
  difference: Difference,
  content: Entity | ((facts: Facts) => Entity) = text(words),
): CorpusMail => ({
  name,
  kind: 'automatic',
  mail: (facts) =>
    received(
      facts,
      rawMail(facts, typeof content === 'function' ? content(facts) : content, difference),
      difference.envelope,
    ),
  expected: () => ({ sign }),
})

const header = (name: string, value: string): Difference => ({ headers: { [name]: value } })

const status: Entity = {
  headers: [['Content-Type', 'message/delivery-status']],
  body: Buffer.from(
    'Reporting-MTA: dns; mail.bank.test\r\n\r\nFinal-Recipient: rfc822; wang@bank.test\r\nAction: failed\r\nStatus: 5.1.1\r\n',
  ),
}
const disposition: Entity = {
  headers: [['Content-Type', 'message/disposition-notification']],
  body: Buffer.from(
    'Final-Recipient: rfc822; wang@bank.test\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n',
  ),
}

const absences: readonly CorpusMail[] = [
  automatic('Exchange out of office', 'auto-submitted', {
    subject: '自动答复: 【请审批】客户经理助理上岗申请',
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }),
  automatic('Exchange out of office whose headers a gateway dropped', 'subject', {
    subject: 'Automatic reply: Please decide: onboarding',
  }),
  automatic('Exchange, older, English', 'subject', { subject: 'Out of Office: Please decide: onboarding' }),
  automatic('Coremail', 'subject', { subject: '自动回复：【请审批】客户经理助理上岗申请' }),
  automatic('Coremail with its header', 'auto-response', {
    subject: '自动回复：【请审批】',
    headers: { 'X-Autoreply': 'yes' },
  }),
  automatic('Gmail vacation', 'auto-submitted', {
    subject: 'I am away Re: 【请审批】',
    headers: { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk', 'X-Autoreply': 'yes' },
  }),
  automatic('QQ mail, GBK subject', 'subject', {
    headers: { Subject: word('自动回复:【请审批】上岗申请', 'gb18030') },
  }),
  automatic('NetEase, HTML', 'subject', { subject: '自动回复:【请审批】' }, html('<p>同意</p>')),
  automatic('Taiwan, Big5 subject', 'subject', { headers: { Subject: word('自動回覆: 請審批', 'big5') } }),
  automatic('absent, in brackets', 'subject', { subject: '【外出】王芳 3 月 9 日返岗' }),
  automatic('not in the office', 'subject', { subject: '不在办公室: 【请审批】' }),
  automatic('on leave', 'subject', { subject: '休假中 Re: 【请审批】' }),
  automatic('OOO in full width', 'subject', { subject: 'ＯＯＯ：王芳' }),
  automatic('in square brackets', 'subject', { subject: '[自动回复] 【请审批】' }),
  automatic('OOO', 'subject', { subject: 'OOO until Monday: Please decide' }),
  automatic('auto-reply with a hyphen', 'subject', { subject: 'Auto-Reply: Please decide' }),
  automatic(
    'RFC 3834 with parameters',
    'auto-submitted',
    header('Auto-Submitted', 'auto-replied; owner-email="w@bank.test"'),
  ),
  automatic('Auto-Submitted that only begins with no', 'auto-submitted', header('Auto-Submitted', 'notification')),
  automatic('X-Autorespond', 'auto-response', header('X-Autorespond', 'Please decide')),
  automatic('X-Auto-Response-Suppress', 'auto-response', header('X-Auto-Response-Suppress', 'OOF, AutoReply')),
  automatic('X-Loop', 'auto-response', header('X-Loop', 'wang@bank.test')),
]

const reports: readonly CorpusMail[] = [
  automatic('null sender', 'null-sender', { envelope: { returnPath: '' } }),
  automatic('null sender in angle brackets', 'null-sender', { envelope: { returnPath: '<>' } }),
  automatic('null Return-Path header', 'null-sender', { moreHeaders: [['Return-Path', '<>']] }),
  automatic(
    'DSN of Exchange',
    'null-sender',
    {
      subject: '未送达: 【请审批】',
      headers: { From: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@bank.test>' },
      envelope: { returnPath: '' },
    },
    multipart('report', text(words), status),
  ),
  automatic('DSN of Postfix with a sender', 'report', { subject: 'Please decide' }, (facts) =>
    multipart('report', text(words), status, attachedMail(rawMail(facts, text(words)))),
  ),
  automatic('a report without its parts', 'report', {}, multipart('report', text(words))),
  automatic('a delivery status inside another multipart', 'report', {}, multipart('mixed', text(words), status)),
  automatic('a read receipt', 'report', { subject: 'Re: 【请审批】' }, multipart('report', text(words), disposition)),
  automatic('a read receipt without a report', 'subject', { subject: '已读: 【请审批】客户经理助理上岗申请' }),
  automatic('a read receipt of Outlook', 'subject', { subject: 'Read: Please decide: onboarding' }),
  automatic('deleted without being read', 'subject', { subject: 'Not read: Please decide' }),
  automatic('bounce of QQ mail', 'machine-sender', {
    subject: '【请审批】',
    headers: { From: '"PostMaster" <PostMaster@qq.test>' },
  }),
  automatic('bounce of Coremail', 'subject', { subject: '系统退信/Systems bounce' }),
  automatic('bounce of qmail', 'subject', { subject: 'failure notice' }),
  automatic('bounce of sendmail', 'subject', { subject: 'Returned mail: see transcript for details' }),
  automatic('bounce of Exim', 'auto-response', header('X-Failed-Recipients', 'wang@bank.test')),
  automatic('bounce, only its subject', 'subject', { subject: 'Undeliverable: Please decide' }),
  automatic('bounce, delivery status', 'subject', { subject: 'Delivery Status Notification (Failure)' }),
  automatic('mailer-daemon', 'machine-sender', header('From', 'Mail Delivery System <MAILER-DAEMON@bank.test>')),
  automatic('envelope of a mailer-daemon', 'machine-sender', { envelope: { returnPath: 'mailer-daemon@bank.test' } }),
]

const machines: readonly CorpusMail[] = [
  automatic('no-reply', 'machine-sender', header('From', 'Tickets <no-reply@desk.test>')),
  automatic('donotreply', 'machine-sender', header('From', 'do_not_reply@desk.test')),
  automatic(
    'one of several authors is a machine',
    'machine-sender',
    header('From', 'wang@bank.test, noreply@desk.test'),
  ),
  automatic('mailing list', 'list', {
    headers: { 'List-Id': '<approvers.bank.test>', 'List-Post': '<mailto:approvers@bank.test>' },
  }),
  automatic('newsletter', 'list', header('List-Unsubscribe', '<https://news.test/u>')),
  automatic('Precedence: bulk', 'precedence', header('Precedence', 'bulk')),
  automatic('Precedence: list', 'precedence', header('Precedence', 'list')),
  automatic('Precedence: junk', 'precedence', header('Precedence', 'Junk')),
  automatic('Precedence: auto_reply', 'precedence', header('Precedence', 'auto_reply')),
  automatic('our own mail comes back', 'own-mail', header('X-Zhuli-Duty', '7k3m9q2d-000012')),
  automatic('an accepted meeting', 'subject', { subject: 'Accepted: Please decide' }),
  {
    name: 'too many parts to read, by a machine',
    kind: 'automatic',
    mail: (facts) =>
      received(
        facts,
        rawMail(
          facts,
          multipart('mixed', ...Array.from({ length: 1100 }, () => text(words))),
          header('Precedence', 'bulk'),
        ),
      ),
    expected: () => ({ sign: 'precedence' satisfies SignOfMachine }),
  },
]

export const automaticMails: readonly CorpusMail[] = [...absences, ...reports, ...machines]
