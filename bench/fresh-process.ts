import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What one fresh process took. */
export interface Start {
  /** Milliseconds to import the bundle. */
  readonly importMs: number
  /** Milliseconds to import it and to make its first call. */
  readonly firstCallMs: number
  /** Resident bytes afterwards. */
  readonly rss: number
}

const program = `
const [bundle, event] = JSON.parse(process.argv[1])
const context = { awsRequestId: '1', getRemainingTimeInMillis: () => 270_000 }
const begun = performance.now()
const { handler } = await import(bundle)
const imported = performance.now()
let failure = null
try {
  await handler(event, context)
} catch (error) {
  failure = error.name
}
const called = performance.now()
const rss = process.memoryUsage.rss()
process.stdout.write('\\n' + JSON.stringify({ importMs: imported - begun, firstCallMs: called - begun, rss, failure }))
process.exit()
`

/** Imports a bundle in a fresh process and calls its handler once. @throws Error where the call fails otherwise than expected */
export const startOnce = async (
  bundle: string,
  event: unknown,
  variables: Readonly<Record<string, string>>,
  expectedFailure: string | null,
): Promise<Start> => {
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module', '--eval', program, JSON.stringify([bundle, event])],
    { env: variables },
  )
  const { failure, ...start } = JSON.parse(stdout.split('\n').at(-1) ?? '') as Start & { failure: string | null }
  if (failure !== expectedFailure) throw new Error(`${bundle} failed with ${failure}: ${stdout.slice(0, 500)}`)
  return start
}
