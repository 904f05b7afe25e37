import { Hono } from 'hono'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Authenticate, authenticator } from '../../../functions/http/auth.ts'
import { createApp } from '../../../functions/http/app.ts'
import { serve } from '../../../infra/local/server.ts'
import { bearer, useApi } from './client.ts'

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
const authenticating = async (answer?: () => Response): Promise<Authenticate> => {
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
    const app = createApp({ system, authenticate })
    const response = await app.request('/v1/applications', {
      headers: { authorization: `Bearer ${await signed(claims)}` },
    })
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ code: 'unavailable' })
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
