import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { ReceiptView } from '../../shared/contracts/decisions.ts'
import type { ApplicationView, AssistantView, EventView, ProblemView } from '../../shared/contracts/resources.ts'
import { addDays, type Day } from '../../shared/domain/time.ts'
import { startEmbedded } from '../../infra/local/system.ts'
import type { HeardEvent } from './event-validator.ts'

/** A mail as `GET /local/mail` shows it. */
export interface Message {
  readonly id: string
  readonly at: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Answer<Body> {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Body
}

/** The started embedded system as its users see it: HTTP, the mailbox and the clock, nothing else. */
export interface Bank {
  readonly url: string
  readonly call: <Body = ProblemView>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer<Body>>
  readonly mails: () => Promise<readonly Message[]>
  readonly now: () => Promise<string>
  readonly turn: (to: { readonly advance: string } | { readonly to: string }) => Promise<void>
  /** Stops the system as Ctrl-C does, and starts it again on the same data. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** A system that was started, by the engines or by somebody else. */
interface Started {
  readonly url: string
  readonly restart: () => Promise<Started>
  readonly stop: () => Promise<void>
}

const startOwn = async (log: (line: string) => void): Promise<Started> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhuli-'))
  const startOn = async (): Promise<Started> => {
    const embedded = await startEmbedded({ port: 0, dataDir, log })
    return {
      url: embedded.url,
      restart: async () => {
        await embedded.stop()
        return startOn()
      },
      stop: async () => {
        await embedded.stop()
        rmSync(dataDir, { recursive: true, force: true })
      },
    }
  }
  return startOn()
}

/** The front of a deployed system, emptied for whoever comes. */
const takeOver = async (url: string): Promise<Started> => {
  await fetch(`${url}/local/reset`, { method: 'POST' })
  return {
    url,
    restart: () => Promise.reject(new Error('A deployed system is not restarted by its users.')),
    stop: async () => undefined,
  }
}

/** Starts the embedded system, or takes the one that `BANK_URL` names. `log` takes what the functions log, line by line. */
export const startBank = async (log: (line: string) => void = () => undefined): Promise<Bank> => {
  const { BANK_URL: deployed } = process.env
  let system = deployed === undefined ? await startOwn(log) : await takeOver(deployed)
  let token = ''

  const request = async (path: string, init: RequestInit): Promise<Answer<never>> => {
    const response = await fetch(`${system.url}${path}`, init)
    const text = await response.text()
    // API Gateway calls an answer JSON that has neither a type nor a body.
    const isJson = text !== '' && response.headers.get('content-type')?.includes('json') === true
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : null) as never,
    }
  }

  const authorise = async (): Promise<void> => {
    const { body } = await request('/oauth2/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'hr-demo', client_secret: 'hr-demo' }),
    })
    token = (body as { access_token: string }).access_token
  }

  await authorise()
  return {
    get url() {
      return system.url
    },
    call: (method, path, body, headers = {}) =>
      request(path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'accept-language': 'en',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    mails: async () => {
      const { body } = await request('/local/mail', {})
      return (body as { messages: readonly Message[] }).messages
    },
    now: async () => {
      const { body } = await request('/local/clock', {})
      return (body as { now: string }).now
    },
    turn: async (to) => {
      const { status, text } = await request('/local/clock', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(to),
      })
      if (status !== 200) throw new Error(`The clock answered ${status}: ${text}`)
    },
    restart: async () => {
      system = await system.restart()
      await authorise()
    },
    stop: () => system.stop(),
  }
}

/** A bank for the tests of one file, started with its organisation registered and stopped after the last. */
export const useBank = (): Bank => {
  let started: Bank | undefined
  const bank = (): Bank => {
    if (started === undefined) throw new Error('The bank is started before the first test.')
    return started
  }
  beforeAll(async () => {
    started = await startBank()
    await registerOrganisation(started)
  })
  afterAll(() => started?.stop())
  return {
    get url() {
      return bank().url
    },
    call: (method, path, body, headers) => bank().call(method, path, body, headers),
    mails: () => bank().mails(),
    now: () => bank().now(),
    turn: (to) => bank().turn(to),
    restart: () => bank().restart(),
    stop: () => bank().stop(),
  }
}

/** Registers HQ, one branch and one centre with the people whom journeys need. */
export const registerOrganisation = async ({ call }: Bank): Promise<void> => {
  const people = ['F1', 'B1', 'B2', 'Q1', 'Q2', 'H1', 'X1', 'M1', 'RM1', 'RM2']
  for (const no of people) {
    const locale = no === 'Q2' ? 'en' : 'zh-CN'
    await call('PUT', `/v1/people/${no}`, {
      name: `员工${no}`,
      email: `${no.toLowerCase()}@bank.example`,
      post: no.startsWith('RM') ? 'relationship-manager' : 'staff',
      centreId: 'SH-1',
      locale,
    })
  }
  await call('PUT', '/v1/hq', { name: '总行', approvers: ['Q1', 'Q2'] })
  await call('PUT', '/v1/branches/SH', { name: '上海分行', approvers: ['B1', 'B2'] })
  await call('PUT', '/v1/centres/SH-1', { name: '上海私钻中心', branchId: 'SH', head: 'H1', teams: [] })
}

export const onboardingOf = (employeeNo: string) => ({
  procedure: 'onboarding',
  assistant: {
    employeeNo,
    name: `助理${employeeNo}`,
    email: `${employeeNo.toLowerCase()}@bank.example`,
    track: 'private-bank',
    source: 'graduate-programme',
    centreId: 'SH-1',
  },
  purpose: '培养为私钻客户经理',
  filedBy: 'F1',
})

