/** What surrounds words without being seen: blanks of every script, marks of order and of joining, control characters. */
const visible = /[^\s\p{Cf}\p{Cc}]/u

const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

/** No own words are longer than this, in characters; what comes after is not looked at. */
const longest = 1_000_000

/** Drops blanks at either end, also those that are none to `trim`. In linear time, unlike a pattern for the end. */
export const trimMargins = (text: string): string => {
  let end = text.length
  while (end > 0 && !visible.test(text.charAt(end - 1))) end--
  const start = text.search(visible)
  return start === -1 ? '' : text.slice(start, end)
}

/** `On 2 Mar 2026 … wrote:`, `在 2026年3月2日，… 写道：`, `… 于2026年3月2日周一 10:00写道：` */
const endOfAttribution = /(?:\bwrote\s*[:：]|[写寫]道\s*[:：]?)$/i
const beginningOfAttribution = /^(?:(?:on|at)\s|[在于於])\D*\d/i

/** `-----Original Message-----`, `------------------ 原始邮件 ------------------`, `---- 回复的原邮件 ----` */
const namedRule = /^-{3,}[^-].*[^-]-{3,}$/

const forwarded = /^(?:begin forwarded message|开始转发的邮件|以下是转发的邮件|開始轉寄郵件)\s*[:：]?$/i

const senderLabels = new Set(['发件人', '发信人', '寄件者', '寄件人', '發件人', 'from'])
const otherLabels = new Set(
  `发送时间 发送日期 日期 时间 收件人 抄送 主题 發送時間 收件者 副本 主旨 主題 寄件日期 傳送時間
  sent date to cc subject`.split(/\s+/),
)

const labelOf = (line: string): string =>
  (/^([^:：]{1,24})[:：]/.exec(line)?.[1] ?? '').replaceAll(/[\s*_|]/g, '').toLowerCase()

/** The head of a quoted mail, as Outlook and Foxmail put it: its sender, and soon after its date, recipient or subject. */
const isHeaderBlock = (lines: readonly string[]): boolean => {
  const [first = '', ...next] = lines.filter((line) => line !== '')
  return senderLabels.has(labelOf(first)) && next.slice(0, 3).some((line) => otherLabels.has(labelOf(line)))
}

const isQuotation = (lines: readonly string[]): boolean => {
  const [line = '', ...next] = lines
  return (
    /^[>＞]/.test(line) ||
    endOfAttribution.test(line) ||
    (beginningOfAttribution.test(line) && next.slice(0, 2).some((later) => endOfAttribution.test(later))) ||
    namedRule.test(line) ||
    forwarded.test(line) ||
    isHeaderBlock(lines)
  )
}

const signature =
  /^(?:--$|—$|sent (?:from|by|via) |[发發寄]自|[来來]自|get outlook for |(?:获取|下载|取得)\s*outlook|从我的.{0,40}发送)/i

/** How many lines tell whether a quotation begins: the longest header block, with blank lines in it. */
const inSight = 10

/**
 * What a mail says itself, without the quotation and the signature that clients put below: its lines, margins dropped,
 * blank lines kept as empty ones.
 */
export const ownLines = (text: string): readonly string[] => {
  const lines = text
    .slice(0, longest)
    .toWellFormed()
    .split(lineEnds)
    .map((line) => trimMargins(line))
  const end = lines.findIndex(
    (line, index) => line !== '' && (signature.test(line) || isQuotation(lines.slice(index, index + inSight))),
  )
  return end === -1 ? lines : lines.slice(0, end)
}
