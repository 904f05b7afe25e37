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

/** Without a key there is no answer to keep, and nothing to claim. */
const noAnswer: Keep = () => null
const unclaimed = async (): Promise<boolean> => true

/**
 * Answers a repeated call as the first time, byte for byte. `work` stores the kept answer in the same transaction as
 * its effect where that has one, or claims the key before any of it is done, and returns null if another call has the key.
 */
export const once = async (
  answers: Answers,
  call: KeyedCall,
  locale: Locale,
  now: () => Instant,
  work: (keep: Keep, claim: () => Promise<boolean>) => Promise<Worked | null>,
): Promise<Reply> => {
  const { client, key } = call
  if (key === null) return (await work(noAnswer, unclaimed))?.reply ?? inProgress(locale)
  const request = digest({ method: call.method, path: call.path, body: call.body })
  const claim = () => answers.claim({ client, key, request }, now())
  const keep = (reply: Reply): Answer => ({ client, key, request, ...reply })
  const repeated = async (): Promise<Reply | null> => {
    const first = await answers.find(client, key)
    if (first !== null && first.request !== request)
      return problemReply(problemOfCall('idempotency-key-reused', locale))
    return first !== null && 'status' in first ? replyIn(first) : null
  }
  const earlier = await repeated()
  if (earlier !== null) return earlier
  const worked = await work(keep, claim)
  if (worked === null) return (await repeated()) ?? inProgress(locale)
  const { reply } = worked
  const isKept = worked.isKept || (await answers.keep(keep(reply), now()))
  return isKept ? reply : ((await repeated()) ?? inProgress(locale))
}

const inProgress = (locale: Locale): Reply =>
  problemReply(problemOfCall('request-in-progress', locale), { 'retry-after': '1' })
