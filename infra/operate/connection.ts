/** The system can't be reached, or refused a call. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
}

/** A running system, as an API client reaches it. */
export interface Connection {
  /** @throws ConnectionError where the call is refused */
  readonly call: (method: string, path: string, body?: object, key?: string) => Promise<Record<string, unknown>>
}

const request = async (url: string, init: RequestInit): Promise<Record<string, unknown>> => {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch {
    throw new ConnectionError(`Nothing answers at ${url}: set ZHULI_URL, or start the system with npm start.`)
  }
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>
  if (response.ok) return body
  throw new ConnectionError(
    `${init.method} ${url} was refused (${response.status}): ${JSON.stringify(body['detail'] ?? null)}`,
  )
}

/** Connects by client credentials: to the system that the environment names, else to that of `npm start`. */
export const connect = async (): Promise<Connection> => {
  const { PORT, ZHULI_URL, TOKEN_URL, CLIENT_ID = 'hr-demo', CLIENT_SECRET = 'hr-demo' } = process.env
  const url = ZHULI_URL ?? `http://127.0.0.1:${PORT || '3000'}`
  const { access_token: token } = await request(TOKEN_URL ?? `${url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
    }),
  })
  return {
    call: (method, path, body, key) =>
      request(url + path, {
        method,
        headers: {
          authorization: `Bearer ${String(token)}`,
          'accept-language': 'en',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}
