import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AssistantView } from '../../../shared/contracts/resources.ts'
import { startEmbedded } from '../../../infra/local/system.ts'
import { type Bank, bringOnPost, file, registerOrganisation, startBank } from '../../support/bank-client.ts'
import { patience, startListener, temporaryFolder } from './support.ts'

interface Heard {
  readonly events: readonly { readonly id: string; readonly type: string; readonly assistantId: string }[]
  readonly webhook: string | null
}

const setUp = async (): Promise<Bank> => {
  const bank = await startBank()
  onTestFinished(bank.stop)
  await registerOrganisation(bank)
  return bank
}

const heard = async ({ call }: Bank, query = ''): Promise<Heard> =>
  (await call<Heard>('GET', `/local/events${query}`)).body

const webhookAt = ({ call }: Bank, url: unknown) => call<{ url: string }>('PUT', '/local/events/webhook', { url })

const unique = (events: readonly { readonly id: string }[]) => [...new Set(events.map(({ id }) => id))]

describe('GET /local/events', () => {
  it('shows what was published, oldest first, of everybody or of one, and still after a restart', async () => {
    const bank = await setUp()
    expect(await heard(bank)).toEqual({ events: [], webhook: null })
    const [one, other] = [await bringOnPost(bank, 'A1'), await file(bank, 'A2')]

    const { events } = await heard(bank)
    expect(events[0]).toEqual({
      id: `${one.id}-1`,
      type: 'onboarding-filed',
      version: 1,
      assistantId: one.id,
      employeeNo: 'A1',
      seq: 1,
      previousSeq: null,
      at: expect.stringMatching(/^2024-01-02T01:/),
      publishedAt: expect.stringMatching(/^2024-01-02T01:/),
      data: {
        applicationId: `${one.id}-1`,
        filedBy: 'F1',
        track: 'private-bank',
        source: 'graduate-programme',
        branchId: 'SH',
        centreId: 'SH-1',
        teamId: null,
      },
    })
    const of = async (id: string) => (await heard(bank, `?assistantId=${id}`)).events
    const [ofOne, ofOther] = [await of(one.id), await of(other.assistantId)]
    expect(new Set(ofOne.map(({ assistantId }) => assistantId))).toEqual(new Set([one.id]))
    expect([...ofOne, ...ofOther]).toEqual(events)
    expect(unique(ofOther)).toEqual([1, 2].map((seq) => `${other.assistantId}-${seq}`))
    expect(await of('unknown')).toEqual([])

    await bank.restart()
    expect((await heard(bank)).events).toEqual(events)
  })
})

describe('the webhook', () => {
  it('gets each event in order, again where it failed, and after a restart too, until it is taken away', async () => {
    const bank = await setUp()
    const listener = await startListener()
    await file(bank, 'A0')
    const before = (await heard(bank)).events.length
    expect(await webhookAt(bank, listener.url)).toMatchObject({ status: 200, body: { url: listener.url } })
    listener.answer((post) => (post === 2 ? 500 : 200))
    const { assistantId } = await file(bank, 'A1')
    const { events, webhook } = await heard(bank, `?assistantId=${assistantId}`)
    expect(webhook).toBe(listener.url)
    await listener.posted(events.length + 1)
    expect(listener.posts.toSpliced(1, 1)).toEqual(events)

    await bank.restart()
    expect(await heard(bank)).toMatchObject({ webhook: listener.url, events: { length: before + events.length } })
    const second = await file(bank, 'A2')
    const more = (await heard(bank, `?assistantId=${second.assistantId}`)).events
    // What was being posted at the restart comes again.
    await vi.waitFor(() => expect(unique(listener.posts)).toEqual(unique([...events, ...more])), patience)

    expect(await webhookAt(bank, null)).toMatchObject({ status: 200, body: { url: null } })
    expect((await heard(bank)).webhook).toBeNull()
  })

  it('keeps nobody waiting, however long it takes, and ends with the system', async () => {
    const bank = await setUp()
    const listener = await startListener()
    const never = Promise.withResolvers<number>()
    onTestFinished(() => never.resolve(200))
    let isGone = false
    listener.answer((_, gone) => {
      gone.addEventListener('abort', () => (isGone = true))
      return never.promise
    })
    await webhookAt(bank, listener.url)
    expect(await bringOnPost(bank, 'A1')).toMatchObject({ status: 'on-post' } satisfies Partial<AssistantView>)
    expect([listener.posts.length, isGone]).toEqual([1, false])
    await bank.stop()
    await vi.waitFor(() => expect(isGone).toBe(true), patience)
  })

  it.each([[{}], [{ url: 'bank.example' }], [{ url: 'ftp://bank.example' }], [{ url: null, more: 1 }], ['{']])(
    'is not %j',
    async (body) => {
      const bank = await setUp()
      const answer = await bank.call('PUT', '/local/events/webhook', body)
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
      expect((await heard(bank)).webhook).toBeNull()
    },
  )

  it('is given at the start too; with a fresh start all is gone', async () => {
    const dataDir = temporaryFolder()
    const shown = async (options: { readonly webhook?: string; readonly fresh?: boolean }) => {
      const system = await startEmbedded({ port: 0, dataDir, ...options })
      onTestFinished(system.stop)
      const { webhook } = (await (await fetch(`${system.url}/local/events`)).json()) as Heard
      await system.stop()
      return webhook
    }
    const url = 'http://127.0.0.1:9/events'
    expect(await shown({ webhook: url })).toBe(url)
    expect(await shown({})).toBe(url)
    expect(await shown({ fresh: true })).toBeNull()
  })
})
