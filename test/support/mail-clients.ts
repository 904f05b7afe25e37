import { type Entity, type Facts, html, multipart, replyTo, text } from './raw-mails.ts'

/** How a mail client writes a reply: `words` above, and below what it quotes. */
export type Client = (words: string, facts: Facts) => Entity

/** The request as it is quoted: it holds every answer on a line of its own, and must never answer itself. */
const requestZh = [
  '请您就下列事项作出决定：客户经理助理上岗申请，分行意见。请于 2026-03-06 前（含当日）处理。',
  '',
  '直接回复本邮件，首行写明：',
  '同意',
  '不同意 材料不全',
  '退回 请补充培训方案',
  '',
  '-- ',
  '招商银行',
]
const requestEn = [
  'You are asked to decide: onboarding. Please answer by 2026-03-06, that day included.',
  '',
  'Or reply to this mail with one of these in the first line:',
  'approve',
  'reject the file is incomplete',
  'return please add the plan',
  '',
  '-- ',
  'China Merchants Bank',
]

const asHtml = (lines: readonly string[]): string =>
  lines.map((line) => (line === '' ? '<div><br></div>' : `<div>${line.replaceAll('<', '&lt;')}</div>`)).join('\n')

const htmlOf = (words: string): string => asHtml(words.split('\n'))

const quoted = (lines: readonly string[], mark = '> '): string => lines.map((line) => `${mark}${line}`).join('\n')

/** Gmail: both forms, an attribution that the plain text folds, `gmail_quote`. */
export const gmailEn: Client = (words, facts) => {
  const from = `Zhuli <${replyTo(facts)}>`
  return multipart(
    'alternative',
    text(`${words}\n\nOn Mon, Mar 2, 2026 at 9:30 AM ${from.replace(' <', '\n<')}\nwrote:\n\n${quoted(requestEn)}\n`, {
      encoding: 'quoted-printable',
    }),
    html(
      `<div dir="ltr">${htmlOf(words)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Mar 2, 2026 at 9:30&#8239;AM Zhuli wrote:<br></div><blockquote class="gmail_quote" style="margin:0">${asHtml(requestEn)}</blockquote></div>`,
      { encoding: 'quoted-printable' },
    ),
  )
}

export const gmailZh: Client = (words, facts) =>
  multipart(
    'alternative',
    text(`${words}\n\n助理 <${replyTo(facts)}> 于2026年3月2日周一 09:30写道：\n\n${quoted(requestZh)}\n`),
    html(
      `<div dir="ltr">${htmlOf(words)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">助理 于2026年3月2日周一 09:30写道：</div><blockquote class="gmail_quote">${asHtml(requestZh)}</blockquote></div>`,
    ),
  )

const outlookHead = (facts: Facts, labels: readonly [string, string, string, string], colon: string): string[] => [
  `${labels[0]}${colon}助理 <${replyTo(facts)}>`,
  `${labels[1]}${colon}2026年3月2日 9:30`,
  `${labels[2]}${colon}王芳 <${facts.sender}>`,
  `${labels[3]}${colon}【请审批】客户经理助理上岗申请`,
]
const zhLabels = ['发件人', '发送时间', '收件人', '主题'] as const
const twLabels = ['寄件者', '寄件日期', '收件者', '主旨'] as const
const enLabels = ['From', 'Sent', 'To', 'Subject'] as const

const wordHtml = (words: string, head: readonly string[], request: readonly string[]): string =>
  `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm; font-family:等线;} --></style></head><body lang="ZH-CN"><div class="WordSection1">${words
    .split('\n')
    .map((line) => `<p class="MsoNormal"><span lang="EN-US">${line}<o:p></o:p></span></p>`)
    .join(
      '',
    )}<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>${head
    .map((line) => line.replaceAll('<', '&lt;'))
    .join('<br></b><b>')}</b></p></div></div>${asHtml(request)}</div></body></html>`

