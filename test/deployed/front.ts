import { Hono } from 'hono'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import { createTimekeeper } from '../../infra/local/advance.ts'
import { type Clock, openClock } from '../../infra/local/clock.ts'
import { bank } from '../../infra/local/environment.ts'
import { BusEvent } from '../../infra/local/event-bridge.ts'
import { eventRoutes } from '../../infra/local/event-routes.ts'
import { createInbound } from '../../infra/local/inbound.ts'
import { Mail } from '../../infra/local/mailbox.ts'
import { localRoutes } from '../../infra/local/routes.ts'
import { readMail } from '../../infra/local/ses.ts'
import { serve } from '../../infra/local/server.ts'
import { findStack } from '../../infra/operate/deployed-stack.ts'
import { openDeployed } from './deployed.ts'
import { openIdentity } from './issuer.ts'
import type { Place } from './place.ts'

/** What EventBridge hands to a queue. */
const Heard = z.object({ source: z.string(), 'detail-type': z.string(), detail: z.unknown() })

export interface FrontOptions {
  readonly place: Place
  /** Where the front is to be served. */
  readonly url: string
  /** Folder for what it keeps. */
  readonly folder: string
}

/**
 * Serves a deployed system as the embedded one shows itself: its API, and beside it the issuer of tokens, everybody's
 * mail, what HR systems hear, and the clock. So the same journeys run on both.
 */
export const serveFront = async ({ place, url, folder }: FrontOptions): Promise<void> => {
  const stack = await findStack(place.stackName)
  const deployed = await openDeployed(stack, place)
  const mails: Mail[] = []
  const events: BusEvent[] = []
  /** Mails that were there before the last reset. */
  let before = 0

  /** Resolves when the functions go by the clock as it was turned last. */
  let told = Promise.resolve()
  const tell = (clock: Clock): void => {
    const offsetMs = Date.parse(clock.now()) - Date.now()
    told = told.then(() => place.setClock(stack, offsetMs))
  }
  /** The clock of this process, which the functions follow. */
  const followed = (clock: Clock): Clock => {
    tell(clock)
    return {
      ...clock,
      moveTo: (instant) => {
        clock.moveTo(instant)
        tell(clock)
      },
      reach: (instant) => {
        clock.reach(instant)
        tell(clock)
      },
    }
  }
  let round = 0
  const newClock = (): Clock => {
    round += 1
    const own = join(folder, `clock-${round}`)
    mkdirSync(own, { recursive: true })
    return followed(openClock(join(own, 'clock.json')))
  }
  let clock = newClock()

  await place.deliver(async (raw, recipients) => {
    const mail = await readMail(raw, recipients, clock.now())
    mails.push(Mail.parse(JSON.parse(place.here(JSON.stringify(mail)))))
  })

  /** How often something was called that may have set something going, and how often that was when all was at rest. */
  let stirs = 0
  let restedAt = -1
  const stir = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    stirs += 1
    await told
    try {
      return await call()
    } finally {
      stirs += 1
    }
  }

  /** A mail comes some time after it was sent. */
  const idle = async (): Promise<void> => {
    if (restedAt === stirs) return
    const seen = stirs
    await deployed.idle()
    for (let tries = 0; tries < 100 && mails.length + before < (await place.mailCount()); tries += 1) await pause(50)
    for (const heard of await deployed.heard()) {
      const { source, 'detail-type': detailType, detail } = Heard.parse(heard)
      events.push(BusEvent.parse({ source, detailType, detail, publishedAt: clock.now() }))
    }
    restedAt = seen
  }

  const timekeeper = () =>
    createTimekeeper({
      clock,
      idle,
      earliest: async (until) => {
        const [due] = await deployed.duties.due(until, 1)
        return due && { item: `${due.key['pk']?.S} ${due.key['sk']?.S}`, dueAt: due.dueAt }
      },
      sweep: () => stir(() => deployed.invoke('SweepFunction', {})),
    })

  /** What stands beside the API, by the clock of the round. */
  const beside = (): Hono => {
    const inbound = createInbound({
      s3: { put: deployed.store },
      bucket: deployed.inboxBucket,
      invoke: (_, payload) => stir(() => deployed.invoke('ReceiveMail', payload)),
      now: clock.now,
    })
    const mailbox = { all: () => mails, append: (mail: Mail) => void mails.push(mail) }
    const heard = { all: () => events, append: (event: BusEvent) => void events.push(event) }
    const webhook = { url: () => null, set: () => undefined, tell: () => undefined, stop: async () => undefined }
    const app = new Hono()
    app.route('/', localRoutes({ clock, timekeeper: timekeeper(), mailbox, inbound, idle, zone: bank.zone }))
    app.route('/', eventRoutes({ events: heard, webhook, idle }))
    return app
  }
  let local = beside()

  const reset = async (): Promise<void> => {
    await idle()
    await deployed.wipe()
    before += mails.length
    mails.length = 0
    events.length = 0
    clock.stop()
    clock = newClock()
    local = beside()
  }

  const app = new Hono()
  app.post('/local/reset', async (c) => {
    await reset()
    return c.body(null, 204)
  })
  app.all('/local/mail', async (c) =>
    local.fetch(
      c.req.method === 'GET'
        ? c.req.raw
        : new Request(c.req.url, { ...spoken(c.req.raw), body: place.there(await c.req.text()) }),
    ),
  )
  app.all('/local/*', (c) => local.fetch(c.req.raw))
  app.route('/', await openIdentity(folder))
  app.all('*', async (c) => {
    const { pathname, search } = new URL(c.req.url)
    const isRead = ['GET', 'HEAD'].includes(c.req.method)
    if (isRead) await idle()
    const body = isRead ? {} : { body: place.there(await c.req.text()) }
    const send = () => fetch(`${deployed.apiUrl}${pathname}${search}`, { ...spoken(c.req.raw), ...body })
    const answer = await (isRead ? send() : stir(send))
    const isEmpty = answer.status === 204
    return new Response(isEmpty ? null : place.here(await answer.text()), {
      status: answer.status,
      headers: spoken(answer).headers,
    })
  })
  await serve((request) => app.fetch(request), Number(new URL(url).port))
}

/** What is handed on of a call or an answer beside its body, whose length and coding may be others. */
const spoken = (given: Request | Response) => {
  const headers = new Headers(given.headers)
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'host', 'connection'])
    headers.delete(name)
  return { headers, ...('method' in given && { method: given.method }) }
}
