import type { MiddlewareHandler } from 'hono'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { TokenEnvironment } from '../../shared/contracts/environment.ts'
import { problemOfCall, problemReply, readerLocale, respond } from './problem.ts'

/** What a token may be allowed to do. */
export const scopes = ['cases:read', 'cases:write', 'organisation:write', 'audit:read'] as const
export type Scope = (typeof scopes)[number]

/** Who calls: the client that the token was issued to, and what it may do. */
export interface Caller {
  readonly client: string
  readonly scopes: ReadonlySet<string>
}

/** Whether the issuer's keys could not be had or read: that says nothing about the token. */
const isIssuersFault = ({ code }: errors.JOSEError): boolean =>
  ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'].includes(code)

/** Checks a bearer token; null for one that is not valid. @throws where the issuer's keys can't be had */
export type Authenticate = (authorization: string | undefined) => Promise<Caller | null>

/** Tokens of an OIDC issuer (RFC 9068 and its like): `scope` is a text of scopes, the client is `client_id` or `sub`. */
export const authenticator = ({ TOKEN_ISSUER, TOKEN_AUDIENCE, TOKEN_JWKS_URI }: TokenEnvironment): Authenticate => {
  // Made with the first token: what of Node it needs takes longer to load than the rest of the API.
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined
  return async (authorization) => {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return null
    keys ??= createRemoteJWKSet(new URL(TOKEN_JWKS_URI))
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        requiredClaims: ['exp'],
      })
      const client = payload['client_id'] ?? payload.sub
      if (typeof client !== 'string' || client === '') return null
      const scope = typeof payload['scope'] === 'string' ? payload['scope'] : ''
      return { client, scopes: new Set(scope.split(' ')) }
    } catch (error) {
      if (error instanceof errors.JOSEError && !isIssuersFault(error)) return null
      throw error
    }
  }
}

/** Lets a call pass whose token carries the scope, and remembers the caller. */
export const requireScope =
  (authenticate: Authenticate, scope: Scope): MiddlewareHandler<{ Variables: { caller: Caller } }> =>
  async (c, next) => {
    const caller = await authenticate(c.req.header('authorization'))
    if (caller === null) {
      return respond(
        problemReply(problemOfCall('unauthorised', readerLocale(c)), { 'www-authenticate': 'Bearer realm="zhuli"' }),
      )
    }
    if (!caller.scopes.has(scope)) {
      return respond(
        problemReply(problemOfCall('missing-scope', readerLocale(c), { scope }), {
          'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"`,
        }),
      )
    }
    c.set('caller', caller)
    return next()
  }