/** Files an onboarding and returns the application. */
export const file = async ({ call }: Bank, employeeNo: string): Promise<ApplicationView> => {
  const { status, body, text } = await call<ApplicationView>('POST', '/v1/applications', onboardingOf(employeeNo), {
    'idempotency-key': `file-${employeeNo}`,
  })
  if (status !== 201) throw new Error(`Filing was answered ${status}: ${text}`)
  return body
}

/** The newest link to decide that was mailed to someone about a case. */
export const linkTo = async ({ mails }: Bank, person: string, caseNumber: string): Promise<URL> => {
  const mail = (await mails()).findLast(
    ({ to, subject, text }) =>
      to.includes(`${person.toLowerCase()}@bank.example`) &&
      subject.includes(`[${caseNumber}]`) &&
      text.includes('/decide/'),
  )
  const link = mail?.text.match(/https?:\/\/\S+\/decide\/\S+/)?.[0]
  if (link === undefined) throw new Error(`${person} was not mailed a link about ${caseNumber}.`)
  return new URL(link)
}

/** Follows the link in someone's newest mail and decides. */
export const decide = async (
  bank: Bank,
  person: string,
  caseNumber: string,
  decision: string,
  reason: string | null = null,
): Promise<Answer<ReceiptView>> => {
  const { pathname, hash } = await linkTo(bank, person, caseNumber)
  return decideAt(bank, pathname, { secret: hash.slice(1), decision, reason })
}

/** Decides as the page does: with a code from the mailbox, where one is asked for. */
export const decideAt = async (
  { call, mails }: Bank,
  path: string,
  given: { readonly secret: string; readonly decision: string; readonly reason: string | null },
): Promise<Answer<ReceiptView & { readonly code?: string }>> => {
  const answer = await call<ReceiptView & { readonly code?: string }>('POST', path, given)
  if (answer.body.code !== 'code-required') return answer
  await call('POST', `${path}/code`, { secret: given.secret })
  const approvalId = path.slice('/decide/'.length)
  const mail = (await mails()).findLast(({ headers }) => headers['x-zhuli-duty']?.startsWith(`${approvalId}-c`))
  return call('POST', path, { ...given, code: codeIn(mail) })
}

/** The six-digit code in a mail. */
export const codeIn = (mail: Pick<Message, 'text'> | undefined): string => mail?.text.match(/\b\d{6}\b/)?.[0] ?? ''

export const applicationOf = async ({ call, mails }: Bank, id: string): Promise<ApplicationView> => {
  // Looking into the mailbox waits until the workflow rests: what the last call set going has happened.
  await mails()
  return (await call<ApplicationView>('GET', `/v1/applications/${id}`)).body
}

export const assistantOf = async ({ call, mails }: Bank, id: string): Promise<AssistantView> => {
  await mails()
  return (await call<AssistantView>('GET', `/v1/assistants/${id}`)).body
}

export const trailOf = async ({ call, mails }: Bank, id: string): Promise<readonly EventView[]> => {
  await mails()
  const { body } = await call<{ items: readonly EventView[] }>('GET', `/v1/assistants/${id}/events?limit=200`)
  return body.items
}

const topics = ['private-banking-business', 'professional-systems', 'compliance-and-service', 'knowledge-and-marketing']

/** A plan with an item for each topic, due some months after the beginning of the post. */
export const planFor = ({ onPostSince }: Pick<AssistantView, 'onPostSince'>, by = 'H1') => ({
  by,
  items: topics.map((topic, index) => ({
    id: `T${index + 1}`,
    topic,
    title: `培训${index + 1}`,
    dueOn: addDays(onPostSince as Day, 60 * (index + 1)),
    assessment: { kind: '考试', passMark: 60 },
  })),
})

/** Puts mentor and plan on file, and a try at each item that is passed. */
export const train = async (bank: Bank, id: string, head = 'H1', mentor = 'M1'): Promise<void> => {
  const assistant = await assistantOf(bank, id)
  const plan = planFor(assistant, head)
  const takenOn = (await bank.now()).slice(0, 10)
  const answers = [
    await bank.call('PUT', `/v1/assistants/${id}/mentor`, { employeeNo: mentor, by: head }),
    await bank.call('PUT', `/v1/assistants/${id}/training-plan`, plan),
  ]
  for (const { id: itemId } of plan.items) {
    const assessment = { itemId, takenOn, assessor: mentor, score: 80, passed: true }
    const key = { 'idempotency-key': `${id}-${itemId}-passed` }
    answers.push(await bank.call('POST', `/v1/assistants/${id}/assessments`, assessment, key))
  }
  const refused = answers.find(({ status }) => status >= 300)
  if (refused !== undefined) throw new Error(`The training was answered ${refused.status}: ${refused.text}`)
}

/** Brings someone onto the post, with the training passed. */
export const bringTrained = async (bank: Bank, employeeNo: string): Promise<AssistantView> => {
  const { id } = await bringOnPost(bank, employeeNo)
  await train(bank, id)
  return assistantOf(bank, id)
}

/** What HR systems hear of a case, as a listener has it that leaves out what comes again. */
export const heardOf = async ({ call }: Bank, assistantId: string): Promise<readonly HeardEvent[]> => {
  const { body } = await call<{ events: readonly HeardEvent[] }>('GET', `/local/events?assistantId=${assistantId}`)
  return [...new Map(body.events.map((event) => [event.id, event])).values()]
}

/** Brings someone onto the post: filed, approved twice, in effect. */
export const bringOnPost = async (bank: Bank, employeeNo: string): Promise<AssistantView> => {
  const { id, assistantId } = await file(bank, employeeNo)
  await decide(bank, 'B1', id, 'approve')
  await decide(bank, 'Q1', id, 'approve')
  return assistantOf(bank, assistantId)
}
