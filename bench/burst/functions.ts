import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import * as z from 'zod'
import { deployments } from '../../infra/config/deployments.ts'
import { selectConfig } from '../../infra/config.ts'
import { synthesise } from '../../infra/synthesise.ts'
import type { Instant } from '../../shared/domain/time.ts'
import type { Swept } from './sweep.ts'

/** What the stack gives the sweep's function. */
export interface Limits {
  readonly memoryMiB: number
  readonly seconds: number
}

const Sweep = z.object({
  MemorySize: z.number(),
  Timeout: z.number(),
  Environment: z.object({ Variables: z.object({ POWERTOOLS_SERVICE_NAME: z.literal('sweep') }) }),
})

/** @throws Error where the stack has no sweep */
export const sweepLimits = (): Limits => {
  const { template } = synthesise(selectConfig(deployments, 'default'))
  const found = Object.values(template.Resources)
    .map(({ Properties }) => Sweep.safeParse(Properties).data)
    .find((sweep) => sweep !== undefined)
  if (found === undefined) throw new Error('The stack has no sweep.')
  return { memoryMiB: found.MemorySize, seconds: found.Timeout }
}

const start = (module: string, variables: Readonly<Record<string, string>>, memoryMiB: number): ChildProcess =>
  fork(new URL(module, import.meta.url), {
    // What is not the heap needs some of the memory too.
    execArgv: [`--max-old-space-size=${Math.round(memoryMiB * 0.75)}`],
    env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'ERROR', ...variables },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })

/** What a process says first. @throws Error where it ends without a word */
const firstWord = async (child: ChildProcess): Promise<unknown> => {
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => {
    throw new Error(`A function ended with ${String(code ?? signal)}.`)
  })
  const [word] = (await Promise.race([once(child, 'message'), ended])) as [unknown]
  ended.catch(() => undefined)
  return word
}

export interface StartedSweep {
  readonly ended: Promise<Swept>
  /** Ends it as a crash does. */
  readonly kill: () => Promise<void>
}

export const startSweep = ({ memoryMiB, seconds }: Limits, now: Instant): StartedSweep => {
  const child = start('sweep.ts', { BANK_NOW: now, SWEEP_SECONDS: String(seconds) }, memoryMiB)
  const exit = once(child, 'exit')
  const ended = firstWord(child).then(async (swept) => {
    await exit
    return swept as Swept
  })
  return {
    ended,
    kill: async () => {
      ended.catch(() => undefined)
      child.kill('SIGKILL')
      await exit
    },
  }
}

export interface StartedApi {
  readonly url: string
  readonly stop: () => Promise<void>
}

export const startApi = async (now: Instant): Promise<StartedApi> => {
  const child = start('api.ts', { BANK_NOW: now }, 1024)
  const url = (await firstWord(child)) as string
  return {
    url,
    stop: async () => {
      const exit = once(child, 'exit')
      child.disconnect()
      await exit
    },
  }
}
