import { demoClient } from '../identity.ts'

/** What stops the sample, in a sentence. */
export class SampleError extends Error {
  override readonly name = 'SampleError'
}

export interface SampleMail {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** The running system, as HR and the approvers reach it. */
export interface SampleClient {
  /** @throws SampleError where the call is refused, unless with a status that is expected */
  readonly call: (
    method: string,
    path: string,
    body?: object,
    key?: string,
    expected?: readonly number[],
  ) => Promise<Answered>
  /** What was mailed to an address, oldest first. */
  readonly mails: (to: string) => Promise<readonly SampleMail[]>
  readonly now: () => Promise<string>
  readonly turnTo: (instant: string) => Promise<void>
}

/** @throws SampleError where nothing, or something else, listens there */
export const connect = async (url: string): Promise<SampleClient> => {
  const request = async (path: string, init?: RequestInit): Promise<Answered> => {
    try {
      const response = await fetch(url + path, init)
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    } catch {
      throw new SampleError(
        `No Zhuli answers at ${url}: start it with npm start, and name its port with PORT=<number>.`,
      )
    }
  }
  const { body } = await request('/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: demoClient.id,
      client_secret: demoClient.secret,
    }),
  })
  const authorization = `Bearer ${String(body['access_token'])}`

  const call: SampleClient['call'] = async (method, path, content, key, expected = []) => {
    const answered = await request(path, {
      method,
      headers: {
        authorization,
        'accept-language': 'en',
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    })
    if (answered.status < 400 || expected.includes(answered.status)) return answered
    throw new SampleError(`${method} ${path} was refused (${answered.status}): ${String(answered.body['detail'])}`)
  }

  return {
    call,
    mails: async (to) => {
      const { body: mailbox } = await call('GET', `/local/mail?to=${encodeURIComponent(to)}`)
      return mailbox['messages'] as readonly SampleMail[]
    },
    now: async () => String((await call('GET', '/local/clock')).body['now']),
    turnTo: async (to) => {
      await call('POST', '/local/clock', { to })
    },
  }
}
