import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartError } from './start-error.ts'
import { freePort } from './free-port.ts'

export interface Dynoxide {
  readonly endpoint: string
  readonly stop: () => Promise<void>
}

/** It answers some 50 ms after it was started; a slow disk may take its time. */
const pollEveryMs = 20
const polls = 500

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

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    const { ok } = await fetch(endpoint)
    return ok
  } catch {
    return false
  }
}

const hasExited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

const ready = async (child: ChildProcess, endpoint: string): Promise<boolean> => {
  for (let poll = 0; poll < polls && !hasExited(child); poll += 1) {
    if (await answers(endpoint)) return true
    await wait(pollEveryMs)
  }
  return false
}

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
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  if (await ready(child, endpoint)) return { endpoint, stop: () => stopChild(child) }
  await stopChild(child)
  throw new StartError(`dynoxide (${binary}) didn't start: ${complaints.trim() || 'it never answered'}.`)
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
