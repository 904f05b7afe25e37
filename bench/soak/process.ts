import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = new URL('../../', import.meta.url).pathname

/** The processes that the embedded system is: itself, and DynamoDB's engine. */
export type Victim = 'system' | 'engine'

/** What `npm start` starts, on data of its own, and how it dies. */
export interface SoakedProcess {
  readonly url: string
  /** Ends a process as a power cut does, and starts the system again on what is on disk. */
  readonly kill: (victim: Victim) => Promise<void>
  /** How often which of them was killed. */
  readonly kills: Readonly<Record<Victim, number>>
  /** Resident memory of each, in bytes. */
  readonly memory: () => Promise<Readonly<Record<Victim, number>>>
  /** Bytes that a collection of all garbage leaves in the system, on the heap and in buffers. */
  readonly alive: () => Promise<number>
  /** Ends both. What they kept, and their log, is removed but where somebody has to look at it. */
  readonly stop: (keeps?: boolean) => Promise<void>
  /** Where they keep what they keep. */
  readonly folder: string
}

/** For Node: lets a process be asked what is alive in it. */
const askable = `--expose-gc --import=${import.meta.resolve('./live-heap.ts')}`

/** How long the system goes on without its engine before somebody starts it anew, in milliseconds. */
const withoutEngineMs = 1500

const isUp = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`)).ok
  } catch {
    return false
  }
}

/** Those of a command line; none where nobody has it. */
const processesWith = async (text: string): Promise<readonly string[]> => {
  try {
    return (await run('pgrep', ['-f', '--', text])).stdout.split('\n').filter(Boolean)
  } catch {
    return []
  }
}

const residentBytes = async (pids: readonly string[]): Promise<number> => {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', pids.join(',')])
  return stdout.split('\n').reduce((sum, line) => sum + Number(line) * 1024, 0)
}

export const startProcess = async (port: number): Promise<SoakedProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'zhuli-soak-'))
  const dataDir = join(folder, 'data')
  const log = createWriteStream(join(folder, 'log'))
  const url = `http://127.0.0.1:${port}`
  const kills = { system: 0, engine: 0 }
  let child: ChildProcess

  const start = async (): Promise<void> => {
    child = spawn(process.execPath, ['infra/local/main.ts'], {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: askable, PORT: String(port), DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child.stdout?.pipe(log, { end: false })
    child.stderr?.pipe(log, { end: false })
    while (!(await isUp(url))) {
      if (child.exitCode !== null) throw new Error(`The system did not start; its log is ${folder}/log.`)
      await pause(50)
    }
  }
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }

  await start()
  return {
    url,
    kills,
    kill: async (victim) => {
      kills[victim] += 1
      if (victim === 'engine') {
        await run('kill', ['-KILL', ...(await processesWith(dataDir))])
        await pause(withoutEngineMs)
      }
      await end('SIGKILL')
      await start()
    },
    folder,
    memory: async () => ({
      system: await residentBytes([String(child.pid)]),
      engine: await residentBytes(await processesWith(dataDir)),
    }),
    alive: async () => {
      const answer = once(child, 'message')
      child.send('alive')
      const [bytes] = (await answer) as [number]
      return bytes
    },
    stop: async (keeps = false) => {
      await end('SIGTERM')
      log.end()
      if (!keeps) rmSync(folder, { recursive: true, force: true })
    },
  }
}
