import { setTimeout } from 'node:timers/promises'
import type { Instant } from '../../shared/domain/time.ts'

/** The clock by which a function goes where none is given to it. */
export const realNow = (): Instant => new Date().toISOString() as Instant

/** Lets some milliseconds go by. */
export const realPause = (ms: number): Promise<unknown> => setTimeout(ms)
