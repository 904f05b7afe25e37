import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import * as z from 'zod'
import { scopes as scopesOfApi } from '../../functions/http/auth.ts'
import { keptSecret } from './secret-file.ts'

/** The one client that the embedded bank knows. */
export const demoClient = { id: 'hr-demo', secret: 'hr-demo' } as const

const allScopes: readonly string[] = scopesOfApi

const algorithm = 'ES256'

/**
 * Tokens live in real time, also while the bank's clock is turned: whoever checks them goes by real time, as on AWS,
 * and a demo that turns a year ahead would otherwise be logged out at each turn.
 */
const lifetimeSeconds = 24 * 60 * 60

export interface IdentityOptions {
  /** Origin under which the routes are served. */
  readonly issuer: string
  readonly audience: string
  /** Keeps the signing key. */
  readonly file: string
}

/** A request that OAuth refuses (RFC 6749, 5.2). */
class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly code: 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope'
  constructor(code: OAuthError['code'], description: string) {
    super(description)
    this.code = code
  }
}

const SigningKey = z.object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), d: z.string() })

const newKey = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  return JSON.stringify(await exportJWK(privateKey))
}

const loadKey = async (file: string) => {
  const secret = SigningKey.parse(JSON.parse(await keptSecret(file, newKey)))
  const { d: _, ...publicKey } = secret
  const kid = await calculateJwkThumbprint(publicKey)
  const published = { ...publicKey, kid, alg: algorithm, use: 'sig' }
  return { sign: await importJWK(secret, algorithm), kid, published }
}

const formOf = async (c: Context): Promise<URLSearchParams> => {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded')
    throw new OAuthError('invalid_request', 'The body must be application/x-www-form-urlencoded.')
  const form = new URLSearchParams(await c.req.text())
  const names = [...form.keys()]
  if (new Set(names).size < names.length) throw new OAuthError('invalid_request', 'A parameter is given twice.')
  return form
}

/** Id and secret as the header has them, each form-encoded within it (RFC 6749, 2.3.1). */
const basicCredentials = (header: string): readonly (string | undefined)[] => {
  const [scheme, encoded] = header.split(' ')
  if (scheme?.toLowerCase() !== 'basic') return []
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return [text.slice(0, colon), text.slice(colon + 1)].map((part) => new URLSearchParams(`x=${part}`).get('x') ?? '')
}

const authenticate = (authorization: string | undefined, form: URLSearchParams): void => {
  const [id, secret] =
    authorization === undefined ? [form.get('client_id'), form.get('client_secret')] : basicCredentials(authorization)
  if (id !== demoClient.id || secret !== demoClient.secret)
    throw new OAuthError('invalid_client', 'Unknown client, or wrong secret.')
}

const scopesOf = (form: URLSearchParams): string => {
  if (form.get('grant_type') !== 'client_credentials')
    throw new OAuthError('unsupported_grant_type', 'Only client_credentials is served.')
  const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean)
  const unknown = scopes.filter((scope) => !allScopes.includes(scope))
  if (unknown.length > 0) throw new OAuthError('invalid_scope', `Unknown scope: ${unknown.join(' ')}.`)
  return [...new Set(scopes.length > 0 ? scopes : allScopes)].join(' ')
}

const refusal = (c: Context, error: unknown): Response => {
  if (!(error instanceof OAuthError)) throw error
  const body = { error: error.code, error_description: error.message }
  if (error.code !== 'invalid_client') return c.json(body, 400)
  c.header('WWW-Authenticate', 'Basic realm="hr-demo"')
  return c.json(body, 401)
}

/** The OIDC issuer of the embedded bank: client credentials for HR systems, nothing for people. */
export const createIdentity = async ({ issuer, audience, file }: IdentityOptions): Promise<Hono> => {
  const key = await loadKey(file)
  const app = new Hono()

  app.post('/oauth2/token', async (c) => {
    c.header('Cache-Control', 'no-store')
    try {
      const form = await formOf(c)
      authenticate(c.req.header('authorization'), form)
      const scope = scopesOf(form)
      const token = await new SignJWT({ scope, client_id: demoClient.id })
        .setProtectedHeader({ alg: algorithm, kid: key.kid, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(demoClient.id)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds}s`)
        .sign(key.sign)
      return c.json({ access_token: token, token_type: 'Bearer', expires_in: lifetimeSeconds, scope })
    } catch (error) {
      return refusal(c, error)
    }
  })
  app.get('/.well-known/jwks.json', (c) => c.json({ keys: [key.published] }))
  app.get('/.well-known/openid-configuration', (c) =>
    c.json({
      issuer,
      token_endpoint: `${issuer}/oauth2/token`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      scopes_supported: allScopes,
      id_token_signing_alg_values_supported: [algorithm],
    }),
  )
  return app
}
