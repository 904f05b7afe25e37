import { Hono } from 'hono'

/** Mails as their readers wait for them. */
export interface Outbox {
  /** Puts a mail where its reader finds it. */
  readonly put: (to: string, about: string, text: string) => void
  /** `GET /outbox/{to}/{about}` answers with the mail's text as soon as there is one, and takes it away. */
  readonly front: Hono
}

export const createOutbox = (): Outbox => {
  const arrived = new Map<string, string>()
  const waiting = new Map<string, (text: string) => void>()
  const front = new Hono()
  front.get('/outbox/:to/:about', async (c) => {
    const key = `${c.req.param('to')} ${c.req.param('about')}`
    const text =
      arrived.get(key) ??
      (await new Promise<string>((resolve) => {
        waiting.set(key, resolve)
      }))
    arrived.delete(key)
    return c.text(text)
  })
  return {
    put: (to, about, text) => {
      const key = `${to} ${about}`
      const reader = waiting.get(key)
      waiting.delete(key)
      if (reader === undefined) arrived.set(key, text)
      else reader(text)
    },
    front,
  }
}
