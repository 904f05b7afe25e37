import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import * as z from 'zod'

/** A system that takes an application through both consents, as its users call it. */
export interface Contender {
  /** Files an application; resolves when it is accepted. @returns its name for the calls to come */
  readonly file: (number: number) => Promise<string>
  /** Waits for the mail that asks for a consent, and gives it. */
  readonly approve: (application: string, stage: 'branch' | 'hq') => Promise<void>
  /** Waits for the mail that tells that it took effect. */
  readonly effect: (application: string, number: number) => Promise<void>
  readonly stop: () => Promise<void>
}

const Places = z.object({ url: z.string(), outbox: z.string() })
type Places = z.infer<typeof Places>

const start = async (module: string): Promise<Places & { readonly stop: () => Promise<void> }> => {
  const child: ChildProcess = spawn(process.execPath, [new URL(module, import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('It has an output.')
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    await exit
  }
  // Others write lines of their own before.
  for await (const line of createInterface(child.stdout)) {
    if (!line.startsWith('{')) continue
    child.stdout.resume()
    return { ...Places.parse(JSON.parse(line)), stop }
  }
  await stop()
  throw new Error(`${module} did not start.`)
}

const asked = async (places: Places, to: string, about: string): Promise<string> => {
  const response = await fetch(`${places.outbox}/outbox/${to}/${about}`)
  return response.text()
}

const post = async (url: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> => {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
  if (response.status >= 500) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response
}

const Token = z.object({ access_token: z.string() })
const Filed = z.object({ id: z.string() })

const registerBank = async (url: string, authorization: string): Promise<void> => {
  const put = (path: string, content: object) =>
    fetch(url + path, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(content),
    })
  for (const no of ['F1', 'B1', 'Q1', 'H1'])
    await put(`/v1/people/${no}`, { name: no, email: `${no.toLowerCase()}@bank.example`, post: 'staff' })
  await put('/v1/hq', { name: '总行', approvers: ['Q1'] })
  await put('/v1/branches/SH', { name: '上海分行', approvers: ['B1'] })
  await put('/v1/centres/SH-1', { name: '上海私钻中心', branchId: 'SH', head: 'H1', teams: [] })
}

/** Zhuli on its embedded engines, with all that it does for an application. */
export const startZhuli = async (): Promise<Contender> => {
  const places = await start('zhuli.ts')
  const { url } = places
  const client = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'hr-demo',
    client_secret: 'hr-demo',
  })
  const granted = await fetch(`${url}/oauth2/token`, { method: 'POST', body: client })
  const authorization = `Bearer ${Token.parse(await granted.json()).access_token}`
  await registerBank(url, authorization)
  const approvers = { branch: 'b1', hq: 'q1' } as const
  return {
    file: async (number) => {
      const assistant = {
        employeeNo: `A${number}`,
        name: `助理${number}`,
        email: `a${number}@bank.example`,
        track: 'private-bank',
        source: 'graduate-programme',
        centreId: 'SH-1',
      }
      const body = { procedure: 'onboarding', assistant, purpose: '培养为私钻客户经理', filedBy: 'F1' }
      const headers = { authorization, 'idempotency-key': `file-${number}` }
      const response = await post(`${url}/v1/applications`, JSON.stringify(body), headers)
      return Filed.parse(await response.json()).id
    },
    approve: async (application, stage) => {
      const link = new URL(await asked(places, approvers[stage], application))
      const path = url + link.pathname
      const given = { secret: link.hash.slice(1), decision: 'approve' }
      await post(`${path}/code`, JSON.stringify({ secret: given.secret }))
      const code = await asked(places, approvers[stage], link.pathname.slice('/decide/'.length))
      const { status } = await post(path, JSON.stringify({ ...given, code }))
      if (status !== 200) throw new Error(`The decision was answered ${status}.`)
    },
    effect: async (_, number) => {
      await asked(places, `a${number}`, 'told')
    },
    stop: places.stop,
  }
}

/** DBOS on PostgreSQL. */
export const startDbos = async (): Promise<Contender> => {
  const places = await start('rivals/dbos.ts')
  return {
    file: async (number) => {
      await post(`${places.url}/cases/A${number}`, '')
      return `A${number}`
    },
    approve: async (application, stage) => {
      await asked(places, stage, application)
      await post(`${places.url}/cases/${application}/${stage}`, 'approve')
    },
    effect: async (application) => {
      await asked(places, 'assistant', application)
    },
    stop: places.stop,
  }
}

/** Restate's server, with its service beside it. */
export const startRestate = async (): Promise<Contender> => {
  const places = await start('rivals/restate.ts')
  return {
    file: async (number) => {
      await post(`${places.url}/approval/A${number}/run/send`, '')
      return `A${number}`
    },
    approve: async (application, stage) => {
      await asked(places, stage, application)
      await post(`${places.url}/approval/${application}/decide`, JSON.stringify({ stage, decision: 'approve' }))
    },
    effect: async (application) => {
      await asked(places, 'assistant', application)
    },
    stop: places.stop,
  }
}
