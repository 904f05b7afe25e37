import { describe, expect, it } from 'vitest'
import { TimeStopped } from '../../../infra/local/advance.ts'
import { ClockBackwards, type Clock } from '../../../infra/local/clock.ts'
import type { Mail } from '../../../infra/local/mailbox.ts'
import { localRoutes, type LocalParts } from '../../../infra/local/routes.ts'
import { Instant } from '../../../shared/domain/time.ts'

const start = Instant.parse('2024-02-28T16:30:00.000Z')

const setUp = (overrides: Partial<LocalParts> = {}) => {
  let now = start
  const clock: Clock = {
    now: () => now,
    moveTo: (instant) => {
      now = instant
    },
    reach: (instant) => {
      now = instant
    },
    stop: () => undefined,
  }
  const timekeeper: LocalParts['timekeeper'] = {
    advance: async (target) => clock.moveTo(target(now)),
    catchUp: async () => undefined,
    stop: async () => undefined,
  }
  const mails: Mail[] = []
  const app = localRoutes({
    clock,
    timekeeper,
    mailbox: { all: () => mails, append: (mail) => void mails.push(mail) },
    idle: async () => undefined,
    zone: 'Asia/Shanghai',
    ...overrides,
  })
  const turn = (body: unknown) =>
    app.request('/local/clock', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
  return { app, clock, mails, turn, timekeeper }
}

const failing = (error: Error): LocalParts['timekeeper'] => ({
  advance: async () => {
    throw error
  },
  catchUp: async () => undefined,
  stop: async () => undefined,
})

describe('the clock', () => {
  it('is read', async () => {
    const { app } = setUp()
    expect(await (await app.request('/local/clock')).json()).toEqual({ now: start })
  })

  it.each([
    [{ advance: 'P1Y' }, '2025-02-27T16:30:00.000Z'],
    [{ advance: 'PT0S' }, start],
    [{ to: '2024-03-01T08:00:00+08:00' }, '2024-03-01T00:00:00.000Z'],
    [{ to: start }, start],
  ])('is turned by %j', async (body, now) => {
    const { turn, clock } = setUp()
    const response = await turn(body)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ now })
    expect(clock.now()).toBe(now)
  })

  it.each([
    ['{', ''],
    [[], ''],
    [{}, ''],
    [{ advance: 'P1D', to: start }, ''],
    [{ advance: 'P1D', at: start }, '/at'],
    [{ advance: 'tomorrow' }, '/advance'],
    [{ advance: '-P1D' }, '/advance'],
    [{ advance: 1 }, '/advance'],
    [{ advance: 'P9000Y' }, '/advance'],
    [{ to: '2024-03-01' }, '/to'],
    [{ to: '2023-02-29T00:00:00Z' }, '/to'],
  ])('is not turned by %j', async (body, pointer) => {
    const { turn, clock } = setUp()
    const response = await turn(body)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({
      type: 'urn:zhuli:problem:invalid-request',
      status: 400,
      code: 'invalid-request',
      detail: expect.any(String),
      errors: [{ pointer, detail: expect.any(String) }],
    })
    expect(clock.now()).toBe(start)
  })

  it('is not turned back', async () => {
    const { turn } = setUp()
    const response = await turn({ to: '2024-02-28T16:29:59Z' })
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'clock-backwards', status: 409 })
    const raced = await setUp({ timekeeper: failing(new ClockBackwards('It is later.')) }).turn({ advance: 'P1D' })
    expect(raced.status).toBe(409)
  })

  it('says so when time stops at something that stays due', async () => {
    const response = await setUp({ timekeeper: failing(new TimeStopped('CASE#1')) }).turn({ advance: 'P1D' })
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'time-stopped', detail: expect.stringContaining('CASE#1') })
  })
})

describe('the mailbox', () => {
  const mail: Mail = {
    id: 'm1',
    at: start,
    from: 'a@bank.example',
    to: ['b@bank.example'],
    subject: 's',
    text: 't',
    html: 'h',
    headers: { 'auto-submitted': 'auto-generated' },
    raw: 'r',
  }

  it('is read once nothing moves any more, without the mails’ sources', async () => {
    const { app, mails } = setUp({ idle: async () => void mails.push(mail) })
    const { raw: _, ...message } = mail
    expect(await (await app.request('/local/mail')).json()).toEqual({ messages: [message] })
  })
})
