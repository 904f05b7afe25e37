import { Hono } from 'hono'
import * as z from 'zod'
import { type BusEvents, shownEvent } from './event-bridge.ts'
import { bodyOf } from './routes.ts'
import { type Webhook, WebhookUrl } from './webhook.ts'

export interface EventParts {
  readonly events: Pick<BusEvents, 'labels' | 'at'>
  readonly webhook: Webhook
  /** Resolves when no execution moves by itself. */
  readonly idle: () => Promise<void>
}

const WebhookBody = z.strictObject({ url: z.nullable(WebhookUrl) })

/** What HR systems would hear: every event that the bus took, and the address to which each is posted. */
export const eventRoutes = ({ events, webhook, idle }: EventParts): Hono => {
  const app = new Hono()

  app.get('/local/events', async (c) => {
    // Whoever called and looks now is to find what the call has set going.
    await idle()
    const assistantId = c.req.query('assistantId')
    const shown = events.labels().flatMap((about, place) => {
      const event = assistantId === undefined || about === assistantId ? events.at(place) : undefined
      return event === undefined ? [] : [shownEvent(event)]
    })
    return c.json({ events: shown, webhook: webhook.url() })
  })

  app.put('/local/events/webhook', async (c) => {
    const body = await bodyOf(c, WebhookBody)
    if (body instanceof Response) return body
    webhook.set(body.url)
    return c.json({ url: webhook.url() })
  })

  return app
}
