import type { Answer } from '../../functions/mail/answer.ts'
import * as clients from './mail-clients.ts'
import { type Client } from './mail-clients.ts'
import { type Difference, type Facts, html, multipart, rawMail, received, text } from './raw-mails.ts'
import type { CorpusMail } from './reply-corpus.ts'

export const approve: Answer = { type: 'decision', decision: 'approve', reason: null }
export const reject = (reason: string): Answer => ({ type: 'decision', decision: 'reject', reason })
export const giveBack = (reason: string): Answer => ({ type: 'decision', decision: 'return', reason })

export const genuine = (
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

const longLine = longReason.slice(0, 57)
const fullLine = longReason.slice(0, 64)
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
  genuine('a line that the author broke off', clients.plain, `reject ${longLine}\nOK`, reject(longLine)),
  genuine(
    'an attribution right below a long reason',
    clients.plain,
    `reject ${fullLine}\nOn Mon, Mar 2, 2026 at 9:30 AM Zhuli\n<zhuli@zhuli.test> wrote:\n`,
    reject(fullLine),
  ),
  genuine(
    'below an attribution, unmarked',
    clients.plain,
    'approve\n\nOn 2 Mar 2026, Zhuli wrote:\nreject the file',
    approve,
  ),
  genuine(
    'below an attribution in Chinese, unmarked',
    clients.plain,
    '同意\n\n助理 于 2026年3月2日 写道\n不同意 材料不全',
    approve,
  ),
  genuine(
    'below an attribution in Chinese, Taiwan',
    clients.plain,
    '同意\n\n助理 於 2026年3月2日 寫道：\n不同意 材料不全',
    approve,
  ),
  genuine('below a full-width mark, unmarked', clients.plain, '同意\n＞请您就下列事项作出决定\n退回 请补充', approve),
  genuine(
    'below what Apple Mail forwards',
    clients.plain,
    'approve\n\nBegin forwarded message:\n\nreject the file',
    approve,
  ),
  genuine(
    'the plain text tells of HTML at length',
    (words) =>
      multipart(
        'alternative',
        text(`${words}\n\n${'This footer is HTML elsewhere. '.repeat(12)}`),
        html('<p>see the text</p>'),
      ),
    'approve',
    approve,
  ),
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

export const genuineMails: readonly CorpusMail[] = [...inEveryClient, ...asWritten]
