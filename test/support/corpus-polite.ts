import * as clients from './mail-clients.ts'
import { type Client } from './mail-clients.ts'
import {
  attachedMail,
  attachment,
  type Difference,
  dkimSignature,
  type Facts,
  html,
  multipart,
  rawMail,
  received,
  replyTo,
  text,
} from './raw-mails.ts'
import type { CorpusMail, Reply } from './reply-corpus.ts'

const approve: Reply['answer'] = { type: 'decision', decision: 'approve', reason: null }

type Differing = Difference | ((facts: Facts) => Difference)

const polite = (
  name: string,
  client: Client,
  words: string,
  expected: Partial<Reply> | ((facts: Facts) => Partial<Reply>),
  difference: Differing = {},
): CorpusMail => ({
  name,
  kind: 'polite',
  mail: (facts) => {
    const differs = typeof difference === 'function' ? difference(facts) : difference
    return received(facts, rawMail(facts, client(words, facts), differs), differs.envelope)
  },
  expected: typeof expected === 'function' ? expected : () => expected,
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

const inWords: readonly CorpusMail[] = [
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
  polite(
    'the answer as a picture',
    (words) => multipart('related', html(`<img src="cid:1" alt="${words}">`)),
    'approve',
    none,
  ),
  polite('two answers', clients.plain, '同意\n\n不同意 材料不全', several),
  polite('two answers in English', clients.gmailEn, 'reject incomplete\nreturn please add the plan', several),
  polite('all answers of the request copied', clients.plain, '同意\n不同意\n退回', several),
  polite('an answer for a reason', clients.plain, '不同意 同意', several),
  polite('rejected without a reason', clients.gmailZh, '不同意', unexplained('reject')),
  polite('rejected with a full stop only', clients.gmailZh, '不同意。', unexplained('reject')),
  polite('returned with a colon only', clients.plain, '退回：', unexplained('return')),
  polite('a reason without a word in it', clients.plain, 'reject - !', unexplained('reject')),
  polite('too long a reason', clients.plain, `不同意 ${'长'.repeat(1001)}`, none),
]

const elsewhere = 'mallory@elsewhere.test'
const graySigned = { spf: 'PASS', dkim: 'PASS', dmarc: 'GRAY' } as const

const bySender: readonly CorpusMail[] = [
  polite(
    'forged, DMARC failed',
    clients.plain,
    '同意',
    { answer: approve, isAuthentic: false },
    { envelope: { verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'FAIL' } } },
  ),
  polite(
    'forged, only SPF passed',
    clients.plain,
    '同意',
    { answer: approve, isAuthentic: false },
    { envelope: { returnPath: elsewhere, verdicts: { spf: 'PASS', dkim: 'GRAY', dmarc: 'GRAY' } } },
  ),
  polite(
    'forged, signed by another domain',
    clients.plain,
    '同意',
    { answer: approve, isAuthentic: false },
    { headers: { 'DKIM-Signature': dkimSignature('elsewhere.test')[1] }, envelope: { verdicts: graySigned } },
  ),
  polite(
    'forged, signed by another domain besides',
    clients.plain,
    '同意',
    { answer: approve, isAuthentic: false },
    { moreHeaders: [dkimSignature('elsewhere.test')], envelope: { verdicts: graySigned } },
  ),
  polite(
    'forged, signed by the top level',
    clients.plain,
    '同意',
    { answer: approve, isAuthentic: false },
    ({ sender }) => ({
      headers: { 'DKIM-Signature': dkimSignature(sender.slice(sender.lastIndexOf('.') + 1))[1] },
      envelope: { verdicts: graySigned },
    }),
  ),
  polite(
    'forged, signed by a domain that ends alike',
    clients.plain,
    '同意',
    { answer: approve, isAuthentic: false },
    ({ sender }) => ({
      headers: { 'DKIM-Signature': dkimSignature(sender.slice(sender.indexOf('@') + 2))[1] },
      envelope: { verdicts: graySigned },
    }),
  ),
  polite(
    'a signature of two domains',
    clients.plain,
    '同意',
    { answer: approve, isAuthentic: false },
    ({ sender }) => ({
      headers: { 'DKIM-Signature': `v=1; d=elsewhere.test; d=${sender.slice(sender.indexOf('@') + 1)}; b=QQ` },
      envelope: { verdicts: graySigned },
    }),
  ),
  polite(
    'no signature, though it is said to have passed',
    clients.plain,
    '同意',
    { answer: approve, isAuthentic: false },
    { headers: { 'DKIM-Signature': null }, envelope: { verdicts: graySigned } },
  ),
  polite(
    'the signature failed',
    clients.plain,
    '同意',
    { answer: approve, isAuthentic: false },
    { envelope: { verdicts: { spf: 'PASS', dkim: 'FAIL', dmarc: 'GRAY' } } },
  ),
  polite(
    'somebody else',
    clients.plain,
    '同意',
    { answer: approve, from: elsewhere },
    { headers: { From: `Mallory <${elsewhere}>` } },
  ),
  polite(
    'somebody else under the name of the approver',
    clients.plain,
    '同意',
    { answer: approve, from: elsewhere },
    ({ sender }) => ({ headers: { From: `"${sender}" <${elsewhere}>` } }),
  ),
  polite(
    'an unquoted address for a name',
    clients.plain,
    '同意',
    { answer: approve, from: null, isAuthentic: false },
    ({ sender }) => ({ headers: { From: `${sender} <${elsewhere}>` } }),
  ),
  polite(
    'several authors',
    clients.plain,
    '同意',
    { answer: approve, from: null, isAuthentic: false },
    ({ sender }) => ({ headers: { From: `${sender}, ${elsewhere}` } }),
  ),
  polite(
    'two From headers',
    clients.plain,
    '同意',
    { answer: approve, from: null, isAuthentic: false },
    ({ sender }) => ({ moreHeaders: [['From', elsewhere]], headers: { From: sender } }),
  ),
  polite(
    'a group of authors',
    clients.plain,
    '同意',
    { answer: approve, from: null, isAuthentic: false },
    ({ sender }) => ({ headers: { From: `Approvers: ${sender};` } }),
  ),
  polite(
    'no author',
    clients.plain,
    '同意',
    { answer: approve, from: null, isAuthentic: false },
    { headers: { From: null } },
  ),
  polite(
    'a quoted local part',
    clients.plain,
    '同意',
    { answer: approve, from: null, isAuthentic: false },
    ({ sender }) => ({ headers: { From: `"${sender} x"@elsewhere.test` } }),
  ),
  polite(
    'a comment with an address',
    clients.plain,
    '同意',
    { answer: approve, from: null, isAuthentic: false },
    ({ sender }) => ({ headers: { From: `<${elsewhere}> (${sender})` } }),
  ),
  polite(
    'the author only as Sender and Reply-To',
    clients.plain,
    '同意',
    { answer: approve, from: elsewhere },
    ({ sender }) => ({ headers: { From: elsewhere, Sender: sender, 'Reply-To': sender } }),
  ),
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

const otherSecret = (facts: Facts): Facts => ({
  ...facts,
  secret: `${facts.secret.slice(0, -2)}${facts.secret.endsWith('AA') ? 'BB' : 'AA'}`,
})

const to = (
  name: string,
  recipients: (facts: Facts) => readonly string[],
  approval?: (facts: Facts) => Reply['approval'],
) =>
  polite(
    name,
    clients.plain,
    '同意',
    (facts) => ({ answer: approve, approval: approval?.(facts) ?? null }),
    (facts) => ({ envelope: { recipients: recipients(facts) } }),
  )

const byRecipient: readonly CorpusMail[] = [
  to('to nobody', () => []),
  to('to the bank', ({ inboundDomain }) => [`zhuli@${inboundDomain}`]),
  to('only the header names the request', () => ['wang@bank.test']),
  to(
    'a wrong secret',
    (facts) => [replyTo(otherSecret(facts))],
    (facts) => ({ approvalId: facts.approvalId, secret: otherSecret(facts).secret }),
  ),
  to('a secret cut short', (facts) => [replyTo({ ...facts, secret: facts.secret.slice(1) })]),
  to('a secret with something behind', (facts) => [replyTo({ ...facts, secret: `${facts.secret}x` })]),
  to('no secret', ({ approvalId, inboundDomain }) => [`approval+${approvalId}@${inboundDomain}`]),
  to('an id that none can be', (facts) => [replyTo(facts).replace(facts.approvalId, 'ilouilou001')]),
  to('two requests', (facts) => [replyTo(facts), replyTo(otherSecret(facts))]),
  to('another domain', (facts) => [replyTo({ ...facts, inboundDomain: `${facts.inboundDomain}.elsewhere.test` })]),
  to('a domain that ends alike', (facts) => [replyTo({ ...facts, inboundDomain: `x${facts.inboundDomain}` })]),
  to('a line break in the address', (facts) => [replyTo(facts).replace('@', '\r\n@')]),
]

const garbled = (name: string, bytes: (facts: Facts) => Uint8Array, expected: Partial<Reply>): CorpusMail => ({
  name,
  kind: 'polite',
  mail: (facts) => received(facts, bytes(facts)),
  expected: () => expected,
})

const nobody: Partial<Reply> = { ...none, from: null, isAuthentic: false, messageId: null }
const noise = Uint8Array.from({ length: 20_000 }, (_, index) => (index * index * 31 + index * 7) % 256)

const beyondReading: readonly CorpusMail[] = [
  garbled('no bytes', () => new Uint8Array(), nobody),
  garbled('noise', () => noise, nobody),
  garbled('zeros', () => new Uint8Array(5000), nobody),
  garbled('a head without end', () => Buffer.from(`X: ${'y'.repeat(1_500_000)}`), nobody),
  garbled(
    'noise for a text',
    (facts) => rawMail(facts, { headers: [['Content-Type', 'text/plain; charset=utf-16']], body: noise }),
    none,
  ),
  garbled(
    'base64 that is none',
    (facts) => rawMail(facts, { headers: [['Content-Transfer-Encoding', 'base64']], body: Buffer.from('同意 %%%') }),
    none,
  ),
  garbled(
    'too many parts to read',
    (facts) => rawMail(facts, multipart('mixed', ...Array.from({ length: 1100 }, () => text('同意')))),
    none,
  ),
  garbled(
    'parts within parts without end',
    (facts) =>
      rawMail(
        facts,
        Array.from({ length: 300 }).reduce<ReturnType<typeof text>>((inner) => multipart('mixed', inner), text('')),
      ),
    none,
  ),
  garbled('HTML nested without end', (facts) => rawMail(facts, html(`${'<b>'.repeat(200_000)}同意`)), none),
  garbled('a line of a million blanks', (facts) => rawMail(facts, text(`x${' '.repeat(1_000_000)}x`)), none),
]

export const politeMails: readonly CorpusMail[] = [...inWords, ...bySender, ...byRecipient, ...beyondReading]
