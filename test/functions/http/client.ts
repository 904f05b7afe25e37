import type { ProblemView } from '../../../shared/contracts/resources.ts'
import { createApp } from '../../../functions/http/app.ts'
import type { App } from '../../../functions/http/call.ts'
import { type Authenticate, scopes } from '../../../functions/http/auth.ts'
import { type AtEnd, shareBank, type TestBank, useEngines } from '../../support/engines.ts'
import { overFetch } from '../../../infra/local/over-fetch.ts'
import { register } from '../support.ts'

export interface Answer<Body> {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Body
}

export type Call = <Body = ProblemView>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer<Body>>

/** A bank with its API in this process. */
export interface ApiBank extends TestBank {
  readonly app: App
  /** Calls as the client `hr-demo` with every scope, in English, unless the headers say otherwise. */
  readonly call: Call
}

/** Tokens here say who calls and what for, `<client> <scope> …`; what real ones are worth is tried elsewhere. */
export const bearer = (client: string, ...allowed: readonly string[]): string =>
  `Bearer ${Buffer.from([client, ...allowed].join(' ')).toString('base64url')}`

/** Of a bank in this process; nobody asks it. */
export const issuer = 'https://issuer.bank.test'

const authenticate: Authenticate = async (authorization) => {
  const token = authorization?.replace(/^Bearer /, '')
  if (token === undefined || token === '') return null
  const [client = '', ...allowed] = Buffer.from(token, 'base64url').toString().split(' ')
  return { client, scopes: new Set(allowed) }
}

/** A text as it is, anything else as JSON. */
const payload = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body))

/** Calls as a web client does. */
export const fetchFrom = (app: App, path: string, init?: RequestInit): Promise<Response> =>
  overFetch(app)(new Request(`https://zhuli.bank.test${path}`, init))

const caller =
  (app: App): Call =>
  async (method, path, body, headers = {}) => {
    const response = await fetchFrom(app, path, {
      method,
      headers: {
        authorization: bearer('hr-demo', ...scopes),
        'accept-language': 'en',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: payload(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== ''
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : null) as never,
    }
  }

export interface ApiOptions {
  readonly organisation?: boolean
  /** Takes what closes the bank; without it the end of the test does. */
  readonly atEnd?: AtEnd
}

/** Opens a bank with its API and, unless told otherwise, with its organisation registered. */
export const useApi = (): ((options?: ApiOptions) => Promise<ApiBank>) => {
  const openBank = useEngines()
  return async ({ organisation = true, atEnd } = {}) => {
    const bank = await openBank(atEnd)
    if (organisation) await register(bank.system.directory)
    const app = createApp({ system: bank.system, authenticate, issuer })
    return { ...bank, app, call: caller(app) }
  }
}

/** Opens one bank with its API for all the tests around. */
export const useSharedApi = (): (() => ApiBank) => {
  const openApi = useApi()
  return shareBank((atEnd) => openApi({ atEnd }))
}

export const onboardingBody = (employeeNo: string) => ({
  procedure: 'onboarding',
  assistant: {
    employeeNo,
    name: '陈晓明',
    email: `${employeeNo.toLowerCase()}@bank.test`,
    track: 'private-bank',
    source: 'graduate-programme',
    centreId: 'C1',
  },
  purpose: '培养为私钻客户经理',
  filedBy: 'F1',
})

export const key = (text: string) => ({ 'idempotency-key': text })
