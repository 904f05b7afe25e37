import { createLocalJWKSet, jwtVerify } from 'jose'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createIdentity } from '../../../infra/local/identity.ts'
import { temporaryFolder } from './support.ts'

const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })
const issuer = 'http://127.0.0.1:3000'
const good = { grant_type: 'client_credentials', client_id: 'hr-demo', client_secret: 'hr-demo' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const setUp = async (file = join(temporaryFolder(), 'identity.jwk')) => {
  const app = await createIdentity({ issuer, audience: 'zhuli', file })
  const ask = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.request('/oauth2/token', {
      method: 'POST',
      headers: { ...form, ...headers },
      body: String(new URLSearchParams(fields)),
    })
  const keys = async () => createLocalJWKSet(KeySet.parse(await (await app.request('/.well-known/jwks.json')).json()))
  return { app, file, ask, keys }
}

const tokenOf = async (response: Response): Promise<string> =>
  z.object({ access_token: z.string() }).parse(await response.json()).access_token

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })

describe('a token', () => {
  it('names issuer, audience, client and all scopes, and lives a day of real time', async () => {
    const { ask, keys } = await setUp()
    const response = await ask(good)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { payload } = await jwtVerify(await tokenOf(response), await keys(), { issuer, audience: 'zhuli' })
    expect(payload).toMatchObject({
      sub: 'hr-demo',
      client_id: 'hr-demo',
      scope: 'cases:read cases:write organisation:write audit:read',
    })
    expect(Number(payload.exp) - Number(payload.iat)).toBe(24 * 60 * 60)
    expect(Math.abs(Number(payload.iat) * 1000 - Date.now())).toBeLessThan(60_000)
  })

  it('has the scopes that were asked for', async () => {
    const { ask, keys } = await setUp()
    const token = await tokenOf(await ask({ ...good, scope: 'audit:read cases:read audit:read' }))
    expect((await jwtVerify(token, await keys())).payload['scope']).toBe('audit:read cases:read')
  })

  it('is given for the credentials in the header, too', async () => {
    const { ask } = await setUp()
    const fields = { grant_type: 'client_credentials' }
    expect((await ask(fields, basic('hr-demo:hr-demo'))).status).toBe(200)
    expect((await ask(fields, basic('hr%2Ddemo:hr-demo'))).status).toBe(200)
    expect((await ask(good, basic('hr-demo:wrong'))).status).toBe(401)
    expect((await ask(good, { authorization: 'Bearer x' })).status).toBe(401)
  })

  it('is good after a restart, by a key that only its owner can read', async () => {
    const first = await setUp()
    const token = await tokenOf(await first.ask(good))
    const second = await setUp(first.file)
    await expect(jwtVerify(token, await second.keys())).resolves.toBeDefined()
    expect(statSync(first.file).mode & 0o777).toBe(0o600)
  })

  it('of another bank is no good', async () => {
    const one = await setUp()
    const other = await setUp()
    await expect(jwtVerify(await tokenOf(await one.ask(good)), await other.keys())).rejects.toThrow(
      'no applicable key found',
    )
  })
})

describe('a refusal', () => {
  const cases: [string, Record<string, string>, number, string][] = [
    ['another client', { ...good, client_id: 'other' }, 401, 'invalid_client'],
    ['a wrong secret', { ...good, client_secret: 'other' }, 401, 'invalid_client'],
    ['no credentials', { grant_type: 'client_credentials' }, 401, 'invalid_client'],
    ['an unknown scope', { ...good, scope: 'cases:read everything' }, 400, 'invalid_scope'],
    ['another grant', { ...good, grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no grant', { client_id: 'hr-demo', client_secret: 'hr-demo' }, 400, 'unsupported_grant_type'],
  ]
  it.each(cases)('answers %s', async (_, fields, status, error) => {
    const { ask } = await setUp()
    const response = await ask(fields)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error })
    expect(response.headers.has('www-authenticate')).toBe(status === 401)
  })

  it('answers what is no form, and a parameter that is given twice', async () => {
    const { app, ask } = await setUp()
    expect(await (await ask(good, { 'content-type': 'application/json' })).json()).toMatchObject({
      error: 'invalid_request',
    })
    const body = `${String(new URLSearchParams(good))}&client_id=hr-demo`
    const twice = await app.request('/oauth2/token', { method: 'POST', headers: form, body })
    expect(await twice.json()).toMatchObject({ error: 'invalid_request' })
  })
})

it('tells where everything is, and never its private key', async () => {
  const { app } = await setUp()
  expect(await (await app.request('/.well-known/openid-configuration')).json()).toMatchObject({
    issuer,
    token_endpoint: `${issuer}/oauth2/token`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
  })
  const { keys } = KeySet.parse(await (await app.request('/.well-known/jwks.json')).json())
  expect(keys).toEqual([
    expect.objectContaining({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: expect.any(String) }),
  ])
  expect(keys[0]).not.toHaveProperty('d')
})
