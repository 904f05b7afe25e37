import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { expect, onTestFinished } from 'vitest'
import { serve } from '../../../infra/local/server.ts'

/** What the SDK asks for before it sends anything; nothing checks it. */
export const client = (endpoint: string) => ({
  endpoint,
  region: 'local',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
})

/** A folder that goes when the test does. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'zhuli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** For what comes from another process or over HTTP, which a busy machine may keep waiting. */
export const patience = { timeout: 10_000 }

/** A clock that stands still. */
export const noon = '2024-03-01T04:00:00.000Z'

/** The status for a post, by its number from 1; the signal says when who posts it goes away. */
type Answer = (post: number, gone: AbortSignal) => number | Promise<number>

/** A listener that a webhook posts to: it keeps what comes, and answers as it is told. */
export interface Listener {
  readonly url: string
  /** Everything posted, oldest first; what was refused too. */
  readonly posts: readonly { readonly id: string; readonly [member: string]: unknown }[]
  /** Answers from now on. */
  readonly answer: (status: Answer) => void
  /** Resolves when so many have been posted in all. */
  readonly posted: (count: number) => Promise<void>
  readonly close: () => Promise<void>
}

export const startListener = async (): Promise<Listener> => {
  const posts: { id: string }[] = []
  let answer: Answer = () => 204
  let waiting: (() => void)[] = []
  const app = new Hono()
  app.post('*', async (c) => {
    expect(c.req.header('content-type')).toBe('application/json')
    posts.push(await c.req.json())
    for (const look of waiting) look()
    const status = await answer(posts.length, c.req.raw.signal)
    return new Response(null, { status, ...(status === 302 ? { headers: { location: c.req.url } } : {}) })
  })
  const { url, close } = await serve(app.fetch, 0)
  onTestFinished(close)
  return {
    url: `${url}/events`,
    posts,
    answer: (next) => {
      answer = next
    },
    posted: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (posts.length >= count) resolve()
        }
        waiting = [...waiting, look]
        look()
      }),
    close,
  }
}
