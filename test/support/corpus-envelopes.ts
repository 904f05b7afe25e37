import { approve, genuine, reject } from './corpus-genuine.ts'
import * as clients from './mail-clients.ts'
import {
  attachedMail,
  attachment,
  dkimSignature,
  domainOf,
  html,
  multipart,
  rawMail,
  replyTo,
  text,
  word,
} from './raw-mails.ts'
import type { CorpusMail } from './reply-corpus.ts'

const fiveMegabytes = Buffer.alloc(5 * 1024 * 1024, 'approve\r\nreject everything\r\n')

/** Genuine answers in every kind of MIME, from every kind of sender. */
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
    'a mail without a head inline, which says otherwise',
    (words) => multipart('mixed', text(words), attachedMail(Buffer.from('\r\nreject it'), 'inline')),
    'approve',
    approve,
  ),
  genuine('a folded id', clients.plain, 'approve', approve, {
    headers: { 'Message-ID': '\r\n <HK0PR01MB0001.apcprd01.prod.exchange.test>' },
  }),
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
  genuine('the address among the copies', clients.plain, '同意', approve, (facts) => ({
    headers: { To: '王芳 <wang@bank.test>', Cc: `"Archive, Bank" <archive@bank.test>,\r\n <${replyTo(facts)}>` },
  })),
  genuine('its head in capitals', clients.plain, 'approve', approve, (facts) => ({
    headers: { To: replyTo(facts).toUpperCase() },
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

/** Nothing but its markup shows that the second line is quoted. */
const quotingMarkup = [
  ...[
    'gmail_quote',
    'gmail_quote_container',
    'yahoo_quoted',
    'moz-cite-prefix',
    'ntes-mailmaster-quote',
    'foxmail_quote',
  ].map((name) => `class="${name}"`),
  ...[
    'divRplyFwdMsg',
    'appendonsend',
    'isReplyContent',
    'reply-intro',
    'mail-editor-reference-message-container',
    'ms-outlook-mobile-body-separator-line',
  ].map((name) => `id="${name}"`),
]

const inMarkup: readonly CorpusMail[] = quotingMarkup.map((attribute) =>
  genuine(
    `a quotation in ${attribute}`,
    (words) => html(`<div>${words}</div><div ${attribute}>Zhuli</div><div>退回 请补充</div>`),
    '同意',
    approve,
  ),
)

export const envelopeMails: readonly CorpusMail[] = [...inTheirEnvelopes, ...inMarkup]
