import { compile, type FormatCallback } from 'html-to-text'
import { trimMargins } from './own-words.ts'
import type { ParsedMail } from './parsed-mail.ts'

/** Where clients put what they quote, so that it is known even when its words don't show it. */
const quotations = [
  '.gmail_quote',
  '.gmail_quote_container',
  '.yahoo_quoted',
  '.moz-cite-prefix',
  '.ntes-mailmaster-quote',
  '.foxmail_quote',
  '#divRplyFwdMsg',
  '#appendonsend',
  '#isReplyContent',
  '#reply-intro',
  '#mail-editor-reference-message-container',
  '#ms-outlook-mobile-body-separator-line',
  'blockquote',
]

const quotation: FormatCallback = (_element, _walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 1 })
  builder.addLiteral('>')
  builder.closeBlock({ trailingLineBreaks: 1 })
}

const toText = compile({
  wordwrap: false,
  formatters: { quotation },
  limits: { maxDepth: 1000 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ...quotations.map((selector) => ({ selector, format: 'quotation' })),
  ],
})

/** HTML beyond this is not read: the time that it takes grows with the square of the depth. */
const maxCharacters = 4_000_000
const maxTags = 40_000

const textOfHtml = (html: string): string => {
  if (html.length > maxCharacters || html.split('<').length > maxTags) return ''
  try {
    return toText(html)
  } catch {
    // Nested too deep to walk: what can not be read is no answer.
    return ''
  }
}

/** What stands in for the text of a mail that is HTML: `Your mail program can not show HTML`. */
const isPlaceholder = (text: string): boolean => text.length <= 300 && /html|mime/i.test(text)

/** The text of a mail as its author wrote it: the plain text where it has any, else that of its HTML. */
export const textOf = ({ plainText, html }: ParsedMail): string => {
  const isWanting = trimMargins(plainText) === '' || isPlaceholder(plainText)
  return isWanting && html !== '' ? textOfHtml(html) : plainText
}
