import { describe, expect, it } from 'vitest'
import { TimeStopped } from '../../../infra/local/advance.ts'
import { ClockBackwards, type Clock } from '../../../infra/local/clock.ts'
import type { Arrival } from '../../../infra/local/inbound.ts'
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
  const arrived: Arrival[] = []
  const app = localRoutes({
    clock,
    timekeeper,
    mailbox: { labels: () => mails, at: (place) => mails[place] },
    inbound: {
      arrive: async (mail) => {
        arrived.push(mail)
        return `m${arrived.length}`
      },
    },
    idle: async () => undefined,
    zone: 'Asia/Shanghai',
    ...overrides,
  })
  const post = (path: string) => (body: unknown) =>
    app.request(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
  return { app, clock, mails, arrived, turn: post('/local/clock'), mail: post('/local/mail'), timekeeper }
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

  it.each([
    ['?after=m1', ['m2', 'm3']],
    ['?after=m1&to=B@bank.example', ['m3']],
    ['?after=m3', []],
    ['?after=unknown', ['m1', 'm2', 'm3']],
  ])('is read on from a mail: %s', async (query, ids) => {
    const { app, mails } = setUp()
    mails.push(mail, { ...mail, id: 'm2', to: ['c@bank.example'] }, { ...mail, id: 'm3' })
    expect(await (await app.request(`/local/mail${query}`)).json()).toMatchObject({
      messages: ids.map((id) => ({ id })),
    })
  })
})

describe('a mail that arrives', () => {
  const raw = 'From: Wang <wang@bank.example>\nTo: a+1.s@in.example, B <b@in.example>\nCc: b@in.example\n\n同意\n'
  const verdicts = { spf: 'pass', dkim: 'PASS', dmarc: 'None' }

  it('is taken in with the envelope of its headers, its lines as they travel', async () => {
    const { mail, arrived } = setUp()
    const response = await mail({ raw, verdicts })
    expect([response.status, await response.json()]).toEqual([202, { id: 'm1' }])
    expect(arrived).toEqual([
      {
        raw: Buffer.from(raw.replaceAll('\n', '\r\n')),
        returnPath: 'wang@bank.example',
        recipients: ['a+1.s@in.example', 'b@in.example'],
        verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'GRAY', spam: 'PASS', virus: 'PASS' },
      },
    ])
  })

  it.each([
    ['Return-Path: <bounces@mta.example>\nDelivered-To: c@in.example\n', 'bounces@mta.example'],
    ['Return-Path: <>\nDelivered-To: c@in.example\n', ''],
  ])('goes by the headers that a mail server adds: %j', async (added, returnPath) => {
    const { mail, arrived } = setUp()
    await mail({ raw: added + raw, verdicts })
    expect(arrived).toMatchObject([{ returnPath, recipients: ['a+1.s@in.example', 'b@in.example', 'c@in.example'] }])
  })

  it('is taken in with an envelope of its own, byte by byte, and with any verdict', async () => {
    const { mail, arrived } = setUp()
    const bytes = Buffer.from([0x46, 0x3a, 0x0a, 0xff, 0xfe])
    await mail({
      raw: bytes.toString('base64'),
      encoding: 'base64',
      verdicts: { spf: 'fail', dkim: 'gray', dmarc: 'processing_failed', spam: 'fail', virus: 'FAIL' },
      returnPath: '',
      recipients: ['d@in.example'],
    })
    expect(arrived).toEqual([
      {
        raw: bytes,
        returnPath: '',
        recipients: ['d@in.example'],
        verdicts: { spf: 'FAIL', dkim: 'GRAY', dmarc: 'PROCESSING_FAILED', spam: 'FAIL', virus: 'FAIL' },
      },
    ])
  })

  it('is waited for until nothing moves that it set going', async () => {
    const order: string[] = []
    const arrive = async () => `m${order.push('arrived')}`
    const { mail } = setUp({ inbound: { arrive }, idle: async () => void order.push('idle') })
    await mail({ raw, verdicts })
    expect(order).toEqual(['arrived', 'idle'])
  })

  it.each([
    ['{', ''],
    [[], ''],
    [{ verdicts }, '/raw'],
    [{ raw: '', verdicts }, '/raw'],
    [{ raw: 1, verdicts }, '/raw'],
    [{ raw }, '/verdicts'],
    [{ raw, verdicts: { spf: 'pass', dkim: 'pass' } }, '/verdicts/dmarc'],
    [{ raw, verdicts: { ...verdicts, spf: 'good' } }, '/verdicts/spf'],
    [{ raw, verdicts: { ...verdicts, arc: 'pass' } }, '/verdicts/arc'],
    [{ raw, verdicts, recipients: [] }, '/recipients'],
    [{ raw, verdicts, recipients: ['nobody'] }, '/recipients/0'],
    [{ raw, verdicts, returnPath: 'nobody' }, '/returnPath'],
    [{ raw, verdicts, encoding: 'utf16' }, '/encoding'],
    [{ raw: 'From: ü', encoding: 'base64', verdicts }, '/raw'],
    [{ raw, verdicts, sender: 'wang@bank.example' }, '/sender'],
    [{ raw: 'From: wang@bank.example\n\n同意', verdicts }, '/recipients'],
    [{ raw: 'To: a@in.example\n\n同意', verdicts }, '/returnPath'],
  ])('is refused as %j', async (body, pointer) => {
    const { mail, arrived } = setUp()
    const response = await mail(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer, detail: expect.any(String) }],
    })
    expect(arrived).toEqual([])
  })
})
