import type { Answer, Answers } from '../adapters/answers.ts'
import { digest } from '../adapters/digest.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { problemOfCall, problemReply, type Reply } from './problem.ts'
import type { Locale } from '../../shared/domain/organisation.ts'

/** A call that must have its effect once, however often it arrives. */
export interface KeyedCall {
  readonly client: string
  /** Null where the client sent none and the call can do without. */
  readonly key: string | null
  readonly method: string
  readonly path: string
  readonly body: unknown
}

/** Makes the answer to keep out of the reply; null where the call has no key. */
export type Keep = (reply: Reply) => Answer | null

/** What a call came to, and whether the transaction of its effect keeps the answer; a refusal has none. */
export interface Worked {
  readonly reply: Reply
  readonly isKept: boolean
}

/** The reply that is kept in an answer. */
const replyIn = ({ status, headers, body }: Answer): Reply => ({ status, headers, body })

/** What is kept is what is answered: made anew, the reply could tell of another day that has begun since. */
export const asKept = (answer: Answer | null, replyOf: () => Reply): Reply =>
  answer === null ? replyOf() : replyIn(answer)

/** Visible ASCII characters, as a header can carry them. */
export const isIdempotencyKey = (key: string): boolean => /^[\u0021-\u007e]{1,255}$/.test(key)

/**
 * Answers a repeated call as the first time, byte for byte. `work` stores the kept answer in the same transaction as
 * its effect where that has one, and returns null if another call with the key has been answered meanwhile.
 */
export const once = async (
  answers: Answers,
  call: KeyedCall,
  locale: Locale,
  now: () => Instant,
  work: (keep: Keep) => Promise<Worked | null>,
): Promise<Reply> => {
  const { client, key } = call
  if (key === null) return (await work(() => null))?.reply ?? inProgress(locale)
  const request = digest({ method: call.method, path: call.path, body: call.body })
  const keep = (reply: Reply): Answer => ({ client, key, request, ...reply })
  const repeated = async (): Promise<Reply | null> => {
    const first = await answers.find(client, key)
    if (first === null) return null
    return first.request === request ? replyIn(first) : problemReply(problemOfCall('idempotency-key-reused', locale))
  }
  const earlier = await repeated()
  if (earlier !== null) return earlier
  const worked = await work(keep)
  if (worked === null) return (await repeated()) ?? inProgress(locale)
  const { reply } = worked
  const isKept = worked.isKept || (await answers.keep(keep(reply), now()))
  return isKept ? reply : ((await repeated()) ?? inProgress(locale))
}

const inProgress = (locale: Locale): Reply =>
  problemReply(problemOfCall('request-in-progress', locale), { 'retry-after': '1' })
