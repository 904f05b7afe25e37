import { Hono } from 'hono'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { callbackify } from 'node:util'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import * as z from 'zod'
import { createTimekeeper } from '../../infra/local/advance.ts'
import { type Clock, openClock } from '../../infra/local/clock.ts'
import { bank } from '../../infra/local/environment.ts'
import { BusEvent } from '../../infra/local/event-bridge.ts'
import { eventRoutes } from '../../infra/local/event-routes.ts'
import { createIdentity } from '../../infra/local/identity.ts'
import { createInbound } from '../../infra/local/inbound.ts'
import type { Mail } from '../../infra/local/mailbox.ts'
import { localRoutes } from '../../infra/local/routes.ts'
import { readMail } from '../../infra/local/ses.ts'
import { serve } from '../../infra/local/server.ts'
import { findDeployed } from './deployed.ts'
import { readVariables } from './variables.ts'

/** What EventBridge hands to a queue. */
const Heard = z.object({ source: z.string(), 'detail-type': z.string(), detail: z.unknown() })

// The deployed system as the embedded one shows itself: its API, and beside it the issuer of tokens, everybody's mail,
// what HR systems hear, and the clock. So the same journeys run on both.

const { emulatorUrl, frontUrl, smtpPort, clockFile, folder } = readVariables()
const deployed = await findDeployed(emulatorUrl)

/** The clock of this process, which the functions follow by the file. */
const followed = (clock: Clock): Clock => {
  const tell = (): void => {
    writeFileSync(`${clockFile}.new`, String(Date.parse(clock.now()) - Date.now()))
    renameSync(`${clockFile}.new`, clockFile)
  }
  tell()
  return {
    ...clock,
    moveTo: (instant) => {
      clock.moveTo(instant)
      tell()
    },
    reach: (instant) => {
      clock.reach(instant)
      tell()
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
const mails: Mail[] = []
const events: BusEvent[] = []
/** Mails that were there before the last reset. */
let before = 0

const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData: callbackify(async (stream: Readable, { envelope }: SMTPServerSession) => {
    const raw = Buffer.from(await text(stream))
    const to = envelope.rcptTo.map(({ address }) => address)
    mails.push(await readMail(raw, to, clock.now()))
  }),
})
smtp.listen(smtpPort, '127.0.0.1')

/** How often something was called that may have set something going, and how often that was when all was at rest. */
let stirs = 0
let restedAt = -1
const stir = async <Result>(call: Promise<Result>): Promise<Result> => {
  stirs += 1
  try {
    return await call
  } finally {
    stirs += 1
  }
}

/** The emulator hands mails on after it has taken them. */
const idle = async (): Promise<void> => {
  if (restedAt === stirs) return
  const seen = stirs
  await deployed.idle()
  for (let tries = 0; tries < 100 && mails.length + before < (await deployed.mailCount()); tries += 1) await pause(50)
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
    sweep: () => stir(deployed.invoke('SweepFunction', {})),
  })

/** What stands beside the API, by the clock of the round. */
const beside = (): Hono => {
  const inbound = createInbound({
    s3: { put: deployed.store },
    bucket: deployed.inboxBucket,
    invoke: (_, payload) => stir(deployed.invoke('ReceiveMail', payload)),
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

const identity = await createIdentity({
  issuer: 'https://login.bank.example',
  audience: 'zhuli',
  file: join(folder, 'issuer.key'),
})
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
app.all('/local/*', (c) => local.fetch(c.req.raw))
app.route('/', identity)
app.all('*', async (c) => {
  const { pathname, search } = new URL(c.req.url)
  const isRead = ['GET', 'HEAD'].includes(c.req.method)
  if (isRead) await idle()
  const sent = fetch(`${deployed.apiUrl}${pathname}${search}`, {
    method: c.req.method,
    headers: c.req.raw.headers,
    ...(isRead ? {} : { body: await c.req.arrayBuffer() }),
  })
  const answer = await (isRead ? sent : stir(sent))
  // What it said it was encoded in is decoded by now.
  const headers = new Headers(answer.headers)
  headers.delete('content-encoding')
  headers.delete('content-length')
  headers.delete('transfer-encoding')
  return new Response(answer.status === 204 ? null : await answer.arrayBuffer(), { status: answer.status, headers })
})
await serve((request) => app.fetch(request), Number(new URL(frontUrl).port))
