import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type BusEvent, shownEvent } from '../../../infra/local/event-bridge.ts'
import { openWebhook } from '../../../infra/local/webhook.ts'
import { patience, startListener, temporaryFolder } from './support.ts'

const eventOf = (seq: number): BusEvent => ({
  source: 'zhuli',
  detailType: 'review-called.v1',
  publishedAt: '2024-01-02T01:00:00.000Z',
  detail: { id: `7k3m9q2d-${seq}`, assistantId: '7k3m9q2d', seq },
})

interface Line {
  readonly level: 'warn' | 'error'
  readonly facts: object
}

const setUp = async ({ pauses = [1, 1] as readonly number[] } = {}) => {
  const listener = await startListener()
  const file = join(temporaryFolder(), 'webhook.json')
  const events: BusEvent[] = []
  const lines: Line[] = []
  const log = {
    info: () => undefined,
    warn: (_: string, facts: object) => void lines.push({ level: 'warn', facts }),
    error: (_: string, facts: object) => void lines.push({ level: 'error', facts }),
  }
  const open = () => {
    const webhook = openWebhook({
      file,
      events: { labels: () => events.map(({ detail }) => detail.assistantId), at: (place) => events[place] },
      log,
      pauses,
    })
    onTestFinished(webhook.stop)
    return webhook
  }
  const webhook = open()
  const happen = (...seqs: readonly number[]): void => {
    for (const seq of seqs) events.push(eventOf(seq))
    webhook.tell()
  }
  const seqs = () => listener.posts.map(({ seq }) => seq)
  /** Resolves when it has given up so many times. */
  const givenUp = (count: number) =>
    vi.waitFor(() => expect(lines.filter(({ level }) => level === 'error')).toHaveLength(count), patience)
  const passed = (count: number) =>
    vi.waitFor(() => expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ passed: count }), patience)
  return { listener, open, webhook, happen, seqs, lines, givenUp, passed }
}

describe('a webhook', () => {
  it('gets every event from then on, as it is shown, one after the other', async () => {
    const { listener, webhook, happen, seqs, lines } = await setUp()
    const held = Promise.withResolvers<number>()
    listener.answer((post) => (post === 1 ? held.promise : 200))
    happen(1)
    webhook.set(listener.url)
    happen(2, 3)
    await listener.posted(1)
    happen(4)
    expect(seqs()).toEqual([2])
    held.resolve(200)
    await listener.posted(3)
    expect(seqs()).toEqual([2, 3, 4])
    expect(listener.posts[0]).toEqual(shownEvent(eventOf(2)))
    expect(lines).toEqual([])
  })

  it.each([
    ['an error', 500],
    ['a redirection, which would lose the event', 302],
    ['a refusal', 400],
  ])(
    'that answers %s is tried again with the same event, which the log says without the address',
    async (_, status) => {
      const { listener, webhook, happen, seqs, lines } = await setUp()
      listener.answer((post) => (post <= 2 ? status : 200))
      webhook.set(listener.url)
      happen(1, 2)
      await listener.posted(4)
      expect(seqs()).toEqual([1, 1, 1, 2])
      const line = { level: 'warn', facts: { event: '7k3m9q2d-1', reason: `status ${status}` } }
      expect(lines).toEqual([line, line])
    },
  )

  it('that keeps failing has what failed first in line, and gets it before the next event', async () => {
    const { listener, webhook, happen, seqs, givenUp } = await setUp()
    listener.answer(() => 503)
    webhook.set(listener.url)
    happen(1, 2)
    await givenUp(1)
    expect(seqs()).toEqual([1, 1, 1])
    listener.answer(() => 200)
    happen(3)
    await listener.posted(6)
    expect(seqs().slice(3)).toEqual([1, 2, 3])
  })

  it('that fails while another event comes is tried once more for it', async () => {
    const { listener, webhook, happen, seqs, givenUp } = await setUp()
    listener.answer((post) => {
      if (post === 3) happen(2)
      return 503
    })
    webhook.set(listener.url)
    happen(1)
    await givenUp(2)
    expect(seqs()).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('that nobody serves is no error of the system', async () => {
    const { listener, webhook, happen, lines, givenUp } = await setUp()
    await listener.close()
    webhook.set(listener.url)
    happen(1)
    await givenUp(1)
    expect(lines[0]).toEqual({ level: 'warn', facts: { event: '7k3m9q2d-1', reason: 'ECONNREFUSED' } })
  })

  it('is replaced: what waits in line goes to the new address, at once', async () => {
    const { listener, webhook, happen, seqs } = await setUp({ pauses: [1e9] })
    const other = await startListener()
    listener.answer(() => 503)
    webhook.set(listener.url)
    happen(1, 2)
    await listener.posted(1)
    webhook.set(other.url)
    await other.posted(2)
    expect(other.posts.map(({ seq }) => seq)).toEqual([1, 2])
    expect(seqs()).toEqual([1])
    expect(webhook.url()).toBe(other.url)
  })

  it('that ends gets nothing any more, nor does the next one what happened meanwhile', async () => {
    const { listener, webhook, happen, seqs, passed } = await setUp()
    webhook.set(listener.url)
    happen(1)
    await passed(1)
    webhook.set(null)
    happen(2)
    webhook.set(listener.url)
    happen(3)
    await listener.posted(2)
    expect(seqs()).toEqual([1, 3])
  })

  it('goes on after a restart with what it has not had yet', async () => {
    const { listener, webhook, happen, open, seqs, passed } = await setUp({ pauses: [1e9] })
    listener.answer((post) => (post === 2 ? 500 : 200))
    webhook.set(listener.url)
    happen(1, 2)
    await passed(1)
    await listener.posted(2)
    await webhook.stop()
    happen(3)
    expect(seqs()).toEqual([1, 2])
    expect(open().url()).toBe(listener.url)
    await listener.posted(4)
    expect(seqs()).toEqual([1, 2, 2, 3])
  })
})
