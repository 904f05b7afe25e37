import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'
import { problemOfCall, problemReply } from '../../functions/http/problem.ts'
import { restartWorkflows } from '../../functions/restart.ts'
import { createTimekeeper, earliestOf } from './advance.ts'
import { opened } from './data-folder.ts'
import { startEngines, type Engines } from './engines.ts'
import { bank, resources } from './environment.ts'
import { eventRoutes } from './event-routes.ts'
import { createFunctions, type Functions } from './functions.ts'
import { createIdentity } from './identity.ts'
import { pageRoutes } from './page/page.ts'
import { overFetch, readerLocale, respond } from './over-fetch.ts'
import { localRoutes } from './routes.ts'
import { schedule } from './schedule.ts'
import { serve } from './server.ts'
import { createUndo, type Undo } from './undo.ts'

export interface EmbeddedOptions {
  /** 0 takes any port that is free. */
  readonly port: number
  readonly dataDir: string
  /** Removes what earlier starts left. */
  readonly fresh?: boolean
  /** Where events are posted from now on; left out, where the last start did. */
  readonly webhook?: string | undefined
  /** Takes the functions' log, line by line; without it nothing is logged. */
  readonly log?: (line: string) => void
}

export interface Embedded extends Pick<Engines, 'clock' | 'mailbox' | 'ses' | 'states'> {
  readonly url: string
  readonly stop: () => Promise<void>
}

const starting = (): Response => new Response('Starting.\n', { status: 503, headers: { 'retry-after': '1' } })

/** The longest that a call waits for the workflow to rest, in milliseconds: under load it never does. */
const patience = 2000

const application = (
  parts: readonly Hono[],
  {
    api,
    idle,
    failed,
  }: { readonly api: Functions['api']; readonly idle: () => Promise<void>; readonly failed: (error: unknown) => void },
): Hono => {
  const app = new Hono()
  // Whoever reads a case right after a call finds what the call has set going.
  app.get('/v1/*', async (_, next) => {
    await Promise.race([idle(), pause(patience, undefined, { ref: false })])
    await next()
  })
  for (const part of parts) app.route('/', part)
  const fetched = overFetch(api)
  app.all('*', (c) => fetched(c.req.raw))
  app.onError((error, c) => {
    failed(error)
    return respond(problemReply(problemOfCall('unavailable', readerLocale(c))))
  })
  return app
}

const assemble = async (options: EmbeddedOptions, undo: Undo): Promise<Omit<Embedded, 'stop'>> => {
  const { port, dataDir, fresh = false, log = () => undefined } = options
  const failed = (error: unknown): void => log(`${String(error)}\n`)
  // The port comes first: whoever finds it taken must not have touched the data of the one who has it.
  let answer: (request: Request) => Response | Promise<Response> = starting
  const { url, close } = await serve((request) => answer(request), port)
  undo.push(close)

  const late = Promise.withResolvers<Functions>()
  const invoke: Functions['invoke'] = async (name, payload) => (await late.promise).invoke(name, payload)
  const engines = await startEngines({ url, dataDir, fresh, invoke, failed, write: log }, undo)
  const { files, clock, mailbox, events, webhook, ses, inbound, states, variables, sweepSchedule } = engines
  if (options.webhook !== undefined) webhook.set(options.webhook)
  const functions = await createFunctions({ variables, clock, write: log })
  late.resolve(functions)
  // The engine forgot its executions when its last process ended; the label is good for one process, as they are.
  await opened(files.database, () => restartWorkflows(functions.system, 'restart'))

  const { sweep, api } = functions
  const timekeeper = createTimekeeper({
    clock,
    idle: states.idle,
    sweep,
    earliest: (until) => earliestOf([functions.system.duties, functions.system.anchorings], until),
  })
  const identity = await opened(files.identityKey, (file) =>
    createIdentity({ issuer: url, audience: resources.audience, file }),
  )
  const local = localRoutes({ clock, timekeeper, mailbox, inbound, idle: states.idle, zone: bank.zone })
  const heard = eventRoutes({ events, webhook, idle: states.idle })
  const app = application([pageRoutes(), identity, local, heard], { api, idle: states.idle, failed })
  answer = (request) => app.fetch(request)

  // Once more, so that on the way down it comes before the engines that it serves from.
  undo.push(close)
  undo.push(timekeeper.stop)
  undo.push(schedule(sweepSchedule, timekeeper.catchUp, failed))
  return { url, clock, mailbox, ses, states }
}

let isTaken = false

/**
 * The whole bank in this process: the stack's functions, table and workflow on embedded engines. One at a time, for
 * the functions find the engines by the variables of the process.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  if (isTaken) throw new Error('An embedded system runs in this process already.')
  isTaken = true
  const undo = createUndo()
  undo.push(() => {
    isTaken = false
  })
  try {
    return { ...(await assemble(options, undo)), stop: undo.all }
  } catch (error) {
    await undo.all()
    throw error
  }
}
