import { Hono, type Context } from 'hono'
import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'
import { invalidRequest, mistakesIn, oneMistake } from '../../functions/http/mistakes.ts'
import { readerLocale, respond } from '../../functions/http/problem.ts'
import { Instant, type TimeZone } from '../../shared/domain/time.ts'
import { TimeStopped, type Timekeeper } from './advance.ts'
import { after, ClockBackwards, ClockOutOfRange, type Clock } from './clock.ts'
import { Message, type Mailbox } from './mailbox.ts'
import { localProblem } from './problems.ts'

export interface LocalParts {
  readonly clock: Clock
  readonly timekeeper: Timekeeper
  readonly mailbox: Mailbox
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

/** What only the embedded system has: everybody's mail, and a clock to turn. */
export const localRoutes = ({ clock, timekeeper, mailbox, idle, zone }: LocalParts): Hono => {
  const app = new Hono()

  app.get('/local/mail', async (c) => {
    // A call's mails are sent by the workflow that it set going: whoever called and looks now is to find them.
    await idle()
    return c.json({ messages: mailbox.all().map((mail) => Message.parse(mail)) })
  })

  app.get('/local/clock', (c) => c.json({ now: clock.now() }))

  app.post('/local/clock', async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined)
    if (body === undefined) return respond(oneMistake('', 'not-json', readerLocale(c)))
    const turn = ClockTurn.safeParse(body)
    if (!turn.success) return respond(invalidRequest(mistakesIn(turn.error, readerLocale(c)), readerLocale(c)))
    const { data } = turn
    try {
      await timekeeper.advance((now) => {
        if ('advance' in data) return after(now, data.advance, zone)
        if (data.to < now) throw new ClockBackwards(`It is ${now} already; the clock can't go back to ${data.to}.`)
        return data.to
      })
    } catch (error) {
      return refusal(c, error, clock.now())
    }
    return c.json({ now: clock.now() })
  })

  return app
}