/** Outlook for Windows: no quotation marks, only the head of the mail below. */
export const outlookZh: Client = (words, facts) => {
  const head = outlookHead(facts, zhLabels, ': ')
  return multipart(
    'alternative',
    text([words, '', ...head, '', ...requestZh, ''].join('\n'), { charset: 'gb2312' }),
    html(wordHtml(words, head, requestZh), { charset: 'gb2312', encoding: 'quoted-printable' }),
  )
}

export const outlookEn: Client = (words, facts) => {
  const head = outlookHead(facts, enLabels, ': ')
  return multipart(
    'alternative',
    text([words, '', ...head, '', ...requestEn, ''].join('\n')),
    html(wordHtml(words, head, requestEn)),
  )
}

export const outlookTw: Client = (words, facts) =>
  text([words, '', ...outlookHead(facts, twLabels, '： '), '', ...requestZh].join('\n').replaceAll('请', '請'), {
    charset: 'big5',
  })

/** Exchange's plain text, and Outlook on phones: a rule above the head. */
export const outlookMobile: Client = (words, facts) =>
  text(
    [
      words,
      '',
      '获取 Outlook for iOS<https://aka.ms/o0ukef>',
      '________________________________',
      ...outlookHead(facts, zhLabels, ': '),
      '',
      ...requestZh,
    ].join('\n'),
  )

export const outlookWeb: Client = (words, facts) =>
  html(
    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body dir="ltr"><div class="elementToProof">${htmlOf(words)}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>From:</b> Zhuli &lt;${replyTo(facts)}&gt;<br><b>Sent:</b> Monday<br><b>Subject:</b> Please decide</font></div>${asHtml(requestEn)}</body></html>`,
    { encoding: 'quoted-printable' },
  )

export const outlookClassic: Client = (words, facts) =>
  text(
    [words, '', '-----Original Message-----', ...outlookHead(facts, enLabels, ': '), '', ...requestEn].join('\r\n'),
    { charset: 'us-ascii', encoding: '7bit' },
  )

/** Foxmail: a blank line, a rule in the HTML, and the head with full-width colons. */
export const foxmail: Client = (words, facts) => {
  const head = outlookHead(facts, zhLabels, '： ')
  return multipart(
    'alternative',
    text([words, '', '', '', '王芳', '上海分行', ' ', ...head, ...requestZh].join('\n'), { charset: 'gb2312' }),
    html(
      `<html><body>${htmlOf(words)}<hr style="width: 210px; height: 1px;" align="left"><div><span>王芳</span></div><blockquote style="margin-top: 0px"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt"><div>${asHtml(head)}</div></div>${asHtml(requestZh)}</blockquote></body></html>`,
      { charset: 'gb2312', encoding: 'quoted-printable' },
    ),
  )
}

/** QQ mail: the rule with no-break spaces. */
export const qqMail: Client = (words, facts) => {
  const rule = '------------------\u00a0原始邮件\u00a0------------------'
  const head = outlookHead(facts, zhLabels, ': ')
  return multipart(
    'alternative',
    text([words, '', '', rule, ...head, '', ...requestZh].join('\n'), { charset: 'gb18030' }),
    html(
      `<div>${htmlOf(words)}</div><div><br></div><div style="font-size: 12px;">${rule.replaceAll('\u00a0', '&nbsp;')}</div><div>${asHtml(head)}</div>${asHtml(requestZh)}`,
      { charset: 'gb18030' },
    ),
  )
}

export const qqMobile: Client = (words, facts) =>
  html(
    `<div class="mail-html">${htmlOf(words)}<br><br>---Original---<div><b>From:</b> "助理"&lt;${replyTo(facts)}&gt;</div><div><b>Date:</b> Mon, Mar 2, 2026 09:30 AM</div>${asHtml(requestZh)}</div>`,
    { charset: 'gb18030' },
  )

