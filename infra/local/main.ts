import { parseArgs } from 'node:util'
import { demoClient } from './identity.ts'
import { StartError } from './start-error.ts'
import { startEmbedded, type Embedded } from './system.ts'
import { WebhookUrl } from './webhook.ts'

const defaults = { port: 3000, dataDir: '.local' } as const
const largestPort = 65_535

/** Ctrl-C comes twice under npm, at once: from the terminal, and handed on by npm. A second one on purpose takes longer. */
const signalsAreOneMs = 500

const log = (line: string): void => {
  process.stderr.write(line)
}
// What goes as it should is noted for whoever searches CloudWatch; who starts the system here reads along.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'WARN'

const isFresh = (): boolean => {
  try {
    return parseArgs({ options: { fresh: { type: 'boolean', default: false } } }).values.fresh
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)} The only option is --fresh.`)
  }
}

const portOf = (text: string | undefined): number => {
  if (text === undefined || text === '') return defaults.port
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= largestPort) return port
  throw new StartError(`PORT must be a whole number up to ${largestPort}, not "${text}".`)
}

const webhookOf = (text: string | undefined): string | undefined => {
  if (text === undefined || text === '') return undefined
  if (WebhookUrl.safeParse(text).success) return text
  throw new StartError(`EVENTS_WEBHOOK must be an http or https URL, not "${text}".`)
}

const welcome = ({ url, clock }: Embedded, dataDir: string): string => `
Zhuli runs at ${url}

  A first case      ${url}/ (with the mailbox and the clock)
  Mails, as JSON    ${url}/local/mail
  Events, as JSON   ${url}/local/events
  Clock, as JSON    ${url}/local/clock (now ${clock.now()})
  API description   ${url}/openapi.json
  Access token      curl -d grant_type=client_credentials -d client_id=${demoClient.id} -d client_secret=${demoClient.secret} ${url}/oauth2/token
  Data              ${dataDir} (npm start -- --fresh begins with an empty bank)

Ctrl-C stops it.
`

const stopOnSignal = (system: Embedded): void => {
  let firstAt: number | undefined
  const stop = async (): Promise<void> => {
    process.stdout.write('\nStopping; once more kills.\n')
    await system.stop()
    process.exit()
  }
  const onSignal = (): void => {
    if (firstAt === undefined) {
      firstAt = performance.now()
      void stop()
    } else if (performance.now() - firstAt > signalsAreOneMs) process.exit(1)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
}

try {
  const dataDir = process.env['DATA_DIR'] || defaults.dataDir
  const webhook = webhookOf(process.env['EVENTS_WEBHOOK'])
  const system = await startEmbedded({ port: portOf(process.env['PORT']), dataDir, fresh: isFresh(), webhook, log })
  stopOnSignal(system)
  process.stdout.write(welcome(system, dataDir))
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
