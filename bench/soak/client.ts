import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, Bank, Message } from '../../test/support/bank-client.ts'

/** What the calls of a run came to. */
export interface Calls {
  answered: number
  /** Made again, because nobody answered or the system said that it could not. */
  repeated: number
  /** Answered with a server error other than that the system is not available. */
  failed: number
}

/** How long a system that was killed may take until it answers, in milliseconds. */
const patienceMs = 60_000
const repeatAfterMs = 100

/** The system as its users see it, who call again where nobody answers. */
export interface SoakClient extends Bank {
  readonly calls: Calls
  /** Every mail that has come since this was called last. */
  readonly newMails: () => Promise<readonly Message[]>
}

export const createClient = (url: string): SoakClient => {
  const calls: Calls = { answered: 0, repeated: 0, failed: 0 }
  const mails: Message[] = []
  let token = ''
  let read = 0
  let reading: Promise<unknown> = Promise.resolve()

  const send = async (path: string, init: RequestInit): Promise<Answer<never>> => {
    const until = performance.now() + patienceMs
    for (;;) {
      try {
        const response = await fetch(url + path, init)
        const text = await response.text()
        const { status, headers } = response
        if (status !== 503) {
          calls.answered += 1
          if (status >= 500) calls.failed += 1
          const isJson = text !== '' && headers.get('content-type')?.includes('json') === true
          return { status, headers, text, body: (isJson ? JSON.parse(text) : null) as never }
        }
      } catch (error) {
        if (performance.now() > until) throw error
      }
      if (performance.now() > until) throw new Error(`${path} was not answered.`)
      calls.repeated += 1
      await pause(repeatAfterMs)
    }
  }

  const authorise = async (): Promise<void> => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'hr-demo',
      client_secret: 'hr-demo',
    })
    token = ((await send('/oauth2/token', { method: 'POST', body })).body as { access_token: string }).access_token
  }

  const call: Bank['call'] = async (method, path, body, headers = {}) => {
    const request = () =>
      send(path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    const answer = await request()
    if (answer.status !== 401) return answer
    await authorise()
    return request()
  }

  /** Reads on where the last reading ended: the mailbox of years is large. */
  const readOn = async (): Promise<readonly Message[]> => {
    const newest = mails.at(-1)
    const { body } = await send(newest === undefined ? '/local/mail' : `/local/mail?after=${newest.id}`, {})
    mails.push(...(body as { messages: readonly Message[] }).messages)
    return mails
  }
  const allMails = (): Promise<readonly Message[]> => {
    const done = reading.then(readOn)
    reading = done.catch(() => undefined)
    return done
  }

  return {
    url,
    calls,
    call,
    mails: allMails,
    newMails: async () => {
      const all = await allMails()
      const fresh = all.slice(read)
      read = all.length
      return fresh
    },
    now: async () => ((await send('/local/clock', {})).body as { now: string }).now,
    turn: async (to) => {
      const { status, text } = await call('POST', '/local/clock', to)
      // It had been turned already, before the system died in the middle of saying so.
      if (status !== 200 && !text.includes('clock-backwards')) throw new Error(`The clock answered ${status}: ${text}`)
    },
    restart: () => Promise.reject(new Error('It is killed instead.')),
    stop: async () => undefined,
  }
}
