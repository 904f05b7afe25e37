import { errors, jwtVerify } from 'jose'
import type { TokenEnvironment } from '../../shared/contracts/environment.ts'
import { type HttpCall, readerLocale } from './call.ts'
import type { Checked } from './checks.ts'
import { issuerKeys } from './issuer-keys.ts'
import { problemOfCall, problemReply } from './problem.ts'

/** What a token may be allowed to do. */
export const scopes = ['cases:read', 'cases:write', 'organisation:write', 'audit:read'] as const
export type Scope = (typeof scopes)[number]

/** Who calls: the client that the token was issued to, and what it may do. */
export interface Caller {
  readonly client: string
  readonly scopes: ReadonlySet<string>
}

/** Checks a bearer token; null for one that is not valid. @throws where the issuer's keys can't be had */
export type Authenticate = (authorization: string | undefined) => Promise<Caller | null>

/** Seconds by which the issuer's clock may differ from ours. */
const clockTolerance = 30

/** Tokens of an OIDC issuer (RFC 9068 and its like): `scope` is a text of scopes, the client is `client_id` or `sub`. */
export const authenticator = ({ TOKEN_ISSUER, TOKEN_AUDIENCE, TOKEN_JWKS_URI }: TokenEnvironment): Authenticate => {
  const keys = issuerKeys(new URL(TOKEN_JWKS_URI))
  return async (authorization) => {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return null
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        requiredClaims: ['exp'],
        clockTolerance,
      })
      const client = payload['client_id'] ?? payload.sub
      if (typeof client !== 'string' || client === '') return null
      const scope = typeof payload['scope'] === 'string' ? payload['scope'] : ''
      return { client, scopes: new Set(scope.split(' ')) }
    } catch (error) {
      // Keys that can't be had or read are the issuer's fault: that says nothing about the token.
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid)) return null
      throw error
    }
  }
}

/** The client of a call whose token carries the scope. */
export const checkedClient = async (
  authenticate: Authenticate,
  scope: Scope,
  call: HttpCall,
): Promise<Checked<string>> => {
  const caller = await authenticate(call.headers['authorization'])
  if (caller?.scopes.has(scope)) return { value: caller.client }
  const locale = readerLocale(call)
  return caller === null
    ? {
        reply: problemReply(problemOfCall('unauthorised', locale), { 'www-authenticate': 'Bearer realm="zhuli"' }),
      }
    : {
        reply: problemReply(problemOfCall('missing-scope', locale, { scope }), {
          'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"`,
        }),
      }
}
