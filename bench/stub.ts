import { createServer } from 'node:http'
import { once } from 'node:events'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** A server that answers every service as one does that has nothing on record, at once. */
export interface Stub {
  readonly url: string
  /** For the API, whose keys it serves too. */
  readonly token: string
  /** How many calls each operation got since this was asked last. */
  readonly counted: () => Readonly<Record<string, number>>
  readonly close: () => void
}

export const issuer = { TOKEN_ISSUER: 'https://login.bank.example', TOKEN_AUDIENCE: 'zhuli' } as const

export const startStub = async (): Promise<Stub> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }
  const token = await new SignJWT({ scope: 'cases:read', client_id: 'hr' })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer(issuer.TOKEN_ISSUER)
    .setAudience(issuer.TOKEN_AUDIENCE)
    .setExpirationTime('2h')
    .sign(privateKey)
  let counts: Record<string, number> = {}
  const server = createServer((request, response) => {
    const { 'x-amz-target': target } = request.headers
    const operation = String(target ?? request.url).replace(/^.*[./]/, '')
    counts[operation] = (counts[operation] ?? 0) + 1
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
      response.end(JSON.stringify(target === undefined ? { keys: [jwk] } : {}))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The stub has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    token,
    counted: () => {
      const before = counts
      counts = {}
      return before
    },
    close: () => void server.close(),
  }
}
