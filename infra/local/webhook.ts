import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import { errorName, type Log } from '../../functions/adapters/log.ts'
import { type BusEvent, type BusEvents, shownEvent } from './event-bridge.ts'

/** An address to which events can be posted. */
export const WebhookUrl = z.url({ protocol: /^https?$/, error: 'Not an http or https URL.' })

/** Milliseconds between the tries of one event, after which it waits for the next event. */
const pausesMs = [500, 1000, 2000, 4000, 8000] as const
/** Milliseconds that the listener may take for one event. */
const patience = 10_000

const Kept = z.object({
  url: z.nullable(z.string()),
  /** How many of the bus's events are out of the line: delivered, or older than the webhook. */
  passed: z.number(),
})

const readKept = (file: string): z.infer<typeof Kept> =>
  existsSync(file) ? Kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : { url: null, passed: 0 }

/** The address to which each event is posted, in order, one after the other. */
export interface Webhook {
  readonly url: () => string | null
  /** From now on events go there; what waits in line goes there too. Null ends it, and the line. */
  readonly set: (url: string | null) => void
  /** Says that there may be another event. */
  readonly tell: () => void
  /** Resolves when nothing is being posted; what is left waits for the next start. */
  readonly stop: () => Promise<void>
}

export interface WebhookOptions {
  /** Where the address and the line are kept, so that a second start goes on with them. */
  readonly file: string
  readonly events: Pick<BusEvents, 'labels' | 'at'>
  readonly log: Log
  readonly pauses?: readonly number[]
}

/** Why a call came to nothing: the system's own code, where it gave one. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? String(cause.code) : errorName(error)
}

/** Null where the listener took the event, and why not otherwise. */
const post = async (url: string, event: BusEvent, signal: AbortSignal): Promise<string | null> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(shownEvent(event)),
      // To follow one would be to send a GET.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    })
    await response.body?.cancel()
    return response.ok ? null : `status ${response.status}`
  } catch (error) {
    return reasonOf(error)
  }
}

const waitFor = async (ms: number, signal: AbortSignal): Promise<void> => {
  // Rejects when the wait is cut short, which whoever waits sees by the signal.
  if (ms > 0) await pause(ms, undefined, { signal, ref: false }).catch(() => undefined)
}

/**
 * Posts events without keeping anyone waiting. One that fails is tried some times, ever more rarely; then it stays
 * first in line until there is another event, another address or another start. None overtakes it, and none is left
 * out; what was being posted when the process died is posted again.
 */
export const openWebhook = ({ file, events, log, pauses = pausesMs }: WebhookOptions): Webhook => {
  const kept = readKept(file)
  let { url } = kept
  let passed = Math.min(kept.passed, events.labels().length)
  /** Whether there is a reason to look at the line, come since it was last looked at. */
  let isTold = false
  let isStopped = false
  let isRunning = false
  let running = Promise.resolve()
  let current = new AbortController()

  const save = (): void => {
    // Renamed into place, so that whenever the process dies there is a whole file.
    writeFileSync(`${file}.new`, JSON.stringify({ url, passed }))
    renameSync(`${file}.new`, file)
  }

  const deliver = async (to: string, event: BusEvent, signal: AbortSignal): Promise<boolean> => {
    for (const ms of [0, ...pauses]) {
      await waitFor(ms, signal)
      if (signal.aborted) return false
      const reason = await post(to, event, signal)
      if (reason === null) return true
      if (!signal.aborted) log.warn('The webhook did not take an event.', { event: event.detail.id, reason })
    }
    if (!signal.aborted)
      log.error('The webhook keeps failing; the event stays first in line.', { event: event.detail.id })
    return false
  }

  /** Whether the first in line was delivered, so that it is the next one's turn. */
  const deliverFirst = async (): Promise<boolean> => {
    const first = events.at(passed)
    if (url === null || first === undefined) return false
    const { signal } = current
    // What an address that was replaced has taken meanwhile is posted to the new one too.
    if (!(await deliver(url, first, signal)) || signal.aborted) return false
    passed += 1
    save()
    return true
  }

  const workOff = async (): Promise<void> => {
    try {
      while (isTold) {
        isTold = false
        while (await deliverFirst());
      }
    } catch (error) {
      log.error('The webhook stopped.', { error: errorName(error) })
    } finally {
      isRunning = false
    }
  }

  const tell = (): void => {
    if (isStopped || url === null) return
    isTold = true
    if (isRunning) return
    isRunning = true
    running = workOff()
  }

  // What waited when the last process ended.
  tell()
  return {
    url: () => url,
    set: (to) => {
      if (url === null) passed = events.labels().length
      url = to
      save()
      current.abort()
      current = new AbortController()
      tell()
    },
    tell,
    stop: async () => {
      isStopped = true
      current.abort()
      await running
    },
  }
}
