import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SynthesisedParts } from '../synthesise.ts'

const synthesised = async (): Promise<SynthesisedParts> => {
  const [parts] = await once(new Worker(new URL('synthesis-thread.ts', import.meta.url)), 'message')
  return parts as SynthesisedParts
}

let parts: Promise<SynthesisedParts> | undefined

/**
 * What the stack would have, synthesised once in a process, however often the system is started in it. A thread does
 * it, and ends: the CDK would stay in memory for as long as the process lives.
 */
export const partsOfStack = (): Promise<SynthesisedParts> => (parts ??= synthesised())
