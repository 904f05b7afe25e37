import type { Answer } from '../../functions/mail/answer.ts'
import * as clients from './mail-clients.ts'
import { type Client } from './mail-clients.ts'
import {
  attachedMail,
  attachment,
  type Difference,
  dkimSignature,
  domainOf,
  type Facts,
  html,
  multipart,
  rawMail,
  received,
  replyTo,
  text,
  word,
} from './raw-mails.ts'
import type { CorpusMail } from './reply-corpus.ts'

const approve: Answer = { type: 'decision', decision: 'approve', reason: null }
const reject = (reason: string): Answer => ({ type: 'decision', decision: 'reject', reason })
const giveBack = (reason: string): Answer => ({ type: 'decision', decision: 'return', reason })

const genuine = (
  name: string,
  client: Client,
  words: string,
  answer: Answer,
  difference: Difference | ((facts: Facts) => Difference) = {},
): CorpusMail => ({
  name,
  kind: 'genuine',
  mail: (facts) => {
    const differs = typeof difference === 'function' ? difference(facts) : difference
    return received(facts, rawMail(facts, client(words, facts), differs), differs.envelope)
  },
  expected: () => ({ answer }),
})

const longReason =
  'the training record of the second quarter is missing, the mentor is not named, and the plan has no timetable'

const fiveMegabytes = Buffer.alloc(5 * 1024 * 1024, 'approve\r\nreject everything\r\n')

const inEveryClient: readonly CorpusMail[] = [
  genuine('Gmail, English', clients.gmailEn, 'Approve', approve),
  genuine('Gmail, Chinese', clients.gmailZh, '不同意 材料不全，请补充。', reject('材料不全，请补充。')),
  genuine(
    'Outlook for Windows, Chinese, GB2312',
    clients.outlookZh,
    '退回：培训方案缺少时间表',
    giveBack('培训方案缺少时间表'),
  ),
  genuine('Outlook for Windows, English', clients.outlookEn, 'Reject: no vacancy', reject('no vacancy')),
  genuine('Outlook, Taiwan, Big5', clients.outlookTw, '不同意，資料不齊', reject('資料不齊')),
  genuine('Outlook on a phone', clients.outlookMobile, '同意。', approve),
  genuine('Outlook in the browser, HTML only', clients.outlookWeb, 'APPROVE!', approve),
  genuine(
    'Outlook, original message, 7bit',
    clients.outlookClassic,
    'Return - please add the plan',
    giveBack('please add the plan'),
  ),
  genuine('Foxmail, GB2312', clients.foxmail, '同意', approve),
  genuine('QQ mail, GB18030', clients.qqMail, '不同意　人员编制已满', reject('人员编制已满')),
  genuine('QQ mail on a phone, HTML only', clients.qqMobile, '同意！', approve),
  genuine('NetEase 163, GBK', clients.netease, '退回，请写明导师。', giveBack('请写明导师。')),
  genuine('NetEase 163, English, GBK in 8bit', clients.neteaseEn, 'approve.', approve),
  genuine('NetEase on a phone', clients.neteaseMobile, '同意', approve),
  genuine('iPhone, Chinese', clients.iphoneZh, '同意', approve),
  genuine('iPhone, English', clients.iphoneEn, 'Reject — wrong centre', reject('wrong centre')),
  genuine('Thunderbird, format=flowed', clients.thunderbird, `return ${longReason}`, giveBack(longReason)),
  genuine('WeCom', clients.wecom, '不同意：面谈未完成', reject('面谈未完成')),
  genuine('HTML only, in a table, 8bit', clients.htmlOnly, '同意', approve),
  genuine('a bare text', clients.plain, 'approve', approve),
]

const wrapped = longReason.replace('mentor is', 'mentor\nis')

const asWritten: readonly CorpusMail[] = [
  genuine(
    'blank lines and a greeting of the signature below',
    clients.outlookZh,
    '\n \n　\n同意\n\n王芳\n分行行长',
    approve,
  ),
  genuine(
    'a byte order mark, zero-width and no-break spaces around',
    clients.plain,
    '\ufeff\u200b\u00a0　同意\u200b\u00a0　',
    approve,
  ),
  genuine('full-width Latin letters', clients.plain, 'Ａｐｐｒｏｖｅ！', approve),
  genuine('half-width ideographic full stop', clients.plain, '同意｡', approve),
  genuine('mixed case', clients.gmailEn, 'aPPROVE', approve),
  genuine(
    'full-width punctuation of the reason is kept',
    clients.plain,
    '不同意：（一）缺材料；（二）缺签字！',
    reject('（一）缺材料；（二）缺签字！'),
  ),
  genuine('several separators', clients.plain, '退回 —— 请补充', giveBack('请补充')),
  genuine('a tab before the reason', clients.plain, 'reject\tincomplete', reject('incomplete')),
  genuine('a reason that is a question', clients.plain, '退回 为什么没有培训方案？', giveBack('为什么没有培训方案？')),
  genuine('a reason broken off by the client', clients.plain, `reject ${wrapped}\n\nWang Fang`, reject(longReason)),
  genuine(
    'directional marks inside a reason',
    clients.plain,
    'reject \u202egnorw\u202c \u0007part',
    reject('gnorw   part'),
  ),
  genuine('the same answer twice', clients.plain, '同意\n\n同意', approve),
  genuine('the longest reason', clients.plain, `不同意 ${'长'.repeat(1000)}`, reject('长'.repeat(1000))),
  genuine(
    'other answers only below the signature',
    clients.plain,
    'approve\n\n-- \nreject is my other word\nreturn to me',
    approve,
  ),
  genuine(
    'other answers only in what is forwarded below',
    clients.plain,
    '同意\n\n---------- Forwarded message ---------\n不同意 材料不全',
    approve,
  ),
]

