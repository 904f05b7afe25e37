import { simpleParser, type ParsedMail } from 'mailparser'
import * as z from 'zod'
import { Verdict } from '../../shared/contracts/inbound-mail.ts'
import type { Arrival } from './inbound.ts'

const written = 'Write pass, fail, gray or none.'

/** A verdict as people write it, or as SES does; `none` is what SES calls GRAY. */
const verdict = z
  .string({ error: written })
  .transform((word) => (word.toLowerCase() === 'none' ? 'GRAY' : word.toUpperCase()))
  .pipe(z.enum(Verdict.options, { error: written }))

const address = z.string().trim().min(3).regex(/@/, { error: 'Not a mail address.' })

const Addresses = z.object({ value: z.array(z.object({ address: z.string().default('') })) })

const Body = z.strictObject({
  /** The whole mail, headers and all. */
  raw: z.string().min(1),
  encoding: z.enum(['utf8', 'base64'], { error: 'Write utf8 or base64.' }).default('utf8'),
  verdicts: z.strictObject({
    spf: verdict,
    dkim: verdict,
    dmarc: verdict,
    spam: verdict.default('PASS'),
    virus: verdict.default('PASS'),
  }),
  /** The envelope, where it is not as the headers say. Mails about other mails have no sender. */
  returnPath: z.union([z.literal(''), address]).optional(),
  recipients: z.array(address).min(1).optional(),
})

/** Lines end in CRLF on their way, whatever they were written with. */
const bytesOf = ({ raw, encoding }: z.output<typeof Body>): Buffer =>
  encoding === 'base64' ? Buffer.from(raw, 'base64') : Buffer.from(raw.replace(/\r?\n/g, '\r\n'))

/** The parser takes these headers apart itself. */
const addressesIn = ({ headers }: ParsedMail, name: 'to' | 'cc' | 'delivered-to' | 'return-path' | 'from'): string[] =>
  z
    .array(Addresses)
    .parse([headers.get(name) ?? []].flat())
    .flatMap(({ value }) => value.flatMap((one) => one.address))

/** A mail that someone lets arrive: the envelope is that of the headers, unless it is given. */
export const ArrivingMail = Body.refine(
  ({ raw, encoding }) => encoding === 'utf8' || z.base64().safeParse(raw).success,
  { path: ['raw'], error: 'Not base64.', abort: true },
).transform(async (body, context): Promise<Arrival> => {
  const raw = bytesOf(body)
  const mail = await simpleParser(raw)
  const named = (['to', 'cc', 'delivered-to'] as const).flatMap((name) => addressesIn(mail, name))
  const recipients = body.recipients ?? [...new Set(named.filter((one) => one !== ''))]
  const [returnPath] = [body.returnPath ?? [], addressesIn(mail, 'return-path'), addressesIn(mail, 'from')].flat()
  if (recipients.length === 0)
    context.addIssue({ code: 'custom', path: ['recipients'], message: 'No header names a recipient: give recipients.' })
  if (returnPath === undefined)
    context.addIssue({ code: 'custom', path: ['returnPath'], message: 'No header names a sender: give returnPath.' })
  return { raw, returnPath: returnPath ?? '', recipients, verdicts: body.verdicts }
})
