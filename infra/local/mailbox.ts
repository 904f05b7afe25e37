import * as z from 'zod'
import { type KeptLines, keptLines } from './kept-lines.ts'

export const Mail = z.object({
  id: z.string(),
  /** When it was sent, by the bank's clock. */
  at: z.string(),
  from: z.string(),
  /** The envelope's recipients, which need not be those of the headers. */
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** By lower-cased name. */
  headers: z.record(z.string(), z.string()),
  raw: z.string(),
})
export type Mail = z.infer<typeof Mail>

/** A mail without its source, which has all of it twice. */
export const Message = Mail.omit({ raw: true })
export type Message = z.infer<typeof Message>

/** By what mails are asked for. */
type Label = Pick<Mail, 'id' | 'to'>
export type Mailbox = KeptLines<Mail, Label>

/** Every mail that was ever sent, kept in `file`. */
export const openMailbox = (file: string): Mailbox =>
  keptLines(
    file,
    (line) => Mail.parse(line),
    ({ id, to }) => ({ id, to }),
  )
