import * as clients from './mail-clients.ts'
import { type Client } from './mail-clients.ts'
import { attachedMail, attachment, type Difference, html, multipart, rawMail, received, text } from './raw-mails.ts'
import type { CorpusMail, Reply } from './reply-corpus.ts'

const polite = (
  name: string,
  client: Client,
  words: string,
  expected: Partial<Reply>,
  difference: Difference = {},
): CorpusMail => ({
  name,
  kind: 'polite',
  mail: (facts) => received(facts, rawMail(facts, client(words, facts), difference), difference.envelope),
  expected: () => expected,
})

const none: Partial<Reply> = { answer: { type: 'none' } }
const several: Partial<Reply> = { answer: { type: 'several' } }
const unexplained = (decision: 'reject' | 'return'): Partial<Reply> => ({
  answer: { type: 'decision', decision, reason: null },
})

/** What people write that is not one of the exact answers. */
const nearAnswers = `
同意吗|同意？|同意吗？|不同意见请见附件|同意但请补充材料|同意，请尽快办理|同意 谢谢|我同意|基本同意|原则上不同意|不同意？|不同意 ？|不同意 吗？|退回？|退回材料
已同意|同 意|同意同意|请审批|收到|好的|同意/不同意|“同意”|1. 同意|同意\u200b吗|同意。。|同意 。|不同意;材料不全|不同意。材料不全
approved|disapprove|I approve|approve?|Approve it|approve of this|approve, please|Not approve|rejected|returned|reject?|return ?|Returning soon
Return-to-office plan|approve/reject|ok|👍|"approve"|* approve|Dear all|approve - fine|reject/return|yes`
  .trim()
  .split(/[|\n]/)

export const undecidedMails: readonly CorpusMail[] = [
  ...nearAnswers.map((words) => polite(`not an answer: ${words}`, clients.outlookZh, words, none)),
  polite('a greeting comes first', clients.plain, '您好：\n\n同意', none),
  polite('nothing but the quotation, Gmail', clients.gmailZh, '', none),
  polite('nothing but the quotation, Outlook', clients.outlookZh, '', none),
  polite('nothing but the quotation, QQ mail', clients.qqMail, '', none),
  polite('nothing but the quotation, Foxmail', clients.foxmail, '\u00a0', none),
  polite('nothing but the quotation, HTML only', clients.outlookWeb, '', none),
  polite('nothing but the quotation, phone', clients.iphoneZh, '', none),
  polite('nothing but the quotation, NetEase', clients.neteaseMobile, '', none),
  polite('nothing at all', clients.plain, '', none),
  polite('the answer below the quotation', clients.bottomPosting, 'approve', none),
  polite('the answer below the signature of a phone', clients.plain, '发自我的iPhone\n\n同意', none),
  polite('the answer only in the subject', clients.plain, '', none, { subject: '同意' }),
  polite('a marked quotation with full-width signs', clients.plain, '＞同意\n＞不同意 材料不全', none),
  polite('forwarded inline', clients.plain, '请处理。\n\n-----转发邮件-----\n发件人: 王芳\n\n同意', none),
  polite(
    'forwarded inline without a word',
    clients.plain,
    '---------- Forwarded message ---------\nFrom: Wang\n\napprove',
    none,
  ),
  polite(
    'forwarded as an attachment',
    (words, facts) => multipart('mixed', text(''), attachedMail(rawMail(facts, text(words)))),
    'approve',
    none,
  ),
  polite(
    'forwarded as an inline attachment',
    (words, facts) => multipart('mixed', text('fyi'), attachedMail(rawMail(facts, text(words)), 'inline')),
    'approve',
    none,
  ),
  polite(
    'nothing but a forwarded mail',
    (words, facts) => attachedMail(rawMail(facts, text(words)), 'inline'),
    'approve',
    none,
  ),
  polite(
    'the answer in an attached text',
    (words) => multipart('mixed', text('见附件'), attachment('text/plain', 'a.txt', Buffer.from(words))),
    '同意',
    none,
  ),
  polite('the answer as a picture', (words) => multipart('related', html(`<img alt="${words}">`)), 'approve', none),
  polite('two answers', clients.plain, '同意\n\n不同意 材料不全', several),
  polite('two answers in English', clients.gmailEn, 'reject incomplete\nreturn please add the plan', several),
  polite('all answers of the request copied', clients.plain, '同意\n不同意\n退回', several),
  polite('an answer for a reason', clients.plain, '不同意 同意', several),
  polite('rejected without a reason', clients.gmailZh, '不同意', unexplained('reject')),
  polite('rejected with a full stop only', clients.gmailZh, '不同意。', unexplained('reject')),
  polite('returned with a colon only', clients.plain, '退回：', unexplained('return')),
  polite('a reason without a word in it', clients.plain, 'reject - !', unexplained('reject')),
  polite('too long a reason', clients.plain, `不同意 ${'长'.repeat(1001)}`, none),
  polite(
    'an id that would inject a header',
    clients.plain,
    '好的',
    { ...none, messageId: null },
    { headers: { 'Message-ID': '<a@b>\r\n Bcc: everyone@elsewhere.test' } },
  ),
  polite(
    'an id with a bare carriage return',
    clients.plain,
    '好的',
    { ...none, messageId: null },
    { headers: { 'Message-ID': '<a\rBcc:x@b>' } },
  ),
  polite(
    'an encoded id',
    clients.plain,
    '好的',
    { ...none, messageId: null },
    { headers: { 'Message-ID': '=?utf-8?B?PGFAYj4NCkJjYzogeEB5?=' } },
  ),
  polite(
    'an endless id',
    clients.plain,
    '好的',
    { ...none, messageId: null },
    { headers: { 'Message-ID': `<${'a'.repeat(900)}@b>` } },
  ),
  polite(
    'an author who would inject a header',
    clients.plain,
    '好的',
    { ...none, from: null, isAuthentic: false },
    { headers: { From: '=?utf-8?B?YUBiDQpCY2M6IHhAeQ==?=' } },
  ),
]
