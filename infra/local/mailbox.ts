import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'
import * as z from 'zod'

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

export interface Mailbox {
  /** Oldest first. */
  readonly all: () => readonly Mail[]
  readonly append: (mail: Mail) => void
}

const readMails = (file: string): Mail[] => {
  if (!existsSync(file)) return []
  const bytes = readFileSync(file)
  // The last line has no end when the process was killed while it wrote: that mail was never acknowledged.
  const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1)
  truncateSync(file, whole.length)
  const lines = whole.toString('utf8').split('\n').slice(0, -1)
  return lines.map((line) => Mail.parse(JSON.parse(line)))
}

/** Every mail that was ever sent, one a line in `file`, so that a second start finds them again. */
export const openMailbox = (file: string): Mailbox => {
  const mails = readMails(file)
  return {
    all: () => mails,
    append: (mail) => {
      appendFileSync(file, `${JSON.stringify(mail)}\n`)
      mails.push(mail)
    },
  }
}
