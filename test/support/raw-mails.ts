import iconv from 'iconv-lite'
import type { ReceivedMail } from '../../functions/mail/read-reply.ts'
import type { ApprovalId } from '../../shared/domain/ids.ts'

/** What a mail of the corpus answers, and who sends it. */
export interface Facts {
  readonly approvalId: ApprovalId
  readonly secret: string
  /** The approver's registered address. */
  readonly sender: string
  readonly inboundDomain: string
}

export type Headers = readonly (readonly [name: string, value: string])[]

/** A MIME entity: the headers that describe it, and its bytes. */
export interface Entity {
  readonly headers: Headers
  readonly body: Uint8Array
}

interface TextOptions {
  readonly type?: string
  readonly charset?: string
  readonly encoding?: '7bit' | '8bit' | 'base64' | 'quoted-printable'
  /** Behind the media type, `format=flowed`. */
  readonly parameters?: string
  readonly disposition?: string
}

const lineLength = 76

const base64 = (bytes: Uint8Array): string =>
  (
    Buffer.from(bytes)
      .toString('base64')
      .match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? []
  ).join('\r\n')

const quotedPrintable = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .split('\r\n')
    .map((line) =>
      line
        .replaceAll(
          /[^!-<>-~ \t]|[ \t]$/g,
          (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
        )
        .replaceAll(/(?:=[\dA-F]{2}|[^=]){70,73}(?=.)/g, '$&=\r\n'),
    )
    .join('\r\n')

const crlf = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n')

/** A part of text, encoded as a client encodes it. */
export const text = (
  words: string,
  { type = 'text/plain', charset = 'utf-8', encoding = 'base64', parameters, disposition }: TextOptions = {},
): Entity => {
  const bytes = iconv.encode(crlf(words), charset)
  const encoded = { base64, 'quoted-printable': quotedPrintable, '7bit': null, '8bit': null }[encoding]
  return {
    headers: [
      ['Content-Type', [type, `charset="${charset}"`, ...(parameters === undefined ? [] : [parameters])].join('; ')],
      ['Content-Transfer-Encoding', encoding],
      ...(disposition === undefined ? [] : [['Content-Disposition', disposition] as const]),
    ],
    body: encoded === null ? bytes : Buffer.from(encoded(bytes)),
  }
}

export const html = (markup: string, options: TextOptions = {}): Entity =>
  text(markup, { type: 'text/html', ...options })

/** Any bytes as an attachment. */
export const attachment = (type: string, name: string, bytes: Uint8Array): Entity => ({
  headers: [
    ['Content-Type', `${type}; name="${name}"`],
    ['Content-Transfer-Encoding', 'base64'],
    ['Content-Disposition', `attachment; filename="${name}"`],
  ],
  body: Buffer.from(base64(bytes)),
})

const headerLines = (headers: Headers): Buffer =>
  Buffer.from(headers.map(([name, value]) => `${name}: ${value}\r\n`).join(''))

const written = ({ headers, body }: Entity): Buffer => Buffer.concat([headerLines(headers), Buffer.from('\r\n'), body])

/** A whole mail as an attachment, not encoded. */
export const attachedMail = (mail: Uint8Array, disposition = 'attachment; filename="request.eml"'): Entity => ({
  headers: [
    ['Content-Type', 'message/rfc822'],
    ['Content-Disposition', disposition],
  ],
  body: mail,
})

/** `subtype` may carry parameters: `report; report-type=delivery-status`. */
export const multipart = (subtype: string, ...parts: readonly Entity[]): Entity => {
  const boundary = `----=_Part_${parts.length}_${subtype.replaceAll(/\W/g, '')}`
  return {
    headers: [['Content-Type', `multipart/${subtype}; boundary="${boundary}"`]],
    body: Buffer.concat([
      ...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), written(part), Buffer.from('\r\n')]),
      Buffer.from(`--${boundary}--\r\n`),
    ]),
  }
}

/** A header's text as an encoded word (RFC 2047). */
export const word = (words: string, charset = 'utf-8'): string =>
  `=?${charset}?B?${iconv.encode(words, charset).toString('base64')}?=`

/** What differs from the ordinary reply of the approver. */
export interface Difference {
  readonly subject?: string
  /** Replaces headers of the same name; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** Stand before all others. */
  readonly moreHeaders?: Headers
  readonly envelope?: Partial<Omit<ReceivedMail, 'raw'>>
}

/** The address that answers a request: its Reply-To. */
export const replyTo = ({ approvalId, secret, inboundDomain }: Facts): string =>
  `approval+${approvalId}.${secret}@${inboundDomain}`

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

const signatureOf = (domain: string): string =>
  `v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=mail2026;\r\n\th=from:to:subject:date:message-id; bh=MTIz; b=QUJD\r\n\t REVG`

export const dkimSignature = (domain: string): readonly [string, string] => ['DKIM-Signature', signatureOf(domain)]

/** The bytes of a mail from the approver to the request's Reply-To. */
export const rawMail = (
  facts: Facts,
  content: Entity,
  { subject, headers = {}, moreHeaders = [] }: Difference = {},
) => {
  const domain = domainOf(facts.sender)
  const ordinary: Headers = [
    [
      'Received',
      `from mail.${domain} (mail.${domain} [203.0.113.7]) by inbound-smtp with ESMTPS; Mon, 2 Mar 2026 02:00:05 +0000`,
    ],
    dkimSignature(domain),
    ['From', `${word('王芳')} <${facts.sender}>`],
    ['To', `${word('助理')} <${replyTo(facts)}>`],
    ['Subject', word(subject ?? '回复：【请审批】客户经理助理上岗申请：李晓明')],
    ['Date', 'Mon, 2 Mar 2026 10:00:00 +0800'],
    ['Message-ID', `<20260302100000.7.reply@${domain}>`],
    ['In-Reply-To', '<request-1@zhuli.test>'],
    ['References', '<request-1@zhuli.test>'],
    ['MIME-Version', '1.0'],
  ]
  const replaced = new Set(Object.keys(headers))
  const kept = [...ordinary, ...content.headers].filter(([name]) => !replaced.has(name))
  const added = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
  return written({ headers: [...moreHeaders, ...kept, ...added], body: content.body })
}

/** The mail as SES hands it over: all checks passed unless told otherwise. */
export const received = (facts: Facts, raw: Uint8Array, envelope: Difference['envelope'] = {}): ReceivedMail => ({
  raw,
  returnPath: facts.sender,
  recipients: [replyTo(facts)],
  verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' },
  ...envelope,
})
