import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { StartError } from './start-error.ts'
import { freePort } from './free-port.ts'

export interface Dynoxide {
  readonly endpoint: string
  readonly stop: () => Promise<void>
}

/** It listens some 50 ms after it was started; a slow disk may take its time. Milliseconds. */
const patience = 10_000

/** What it says on its standard error once it has the port. */
const saysItListens = 'listening on http'

/** Between being found free and being taken, a port can be lost to somebody else. */
const portAttempts = 3

/**
 * Runs the binary for as long as the pipe at descriptor 3 is open. The pipe closes when the parent closes it and
 * also when the parent dies of whatever, `kill -9` included, so the binary never outlives it.
 */
const supervise = `
"$@" </dev/null 3<&- &
engine=$!
{ read -r _; kill "$engine"; } <&3 2>/dev/null &
watcher=$!
wait "$engine"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"`

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const packagedBinary = (packageName: string): string[] => {
  try {
    return [createRequire(import.meta.url).resolve(`${packageName}/dynoxide`)]
  } catch {
    return []
  }
}

/** The binary of this platform's package, or else one that was installed for the whole machine. */
export const findDynoxide = (path: string, platform = `${process.platform}-${process.arch}`): string => {
  const packageName = `@dynoxide/${platform}`
  const installed = path.split(delimiter).filter(Boolean)
  const candidates = [...packagedBinary(packageName), ...installed.map((folder) => join(folder, 'dynoxide'))]
  const binary = candidates.find(isExecutable)
  if (binary !== undefined) return binary
  throw new StartError(
    `The package ${packageName} isn't installed (not every platform has one): install \`dynoxide\` so that it is ` +
      `on the PATH, or set AWS_ENDPOINT_URL_DYNAMODB to the address of any DynamoDB.`,
  )
}

const hasExited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/**
 * Resolves once the child itself says that it listens, to null, or else to why it does not. That something answers at
 * its address is not enough: whoever took the port first would.
 */
const failureToListen = (child: ChildProcess): Promise<string | null> =>
  new Promise((resolve) => {
    let said = ''
    const late = setTimeout(() => resolve(said.trim() || 'it never said that it listens'), patience)
    const settle = (failure: string | null): void => {
      clearTimeout(late)
      resolve(failure)
    }
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes(saysItListens)) settle(null)
    })
    child.once('error', (error) => settle(error.message))
    // By then all that it said has come, unlike when it exits.
    child.once('close', () => settle(said.trim() || 'it ended without a word'))
  })

const stopChild = async (child: ChildProcess): Promise<void> => {
  if (hasExited(child)) return
  const exit = once(child, 'exit')
  child.stdio[3]?.destroy()
  await exit
}

const launch = async (binary: string, args: readonly string[]): Promise<Dynoxide> => {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const child = spawn('sh', ['-c', supervise, 'sh', binary, '--host', '127.0.0.1', '--port', String(port), ...args], {
    // A process group of its own: Ctrl-C must reach us alone, or the store would go before what still writes to it.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const failure = await failureToListen(child)
  if (failure === null) return { endpoint, stop: () => stopChild(child) }
  await stopChild(child)
  throw new StartError(`dynoxide (${binary}) didn't start: ${failure}.`)
}

/** Starts a DynamoDB that keeps its data in `file`. */
export const startDynoxide = async (binary: string, file: string): Promise<Dynoxide> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(binary, ['--db-path', file])
    } catch (error) {
      if (attempt === portAttempts || !String(error).includes('already in use')) throw error
    }
  }
}