const inTheirEnvelopes: readonly CorpusMail[] = [
  genuine(
    'GB18030 characters beyond GBK',
    (words) => text(words, { charset: 'gb18030' }),
    '不同意 𠮷某档案缺失',
    reject('𠮷某档案缺失'),
  ),
  genuine(
    'the plain text is a placeholder',
    (words) => multipart('alternative', text('This message is in HTML format.'), html(`<p>${words}</p>`)),
    '同意',
    approve,
  ),
  genuine(
    'the plain text is empty',
    (words) => multipart('alternative', text(' \n\u00a0\n'), html(`<p>${words}</p>`)),
    'approve',
    approve,
  ),
  genuine(
    'HTML with pictures in it',
    (words) =>
      multipart(
        'related',
        html(`<h2>${words}</h2><img src="cid:a@b" alt="reject x">`),
        attachment('image/png', 'a.png', Buffer.from('png')),
      ),
    'Reject for the Record',
    reject('for the Record'),
  ),
  genuine(
    'an attachment of 5 MB',
    (words) => multipart('mixed', text(words), attachment('text/plain', 'all.txt', fiveMegabytes)),
    '同意',
    approve,
  ),
  genuine(
    'a forwarded mail attached, which says otherwise',
    (words, facts) => multipart('mixed', text(words), attachedMail(rawMail(facts, text('不同意 材料不全')))),
    '同意',
    approve,
  ),
  genuine(
    'a forwarded mail inline, which says otherwise',
    (words, facts) => multipart('mixed', text(words), attachedMail(rawMail(facts, text('reject it')), 'inline')),
    'approve',
    approve,
  ),
  genuine(
    'no closing boundary',
    (words) => ({
      headers: [['Content-Type', 'multipart/alternative; boundary=cut']],
      body: Buffer.from(`--cut\r\nContent-Type: text/plain\r\n\r\n${words}\r\n`),
    }),
    'approve',
    approve,
  ),
  genuine('no MIME headers, UTF-8', (words) => ({ headers: [], body: Buffer.from(words) }), '同意', approve),
  genuine(
    'bare line feeds',
    (words) => ({
      headers: [['Content-Type', 'text/plain; charset=utf-8']],
      body: Buffer.from(`${words}\n\n> 不同意 材料不全\n`),
    }),
    '同意',
    approve,
  ),
  genuine('asks for a read receipt, important', clients.foxmail, '同意', approve, {
    moreHeaders: [
      ['Disposition-Notification-To', '<wang@bank.test>'],
      ['X-Priority', '1'],
      ['Importance', 'high'],
    ],
  }),
  genuine('Auto-Submitted: no', clients.plain, '同意', approve, { headers: { 'Auto-Submitted': 'no' } }),
  genuine('an address without a name, in capitals', clients.plain, 'approve', approve, ({ sender }) => ({
    headers: { From: sender.toUpperCase() },
  })),
  genuine('a quoted name with a comma, folded', clients.plain, 'approve', approve, ({ sender }) => ({
    headers: { From: `"Wang, Fang (Branch)"\r\n <${sender}>` },
  })),
  genuine('the subject of a leave, replied to', clients.plain, '同意', approve, {
    subject: 'Re: 休假 / Out of office',
  }),
  genuine('a subject in GBK', clients.plain, '同意', approve, {
    headers: { Subject: word('答复: 【催办】上岗申请', 'gbk') },
  }),
  genuine('no subject and no id', clients.plain, 'approve', approve, {
    headers: { Subject: null, 'Message-ID': null },
  }),
  genuine('copies to others', clients.plain, '同意', approve, (facts) => ({
    envelope: { recipients: ['archive@elsewhere.test', replyTo(facts), `info@${facts.inboundDomain}`] },
  })),
  genuine('the domain in capitals, twice the same', clients.plain, '同意', approve, (facts) => ({
    envelope: { recipients: [replyTo(facts), replyTo(facts).replace(/@.*/, (domain) => domain.toUpperCase())] },
  })),
  genuine('the local part begins in capitals', clients.plain, '同意', approve, (facts) => ({
    envelope: { recipients: [replyTo(facts).replace('approval', 'Approval')] },
  })),
  genuine('no DMARC policy, signed by its own domain', clients.plain, '同意', approve, {
    envelope: { verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'GRAY' } },
  }),
  genuine('DMARC not processed, signed twice by its own domain', clients.plain, '同意', approve, ({ sender }) => ({
    moreHeaders: [dkimSignature(domainOf(sender).toUpperCase())],
    envelope: { verdicts: { spf: 'GRAY', dkim: 'PASS', dmarc: 'PROCESSING_FAILED' } },
  })),
  genuine('from a subdomain of the signing domain', clients.plain, 'approve', approve, ({ sender }) => ({
    headers: { 'DKIM-Signature': dkimSignature(domainOf(sender).replace(/^[^.]+\.(?=[^.]+\.)/, ''))[1] },
    envelope: { verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'GRAY' } },
  })),
]

export const genuineMails: readonly CorpusMail[] = [...inEveryClient, ...asWritten, ...inTheirEnvelopes]