/** NetEase 163 in the browser: an attribution with a full-width colon. */
export const netease: Client = (words, facts) =>
  multipart(
    'alternative',
    text(
      `${words}\n\n\n\n\n\n\n\n在 2026-03-02 09:30:00，"助理" <${replyTo(facts)}> 写道：\n\n${quoted(requestZh, '>')}\n`,
      { charset: 'GBK' },
    ),
    html(
      `<div style="line-height:1.7;font-size:14px">${htmlOf(words)}</div><div id="isReplyContent" style="PADDING-LEFT: 1em"><div>在 2026-03-02 09:30:00，"助理" 写道：</div><blockquote>${asHtml(requestZh)}</blockquote></div>`,
      { charset: 'GBK' },
    ),
  )

export const neteaseEn: Client = (words, facts) =>
  text(`${words}\n\n\nAt 2026-03-02 09:30:00, "Zhuli" <${replyTo(facts)}> wrote:\n\n${quoted(requestEn, '>')}\n`, {
    charset: 'GBK',
    encoding: '8bit',
  })

export const neteaseMobile: Client = (words, facts) =>
  multipart(
    'alternative',
    text(
      `${words}\n\n\n\n---- 回复的原邮件 ----\n| 发件人 | 助理<${replyTo(facts)}> |\n| 发送日期 | 2026年03月02日 09:30 |\n| 主题 | 【请审批】 |\n${requestZh.join('\n')}\n`,
    ),
    html(
      `<div>${htmlOf(words)}</div><div class="ntes-mailmaster-quote"><div>---- 回复的原邮件 ----</div>${asHtml(requestZh)}</div>`,
    ),
  )

/** Apple Mail on an iPhone: its signature stands above the quotation. */
export const iphoneZh: Client = (words, facts) =>
  multipart(
    'alternative',
    text(
      `${words}\n\n发自我的iPhone\n\n> 在 2026年3月2日，09:30，助理 <${replyTo(facts)}> 写道：\n> \n${quoted(requestZh, '> \ufeff')}\n`,
      { encoding: 'base64' },
    ),
    html(
      `<html><body dir="auto">${htmlOf(words)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">发自我的iPhone</div><div dir="ltr"><br><blockquote type="cite">${asHtml(requestZh)}</blockquote></div></body></html>`,
    ),
  )

export const iphoneEn: Client = (words, facts) =>
  text(
    `${words}\n\nSent from my iPhone\n\n> On Mar 2, 2026, at 9:30 AM, Zhuli <${replyTo(facts)}> wrote:\n> \n${quoted(requestEn, '> \ufeff')}\n`,
    { encoding: 'quoted-printable' },
  )

/** Thunderbird: format=flowed, where a blank at the end joins lines and a leading one is stuffed. */
export const thunderbird: Client = (words, facts) =>
  text(
    `${words.replaceAll(/(.{30,66} )/g, '$1\n')}\n\nOn 3/2/26 09:30, Zhuli wrote:\n${quoted(requestEn, '> ')}\n\n-- \nWang Fang\n${facts.sender}\n`,
    { encoding: '7bit', parameters: 'format=flowed' },
  )

export const wecom: Client = (words, facts) =>
  html(
    `<div class="wecom-mail">${htmlOf(words)}<div><br></div><div style="color:#8a8a8a">来自企业微信</div><div>------------------ 原始邮件 ------------------</div>${asHtml(outlookHead(facts, zhLabels, ':'))}${asHtml(requestZh)}</div>`,
  )

/** Only HTML, the answer in a table. */
export const htmlOnly: Client = (words) =>
  html(
    `<!doctype html><html><body><table><tr><td>${words.split('\n').join('<br>')}</td></tr></table><blockquote>${asHtml(requestZh)}</blockquote></body></html>`,
    { encoding: '8bit' },
  )

/** Only text, nothing quoted. */
export const plain: Client = (words) => text(words)

/** Text below what it answers. */
export const bottomPosting: Client = (words) =>
  text(`On 3/2/26 09:30, Zhuli wrote:\n${quoted(requestEn)}\n\n${words}\n`, { encoding: '7bit' })
