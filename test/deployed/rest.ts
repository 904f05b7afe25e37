import { setTimeout as pause } from 'node:timers/promises'
import type { Deployed } from './deployed.ts'

/** Knows whether a stack is at rest, so that nobody waits for it who need not. */
export interface Rest {
  /** Makes a call that may set something going. */
  readonly stir: <Result>(call: () => Promise<Result>) => Promise<Result>
  /** Resolves when nothing moves by itself and all that was sent has come. */
  readonly idle: () => Promise<void>
}

export interface RestOptions {
  readonly deployed: Deployed
  /** Resolves when a call may be made. */
  readonly ready: () => Promise<void>
  /** Whether there are mails under way. */
  readonly isAwaited: () => Promise<boolean>
  /** Hears what the bus heard meanwhile. */
  readonly heard: (events: readonly unknown[]) => void
}

export const createRest = ({ deployed, ready, isAwaited, heard }: RestOptions): Rest => {
  /** How often something was called, and how often that was when all was at rest. */
  let stirs = 0
  let restedAt = -1
  return {
    stir: async (call) => {
      stirs += 1
      await ready()
      try {
        return await call()
      } finally {
        stirs += 1
      }
    },
    idle: async () => {
      if (restedAt === stirs) return
      const seen = stirs
      await deployed.idle()
      // A mail comes some time after it was sent.
      for (let tries = 0; tries < 100 && (await isAwaited()); tries += 1) await pause(50)
      heard(await deployed.heard())
      restedAt = seen
    },
  }
}
