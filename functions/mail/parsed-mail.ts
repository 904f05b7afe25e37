import { type ParsedMail as Parsed, simpleParser, type SimpleParserOptions } from 'mailparser'

/** What a received mail says, taken apart. Everything in it comes from outside and proves nothing. */
export interface ParsedMail {
  /** In the order of the mail; names in lower case, values on one line. */
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly subject: string
  readonly plainText: string
  readonly html: string
  /** Media types of the parts that are not text for people, in lower case. */
  readonly attachedTypes: readonly string[]
}

const options: SimpleParserOptions = {
  // What someone forwards as an attachment is not what they say themselves.
  ignoreEmbedded: true,
  keepDeliveryStatus: true,
  // Costly, and of no use for reading an answer.
  checksumAlgo: false,
  keepCidLinks: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
}

const unreadable: ParsedMail = { headers: [], subject: '', plainText: '', html: '', attachedTypes: [] }

const parse = async (raw: Buffer): Promise<Parsed | null> => {
  try {
    return await simpleParser(raw, options)
  } catch {
    // Only beyond its limits: more than 1000 parts, or a head of more than 1 MB.
    return null
  }
}

/** The head alone tells who writes, and that a machine does, when the body can not be read. */
const headOf = (raw: Buffer): Buffer => {
  const ends = ['\r\n\r\n', '\n\n'].map((end) => raw.indexOf(end)).filter((end) => end >= 0)
  return raw.subarray(0, ends.length === 0 ? raw.length : Math.min(...ends))
}

/** Takes any bytes apart; what can not be read is empty. Never throws. */
export const parseMail = async (bytes: Uint8Array): Promise<ParsedMail> => {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const mail = (await parse(raw)) ?? (await parse(headOf(raw)))
  if (mail === null) return unreadable
  // The library's types promise header lines even where there is no head at all.
  const lines: Parsed['headerLines'] | undefined = mail.headerLines
  return {
    headers: (lines ?? []).map(({ key, line }) => ({
      name: key,
      value: line
        .slice(line.indexOf(':') + 1)
        .replaceAll(/[\r\n]+/g, ' ')
        .trim(),
    })),
    subject: typeof mail.subject === 'string' ? mail.subject : '',
    plainText: mail.text ?? '',
    html: mail.html || '',
    attachedTypes: mail.attachments.map(({ contentType }) => contentType.toLowerCase()),
  }
}

/** The values of every header of that name. */
export const valuesOf = ({ headers }: ParsedMail, name: string): readonly string[] =>
  headers.filter((header) => header.name === name).map(({ value }) => value)
