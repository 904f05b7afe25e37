import { Hono } from 'hono'
import * as z from 'zod'
import { createTimekeeper, earliestOf } from '../../infra/local/advance.ts'
import type { Clock } from '../../infra/local/clock.ts'
import { bank } from '../../infra/local/environment.ts'
import { BusEvent } from '../../infra/local/event-bridge.ts'
import { eventRoutes } from '../../infra/local/event-routes.ts'
import { createInbound } from '../../infra/local/inbound.ts'
import { Mail } from '../../infra/local/mailbox.ts'
import { localRoutes } from '../../infra/local/routes.ts'
import { readMail } from '../../infra/local/ses.ts'
import { serve } from '../../infra/local/server.ts'
import { findStack } from '../../infra/operate/deployed-stack.ts'
import { type Deployed, openDeployed } from './deployed.ts'
import { forward, isRead, translated } from './forward.ts'
import { openIdentity } from './issuer.ts'
import type { Place } from './place.ts'
import { createRest, type Rest } from './rest.ts'
import { toldClocks } from './told-clock.ts'

/** What EventBridge hands to a queue. */
const Heard = z.object({ source: z.string(), 'detail-type': z.string(), detail: z.unknown() })

/** What people and HR systems got since the last reset. */
interface Post {
  readonly mails: Mail[]
  readonly events: BusEvent[]
}

/** What stands beside the API: everybody's mail, what HR systems hear, and the clock. */
const beside = ({ mails, events }: Post, clock: Clock, deployed: Deployed, { stir, idle }: Rest): Hono => {
  const timekeeper = createTimekeeper({
    clock,
    idle,
    earliest: (until) => earliestOf(deployed.duties, until),
    sweep: () =>
      stir(async () => {
        await deployed.invoke('SweepFunction', {})
        await deployed.invoke('KeepAnchors', {})
      }),
  })
  const inbound = createInbound({
    s3: { put: deployed.store },
    bucket: deployed.inboxBucket,
    invoke: (_, payload) => stir(() => deployed.invoke('ReceiveMail', payload)),
    now: clock.now,
  })
  const mailbox = { labels: () => mails, at: (place: number) => mails[place] }
  const heard = { labels: () => events.map(({ detail }) => detail.assistantId), at: (place: number) => events[place] }
  const webhook = { url: () => null, set: () => undefined, tell: () => undefined, stop: async () => undefined }
  const app = new Hono()
  app.route('/', localRoutes({ clock, timekeeper, mailbox, inbound, idle, zone: bank.zone }))
  app.route('/', eventRoutes({ events: heard, webhook, idle }))
  return app
}

export interface FrontOptions {
  readonly place: Place
  /** Where the front is to be served. */
  readonly url: string
  /** Folder for what it keeps. */
  readonly folder: string
}

/** A deployed system as the embedded one shows itself, so that the same journeys run on both. */
export const serveFront = async ({ place, url, folder }: FrontOptions): Promise<void> => {
  const stack = await findStack(place.stackName)
  const deployed = await openDeployed(stack, place)
  const clocks = toldClocks(folder, (offsetMs) => place.setClock(stack, offsetMs))
  let clock = clocks.open()
  const post: Post = { mails: [], events: [] }
  /** Mails that were there before the last reset. */
  let before = 0

  await place.deliver(async (raw, recipients) => {
    const mail = await readMail(raw, recipients, clock.now())
    post.mails.push(Mail.parse(JSON.parse(place.here(JSON.stringify(mail)))))
  })
  const rest = createRest({
    deployed,
    ready: clocks.told,
    isAwaited: async () => post.mails.length + before < (await place.mailCount()),
    heard: (events) => {
      for (const event of events) {
        const { source, 'detail-type': detailType, detail } = Heard.parse(event)
        post.events.push(BusEvent.parse({ source, detailType, detail, publishedAt: clock.now() }))
      }
    },
  })
  let local = beside(post, clock, deployed, rest)

  const app = new Hono()
  app.post('/local/reset', async (c) => {
    await rest.idle()
    await deployed.wipe()
    before += post.mails.length
    post.mails.length = 0
    post.events.length = 0
    clock.stop()
    clock = clocks.open()
    local = beside(post, clock, deployed, rest)
    return c.body(null, 204)
  })
  app.all('/local/*', async (c) => local.fetch(await translated(c.req.raw, c.req.url, place)))
  app.route('/', await openIdentity(folder))
  app.all('*', async (c) => {
    const call = () => forward(c.req.raw, deployed.apiUrl, place)
    if (!isRead(c.req.raw)) return rest.stir(call)
    await rest.idle()
    return call()
  })
  await serve((request) => app.fetch(request), Number(new URL(url).port))
}
