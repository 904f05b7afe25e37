import { Hono } from 'hono'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type Authenticate, authenticator } from '../../../functions/http/auth.ts'
import { createApp } from '../../../functions/http/app.ts'
import { serve } from '../../../infra/local/server.ts'
import { bearer, useApi, fetchFrom } from './client.ts'

const openApi = useApi()

const issuer = 'https://login.bank.test/realms/staff'
const audience = 'zhuli'
type Keys = Awaited<ReturnType<typeof generateKeyPair>>
let ours: Keys
let theirs: Keys

beforeAll(async () => {
  ours = await generateKeyPair('ES256', { extractable: true })
  theirs = await generateKeyPair('ES256', { extractable: true })
})

const claims = {
  iss: issuer,
  aud: audience,
  client_id: 'hr',
  scope: 'cases:read',
  exp: Math.floor(Date.now() / 1000) + 600,
}

const signed = (payload: JWTPayload, keys = ours, kid = 'k1') =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid }).sign(keys.privateKey)

/** Serves the issuer's keys as told, and gives the check of its tokens. */
const authenticating = async (answer?: () => Response | Promise<Response>): Promise<Authenticate> => {
  const published = { ...(await exportJWK(ours.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }
  const app = new Hono().get('/keys', (c) => answer?.() ?? c.json({ keys: [published] }))
  const { url, close } = await serve(app.fetch, 0)
  onTestFinished(close)
  return authenticator({ TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience, TOKEN_JWKS_URI: `${url}/keys` })
}

describe('a token', () => {
  test('of the issuer says who calls and what they may do', async () => {
    const authenticate = await authenticating()
    const token = await signed({ ...claims, scope: 'cases:read audit:read' })
    expect(await authenticate(`Bearer ${token}`)).toEqual({
      client: 'hr',
      scopes: new Set(['cases:read', 'audit:read']),
    })
    expect(await authenticate(`bearer ${token}`)).toMatchObject({ client: 'hr' })
    const { client_id: _, ...others } = claims
    expect(await authenticate(`Bearer ${await signed({ ...others, sub: 'payroll' })}`)).toMatchObject({
      client: 'payroll',
    })
  })

  test("counts although the issuer's clock is some seconds ahead, or the call took them", async () => {
    const authenticate = await authenticating()
    const now = claims.exp - 600
    for (const payload of [
      { ...claims, nbf: now + 10, iat: now + 10 },
      { ...claims, exp: now - 10 },
    ])
      expect(await authenticate(`Bearer ${await signed(payload)}`)).toMatchObject({ client: 'hr' })
  })

  const worthless: readonly (readonly [string, () => Promise<string | undefined>])[] = [
    ['missing', async () => undefined],
    ['empty', async () => 'Bearer '],
    ['of another kind', async () => `Basic ${Buffer.from('hr:hr').toString('base64')}`],
    ['not a JWT', async () => 'Bearer abc'],
    ['of another issuer', async () => signed({ ...claims, iss: 'https://evil.test' })],
    ['for another audience', async () => signed({ ...claims, aud: 'payroll' })],
    ['expired', async () => signed({ ...claims, exp: claims.exp - 3600 })],
    ['without an expiry', async () => signed({ ...claims, exp: undefined as never })],
    ['not valid yet', async () => signed({ ...claims, nbf: claims.exp })],
    ['without a client', async () => signed({ ...claims, client_id: undefined })],
    ['signed by another key of the same name', async () => signed(claims, theirs)],
    ['signed by a key that nobody published', async () => signed(claims, theirs, 'k2')],
    [
      'unsigned',
      async () =>
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`,
    ],
    [
      'signed by the public key as if it were a secret',
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(ours.publicKey)))
        return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret)
      },
    ],
    [
      'changed on the way',
      async () => (await signed(claims)).replace(/\.(.)/, (_, first: string) => `.${first === 'e' ? 'f' : 'e'}`),
    ],
  ]
  test.each(worthless)('that is %s is worth nothing', async (_, make) => {
    const authenticate = await authenticating()
    const made = await make()
    expect(await authenticate(made === undefined || made.includes(' ') ? made : `Bearer ${made}`)).toBeNull()
  })

  test('without a scope may do nothing', async () => {
    const authenticate = await authenticating()
    const { scope: _, ...others } = claims
    const caller = await authenticate(`Bearer ${await signed(others)}`)
    expect(caller?.scopes.has('cases:read')).toBe(false)
  })

  test.each([
    ['answers an error', () => new Response('down', { status: 503 })],
    ['answers no keys', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['answers what is no set of keys', () => Response.json({ keys: 'none' })],
    ['leads elsewhere', () => new Response(null, { status: 302, headers: { location: '/keys' } })],
  ])('can not be judged while the issuer %s: that is no fault of the caller', async (_, answer) => {
    const authenticate = await authenticating(answer)
    await expect(authenticate(`Bearer ${await signed(claims)}`)).rejects.toThrow(Error)
  })

  test('can not be judged while the issuer is out of reach: that is no fault of the caller', async () => {
    const { system } = await openApi({ organisation: false })
    const { url, close } = await serve(() => new Response(), 0)
    await close()
    const authenticate = authenticator({
      TOKEN_ISSUER: issuer,
      TOKEN_AUDIENCE: audience,
      TOKEN_JWKS_URI: `${url}/keys`,
    })
    const app = createApp({ system, authenticate, issuer })
    const response = await fetchFrom(app, '/v1/applications', {
      headers: { authorization: `Bearer ${await signed(claims)}` },
    })
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ code: 'unavailable' })
  })
})

describe('the keys of the issuer', () => {
  const at = (time: string) => vi.setSystemTime(new Date(time))
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
    at('2025-03-03T01:00:00Z')
  })
  afterEach(() => vi.useRealTimers())

  /** An issuer that publishes the given keys by their names, and counts how often it was asked. */
  const publishing = async (published: Readonly<Record<string, Keys>>) => {
    let [keys, asked] = [published, 0]
    const authenticate = await authenticating(async () => {
      asked += 1
      const all = Object.entries(keys).map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid }))
      return Response.json({ keys: await Promise.all(all) })
    })
    const isTaken = async (by: Keys, kid: string) => {
      const exp = Math.floor(Date.now() / 1000) + 600
      return (await authenticate(`Bearer ${await signed({ ...claims, exp }, by, kid)}`)) !== null
    }
    const publish = (others: Readonly<Record<string, Keys>>) => void (keys = others)
    return { isTaken, publish, asked: () => asked }
  }

  test('are asked for once, however many tokens come', async () => {
    const { isTaken, asked } = await publishing({ k1: ours })
    const tokens = await Promise.all([isTaken(ours, 'k1'), isTaken(ours, 'k1')])
    expect([...tokens, await isTaken(ours, 'k1')]).toEqual([true, true, true])
    expect(asked()).toBe(1)
  })

  test('are asked for again where one is missing, but not at once: anyone can name a key that there is not', async () => {
    const { isTaken, publish, asked } = await publishing({ k1: ours })
    expect(await isTaken(ours, 'k1')).toBe(true)
    publish({ k1: ours, k2: theirs })
    at('2025-03-03T01:00:29Z')
    expect(await isTaken(theirs, 'k2')).toBe(false)
    expect(asked()).toBe(1)
    at('2025-03-03T01:00:30Z')
    expect(await isTaken(theirs, 'k2')).toBe(true)
    expect(asked()).toBe(2)
  })

  test('are forgotten after ten minutes, so that one that was withdrawn is worth nothing', async () => {
    const { isTaken, publish } = await publishing({ k1: ours })
    expect(await isTaken(ours, 'k1')).toBe(true)
    publish({ k2: theirs })
    at('2025-03-03T01:09:59Z')
    expect(await isTaken(ours, 'k1')).toBe(true)
    at('2025-03-03T01:10:00Z')
    expect(await isTaken(ours, 'k1')).toBe(false)
  })

  test('that could not be had are asked for again by the next token', async () => {
    let isDown = true
    const authenticate = await authenticating(async () =>
      isDown
        ? new Response('down', { status: 503 })
        : Response.json({ keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'k1' }] }),
    )
    const token = `Bearer ${await signed({ ...claims, exp: Math.floor(Date.now() / 1000) + 600 })}`
    await expect(authenticate(token)).rejects.toThrow('503')
    isDown = false
    expect(await authenticate(token)).not.toBeNull()
  })
})

/** Every call that needs a token, and the scope that it needs. */
const calls: readonly (readonly [string, string, string])[] = [
  ['PUT', '/v1/people/A1', 'organisation:write'],
  ['PUT', '/v1/people/B1/delegation', 'organisation:write'],
  ['DELETE', '/v1/people/B1/delegation', 'organisation:write'],
  ['PUT', '/v1/hq', 'organisation:write'],
  ['PUT', '/v1/branches/BR1', 'organisation:write'],
  ['PUT', '/v1/centres/C1', 'organisation:write'],
  ['POST', '/v1/applications', 'cases:write'],
  ['GET', '/v1/applications', 'cases:read'],
  ['GET', '/v1/applications/00000001-1', 'cases:read'],
  ['POST', '/v1/applications/00000001-1/withdrawal', 'cases:write'],
  ['POST', '/v1/applications/00000001-1/amendment', 'cases:write'],
  ['GET', '/v1/assistants', 'cases:read'],
  ['GET', '/v1/assistants/00000001', 'cases:read'],
  ['GET', '/v1/assistants/00000001/events', 'audit:read'],
  ['GET', '/v1/people/B1/delegations', 'audit:read'],
  ['POST', '/v1/assistants/00000001/exits', 'cases:write'],
]

test('without a token or with the wrong scope every call is refused before anything else is looked at', async () => {
  const { call, items } = await openApi()
  const before = await items()
  const all = ['cases:read', 'cases:write', 'organisation:write', 'audit:read']
  for (const [method, path, scope] of calls) {
    const body = method === 'GET' || method === 'DELETE' ? undefined : '{'
    const none = await call(method, path, body, { authorization: '' })
    expect(none, path).toMatchObject({ status: 401, body: { status: 401, code: 'unauthorised' } })
    expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(none.headers.get('content-type')).toMatch(/^application\/problem\+json/)

    const others = all.filter((other) => other !== scope)
    const wrong = await call(method, path, body, { authorization: bearer('hr', ...others) })
    expect(wrong, path).toMatchObject({ status: 403, body: { code: 'missing-scope' } })
    expect(wrong.body.detail).toContain(scope)

    const right = await call(method, path, body, { authorization: bearer('hr', scope) })
    expect([401, 403], path).not.toContain(right.status)
  }
  expect(await items()).toEqual(before)
})
