import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser'
import { AwsError } from './aws-json.ts'
import type { SentMail } from './mail-events.ts'
import type { Mail, Mailbox } from './mailbox.ts'

// aws-ses-v2-local would do, but it drops the headers of raw mails, and the headers are what tells a bank's mail
// from spoofed or looping ones (Reply-To, Auto-Submitted, In-Reply-To).

/** What SES takes in one call. */
const maxRecipients = 50

export interface Ses {
  readonly front: Hono
  /** As when AWS pauses an account's sending: every mail is refused until it is resumed. */
  readonly pauseSending: () => void
  readonly resumeSending: () => void
}

const members = (form: URLSearchParams, name: string): string[] =>
  [...form].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value)

const tagsOf = (form: URLSearchParams): Record<string, string> => {
  const names = [...form].flatMap(([key, value]) => {
    const [, index] = /^Tags\.member\.(\d+)\.Name$/.exec(key) ?? []
    return index === undefined ? [] : [[value, form.get(`Tags.member.${index}.Value`) ?? '']]
  })
  const bad = names.flat().find((text) => !/^[\w-]{1,255}$/.test(text))
  if (bad !== undefined)
    throw new AwsError('InvalidParameterValue', `Invalid tag <${bad}>: only letters, digits, dashes and underscores.`)
  return Object.fromEntries(names) as Record<string, string>
}

const addressesOf = (field: AddressObject | AddressObject[] | undefined): string[] =>
  [field ?? []]
    .flat()
    .flatMap((object) => object.value)
    .flatMap((entry) => entry.address ?? [])

const encodedWord = /=\?([^?]+)\?([BQ])\?([^?]*)\?=/gi

/** A header as people read it (RFC 2047): the parser decodes only those that it knows. */
const decoded = (text: string): string =>
  text.replace(/\?=\s+=\?/g, '?==?').replace(encodedWord, (_, charset: string, encoding: string, word: string) => {
    const bytes =
      encoding.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64')
        : Buffer.from(
            word
              .replaceAll('_', ' ')
              .replace(/=([\dA-F]{2})/gi, (__, hex: string) => String.fromCodePoint(parseInt(hex, 16))),
            'latin1',
          )
    return new TextDecoder(charset).decode(bytes)
  })

const headersOf = (mail: ParsedMail): Record<string, string> => {
  const headers: Record<string, string> = {}
  for (const { key, line } of mail.headerLines) {
    const parsed = mail.headers.get(key)
    const asSent = line.slice(line.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '')
    if (typeof parsed === 'string') headers[key] = key === 'subject' ? parsed : decoded(parsed)
    else if (typeof parsed === 'object' && 'text' in parsed && typeof parsed.text === 'string')
      headers[key] = parsed.text
    else headers[key] = decoded(asSent.trim())
  }
  return headers
}

/** A mail as people see it; `destinations` are the envelope's recipients, where they are known. */
export const readMail = async (raw: Uint8Array, destinations: readonly string[], at: string): Promise<Mail> => {
  const parsed = await simpleParser(Buffer.from(raw), { skipTextToHtml: true })
  const named = [parsed.to, parsed.cc, parsed.bcc].flatMap(addressesOf)
  return {
    id: randomUUID(),
    at,
    from: parsed.from?.text ?? '',
    to: destinations.length > 0 ? [...destinations] : named,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    headers: headersOf(parsed),
    raw: Buffer.from(raw).toString('utf8'),
  }
}

const mailOf = async (form: URLSearchParams, at: string): Promise<Mail> => {
  const data = form.get('RawMessage.Data')
  if (!data) throw new AwsError('InvalidParameterValue', 'RawMessage.Data is missing.')
  const mail = await readMail(Buffer.from(data, 'base64'), members(form, 'Destinations'), at)
  const from = mail.from || form.get('Source')
  if (!from) throw new AwsError('InvalidParameterValue', 'The mail has no sender.')
  if (mail.to.length === 0) throw new AwsError('InvalidParameterValue', 'The mail has no recipients.')
  if (mail.to.length > maxRecipients)
    throw new AwsError('InvalidParameterValue', `More than ${maxRecipients} recipients.`)
  return { ...mail, from }
}

const escaped = (text: string): string => text.replace(/[<>&]/g, (character) => `&#${character.codePointAt(0)};`)

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/'

const sentXml = (messageId: string): string =>
  `<SendRawEmailResponse xmlns="${namespace}"><SendRawEmailResult><MessageId>${messageId}</MessageId>` +
  `</SendRawEmailResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></SendRawEmailResponse>`

const errorXml = (error: AwsError): string =>
  `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${error.name}</Code>` +
  `<Message>${escaped(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`

export interface SesOptions {
  readonly mailbox: Pick<Mailbox, 'append'>
  readonly now: () => string
  /** Hears of every mail that was taken; some come back. */
  readonly sent?: (mail: SentMail) => void
}

/** SES as far as raw mails go: what is sent goes into the mailbox. */
export const createSes = (options: SesOptions): Ses => {
  let paused = false

  const send = async (form: URLSearchParams): Promise<string> => {
    const action = form.get('Action')
    if (action !== 'SendRawEmail')
      throw new AwsError('InvalidAction', `Not served here: ${action}; only SendRawEmail is.`)
    if (paused) throw new AwsError('AccountSendingPausedException', 'Sending is paused for this account.')
    const mail = await mailOf(form, options.now())
    const tags = tagsOf(form)
    options.mailbox.append(mail)
    options.sent?.({ ...mail, tags })
    return mail.id
  }

  const front = new Hono({ strict: false })
  front.post('/', async (c) => {
    try {
      const messageId = await send(new URLSearchParams(await c.req.text()))
      return c.body(sentXml(messageId), 200, { 'content-type': 'text/xml' })
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return c.body(errorXml(error), 400, { 'content-type': 'text/xml' })
    }
  })

  return {
    front,
    pauseSending: () => {
      paused = true
    },
    resumeSending: () => {
      paused = false
    },
  }
}
