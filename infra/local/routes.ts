import { Hono, type Context } from 'hono'
import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'
import { invalidRequest, mistakesIn, oneMistake } from '../../functions/http/mistakes.ts'
import { Instant, type TimeZone } from '../../shared/domain/time.ts'
import { TimeStopped, type Timekeeper } from './advance.ts'
import { ArrivingMail } from './arrival.ts'
import { after, ClockBackwards, ClockOutOfRange, type Clock } from './clock.ts'
import type { Inbound } from './inbound.ts'
import { Message, type Mailbox } from './mailbox.ts'
import { readerLocale, respond } from './over-fetch.ts'
import { localProblem } from './problems.ts'

export interface LocalParts {
  readonly clock: Clock
  readonly timekeeper: Timekeeper
  readonly mailbox: Pick<Mailbox, 'labels' | 'at'>
  readonly inbound: Inbound
  /** Resolves when no execution moves by itself. */
  readonly idle: () => Promise<void>
  readonly zone: TimeZone
}

const Duration = z.string().transform((text, context) => {
  try {
    const duration = Temporal.Duration.from(text)
    if (duration.sign >= 0) return duration
    context.addIssue('The clock only goes forward.')
  } catch {
    context.addIssue('Not an ISO 8601 duration such as P1D, P1Y or PT5M.')
  }
  return z.NEVER
})

const Moment = z.iso
  .datetime({ offset: true, error: 'Not an RFC 3339 instant such as 2025-03-03T01:00:00Z.' })
  .transform((text) => Instant.parse(new Date(text).toISOString()))

const ClockTurn = z
  .strictObject({ advance: Duration.optional(), to: Moment.optional() })
  .transform(({ advance, to }, context) => {
    if (advance !== undefined && to === undefined) return { advance }
    if (to !== undefined && advance === undefined) return { to }
    context.addIssue('Give either advance or to.')
    return z.NEVER
  })

const refusal = (c: Context, error: unknown, now: Instant): Response => {
  if (error instanceof ClockBackwards) return localProblem(c, 'clock-backwards', { now })
  if (error instanceof ClockOutOfRange)
    return respond(invalidRequest([{ pointer: '/advance', detail: error.message }], readerLocale(c)))
  if (error instanceof TimeStopped) return localProblem(c, 'time-stopped', { now, item: error.item })
  throw error
}

/** The body as a schema has it, or the answer to whoever sent another. */
export const bodyOf = async <Output>(c: Context, schema: z.ZodType<Output>): Promise<Output | Response> => {
  const body: unknown = await c.req.json().catch(() => undefined)
  if (body === undefined) return respond(oneMistake('', 'not-json', readerLocale(c)))
  const parsed = await schema.safeParseAsync(body)
  return parsed.success
    ? parsed.data
    : respond(invalidRequest(mistakesIn(parsed.error, readerLocale(c)), readerLocale(c)))
}

/** What only the embedded system has: everybody's mail, and a clock to turn. */
export const localRoutes = ({ clock, timekeeper, mailbox, inbound, idle, zone }: LocalParts): Hono => {
  const app = new Hono()

  app.get('/local/mail', async (c) => {
    // A call's mails are sent by the workflow that it set going: whoever called and looks now is to find them.
    await idle()
    const to = c.req.query('to')?.toLowerCase()
    const last = c.req.query('after')
    const labels = mailbox.labels()
    // All of them where there is none of that id.
    const first = last === undefined ? 0 : labels.findLastIndex(({ id }) => id === last) + 1
    const messages = labels.flatMap((label, place) => {
      const isWanted = place >= first && (to === undefined || label.to.includes(to))
      return isWanted ? [Message.parse(mailbox.at(place))] : []
    })
    return c.json({ messages })
  })

  app.post('/local/mail', async (c) => {
    const mail = await bodyOf(c, ArrivingMail)
    if (mail instanceof Response) return mail
    const id = await inbound.arrive(mail)
    // Whoever looks now is to find what the mail has set going.
    await idle()
    return c.json({ id }, 202)
  })

  app.get('/local/clock', (c) => c.json({ now: clock.now() }))

  app.post('/local/clock', async (c) => {
    const turn = await bodyOf(c, ClockTurn)
    if (turn instanceof Response) return turn
    try {
      await timekeeper.advance((now) => {
        if ('advance' in turn) return after(now, turn.advance, zone)
        if (turn.to < now) throw new ClockBackwards(`It is ${now} already; the clock can't go back to ${turn.to}.`)
        return turn.to
      })
    } catch (error) {
      return refusal(c, error, clock.now())
    }
    return c.json({ now: clock.now() })
  })

  return app
}
