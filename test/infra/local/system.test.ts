import { existsSync, mkdirSync, rmdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import * as z from 'zod'
import { StartError } from '../../../infra/local/start-error.ts'
import { startEmbedded, type Embedded } from '../../../infra/local/system.ts'
import { Instant } from '../../../shared/domain/time.ts'
import { temporaryFolder } from './support.ts'

const start = async (dataDir: string, options: { readonly port?: number; readonly fresh?: boolean } = {}) => {
  const system = await startEmbedded({ port: 0, dataDir, ...options })
  onTestFinished(system.stop)
  return system
}

const Token = z.object({ access_token: z.string() })

/** Calls as HR would, each with a key of its own. */
const hr = async ({ url }: Embedded) => {
  const credentials = { grant_type: 'client_credentials', client_id: 'hr-demo', client_secret: 'hr-demo' }
  const answer = await fetch(`${url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(credentials) })
  const { access_token: token } = Token.parse(await answer.json())
  return async (method: string, path: string, body?: object) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answered = z.record(z.string(), z.unknown()).parse(await response.json())
    expect([response.ok, answered]).toEqual([true, answered])
    return answered
  }
}

const registerBank = async (call: Awaited<ReturnType<typeof hr>>): Promise<void> => {
  for (const person of ['head', 'leader', 'filer', 'branch', 'hq'])
    await call('PUT', `/v1/people/${person}`, { name: person, email: `${person}@bank.example`, post: 'staff' })
  await call('PUT', '/v1/hq', { name: 'HQ', approvers: ['hq'] })
  await call('PUT', '/v1/branches/B1', { name: 'Branch', approvers: ['branch'] })
  const teams = [{ id: 'T1', name: 'Team', leader: 'leader' }]
  await call('PUT', '/v1/centres/C1', { name: 'Centre', branchId: 'B1', head: 'head', teams })
}

const onboarding = {
  procedure: 'onboarding',
  assistant: {
    employeeNo: 'A1',
    name: '陈晓',
    email: 'a1@bank.example',
    track: 'private-bank',
    source: 'graduate-programme',
    centreId: 'C1',
    teamId: 'T1',
  },
  purpose: 'To serve.',
  filedBy: 'filer',
}

const Messages = z.object({ messages: z.array(z.object({ to: z.array(z.string()), text: z.string() })) })

/** Approves by the newest link that was mailed to a person. */
const approve = async ({ url }: Embedded, person: string): Promise<void> => {
  const read = async () => Messages.parse(await (await fetch(`${url}/local/mail`)).json()).messages
  const post = (way: string, body: object) =>
    fetch(url + way, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const mail = (await read()).findLast(
    ({ to, text }) => to.includes(`${person}@bank.example`) && text.includes('/decide/'),
  )
  const [, path = '', secret = ''] = /(\/decide\/[\w-]+)#([\w-]+)/.exec(mail?.text ?? '') ?? []
  expect((await post(`${path}/code`, { secret })).status).toBe(200)
  const [code] = /\b\d{6}\b/.exec((await read()).at(-1)?.text ?? '') ?? []
  const response = await post(path, { secret, code, decision: 'approve', reason: null })
  expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ decision: 'approve' })])
}

const isUp = async (url: string | undefined): Promise<boolean> => {
  try {
    return (await fetch(String(url))).ok
  } catch {
    return false
  }
}

it('leads from the description of its API to where tokens are given', async () => {
  const { url } = await start(temporaryFolder())
  const read = async <Shape extends z.ZodType>(from: string, shape: Shape) =>
    shape.parse(await (await fetch(from)).json())
  const described = await read(
    `${url}/openapi.json`,
    z.object({
      components: z.object({ securitySchemes: z.object({ oidc: z.object({ openIdConnectUrl: z.url() }) }) }),
    }),
  )
  const { openIdConnectUrl } = described.components.securitySchemes.oidc
  expect(await read(openIdConnectUrl, z.object({ token_endpoint: z.url() }))).toEqual({
    token_endpoint: `${url}/oauth2/token`,
  })
})

describe('the embedded system', () => {
  it('takes an application to its effect, through a restart in the middle of each stage', async () => {
    const dataDir = temporaryFolder()
    const first = await start(dataDir)
    const call = await hr(first)
    await registerBank(call)
    const { id } = await call('POST', '/v1/applications', onboarding)
    await first.states.idle()
    await first.stop()

    const second = await start(dataDir)
    await approve(second, 'branch')
    await second.states.idle()
    await second.stop()

    const third = await start(dataDir)
    await approve(third, 'hq')
    await third.states.idle()

    expect(await (await hr(third))('GET', `/v1/applications/${String(id)}`)).toMatchObject({ status: 'approved' })
    const ends = third.states.executions().map(({ name, status }) => [status, third.states.history(name)])
    expect(ends).toEqual([['SUCCEEDED', ['Begin', 'HqApproval', 'TakeEffect', 'TookEffect']]])
    expect(
      third.mailbox.all().filter(({ to, text }) => to.includes('branch@bank.example') && text.includes('/decide/')),
    ).toHaveLength(1)
  })

  it('turns the clock over HTTP, and what falls due on the way is mailed in its time', async () => {
    const system = await start(temporaryFolder())
    const call = await hr(system)
    await registerBank(call)
    await call('POST', '/v1/applications', onboarding)
    await system.states.idle()
    const before = system.mailbox.labels().length

    const to = '2024-02-02T01:00:00.000Z'
    const response = await fetch(`${system.url}/local/clock`, { method: 'POST', body: JSON.stringify({ to }) })

    expect(response.status).toBe(200)
    expect(system.clock.now() >= to).toBe(true)
    const later = system.mailbox.all().slice(before)
    expect(later.length).toBeGreaterThan(0)
    const times = later.map(({ at }) => at)
    expect(times).toEqual(times.toSorted())
    expect(times.every((at) => at < to)).toBe(true)
  })

  it('lets a mail arrive over HTTP, and has it read before it answers', async () => {
    const lines: string[] = []
    const system = await startEmbedded({ port: 0, dataDir: temporaryFolder(), log: (line) => void lines.push(line) })
    onTestFinished(system.stop)
    const arrive = (mail: object) => fetch(`${system.url}/local/mail`, { method: 'POST', body: JSON.stringify(mail) })
    const mail = {
      raw: 'From: wang@bank.example\nTo: nobody@approvals.bank.example\nSubject: x\n\nx',
      verdicts: { spf: 'pass', dkim: 'pass', dmarc: 'pass', virus: 'fail' },
    }

    const response = await arrive(mail)

    expect(response.status).toBe(202)
    const { id } = z.object({ id: z.string() }).parse(await response.json())
    expect(lines).toEqual([expect.stringContaining(id)])
    expect((await arrive({ ...mail, raw: '' })).status).toBe(400)
    expect((await arrive({ ...mail, verdicts: { ...mail.verdicts, virus: 'none' } })).status).toBe(202)
  })

  it('calls the function that hears of mails which came back', async () => {
    const lines: string[] = []
    const system = await startEmbedded({ port: 0, dataDir: temporaryFolder(), log: (line) => void lines.push(line) })
    onTestFinished(system.stop)
    const call = await hr(system)
    await registerBank(call)
    const email = 'bounce+branch@simulator.amazonses.com'
    await call('PUT', '/v1/people/branch', { name: 'branch', email, post: 'staff' })
    await call('POST', '/v1/applications', onboarding)
    await system.states.idle()
    expect(system.mailbox.all().filter(({ to }) => to.includes(email))).toHaveLength(1)
    expect(lines.filter((line) => line.includes('Error'))).toEqual([])
  })

  it('begins with an empty bank when asked to, and leaves nothing running', async () => {
    const dataDir = temporaryFolder()
    const first = await start(dataDir)
    const endpoint = process.env['AWS_ENDPOINT_URL_DYNAMODB']
    await (
      await hr(first)
    )('PUT', '/v1/people/head', { name: 'Head', email: 'head@bank.example', post: 'staff' })
    first.clock.moveTo(Instant.parse('2024-05-06T01:00:00.000Z'))
    await first.stop()
    expect(await isUp(first.url)).toBe(false)
    expect(await isUp(endpoint)).toBe(false)
    expect(process.env['AWS_ENDPOINT_URL_DYNAMODB']).toBeUndefined()

    const kept = await start(dataDir)
    expect(kept.clock.now() >= '2024-05-06').toBe(true)
    await kept.stop()

    const fresh = await start(dataDir, { fresh: true })
    expect(fresh.clock.now() < '2024-01-03').toBe(true)
    expect(fresh.mailbox.all()).toEqual([])
  })

  it('leaves the data alone when the port is taken', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' ? Number(address?.port) : 0

    const attempt = startEmbedded({ port, dataDir, fresh: true })

    await expect(attempt).rejects.toThrow(StartError)
    await expect(attempt).rejects.toThrow(`Port ${port} is taken`)
    expect(existsSync(dataDir)).toBe(false)
  })

  it('gives back what it took when it cannot start after all', async () => {
    const dataDir = temporaryFolder()
    const blocked = join(dataDir, 'dynamodb.sqlite')
    mkdirSync(blocked)
    const before = { ...process.env }
    await expect(start(dataDir, { port: 0 })).rejects.toThrow(/unable to open database file/)
    expect(process.env).toEqual(before)

    rmdirSync(blocked)
    expect(await isUp(`${(await start(dataDir)).url}/healthz`)).toBe(true)
  })
})
