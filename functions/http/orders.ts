import type { AssistantCase } from '../../shared/domain/assistant.ts'
import { bySystem, type Origin } from '../../shared/domain/context.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import type { Refusal } from '../../shared/domain/refusal.ts'
import type { System } from '../adapters/system.ts'
import { execute, type Order } from '../execute.ts'
import { asKept, once, type KeyedCall } from './idempotency.ts'
import { problemOfRefusal, problemReply, type Reply } from './problem.ts'

/** The origin of an order that an API client passes on for someone. */
export const byClient = (by: EmployeeNo, client: string): Origin => ({ by, onBehalfOf: null, channel: 'api', client })

/** The origin of an order of a client that names nobody: of a system that reports what it knows. */
export const byClientItself = (client: string): Origin => ({ ...bySystem('api'), client })

/** The origin of an order of a client that may name somebody for it. */
export const byWhoever = (by: EmployeeNo | undefined, client: string): Origin =>
  by === undefined ? byClientItself(client) : byClient(by, client)

/**
 * Answers a call whose effect is stored in more than one transaction: a repetition of one that broke off does the rest,
 * since doing a part again does nothing. No other request has an effect by its key, not even at the same time.
 */
export const onceByItself = (
  system: System,
  { keyed, locale }: { readonly keyed: KeyedCall; readonly locale: Locale },
  work: () => Promise<Reply>,
): Promise<Reply> =>
  once(system.answers, keyed, locale, system.now, async (_, claim) =>
    (await claim()) ? { reply: await work(), isKept: false } : null,
  )

/** Answers a call that comes to nothing, for an idempotency key the same whenever it is repeated. */
export const turnDown = (
  system: System,
  call: { readonly keyed: KeyedCall; readonly locale: Locale },
  refusal: Refusal,
): Promise<Reply> => onceByItself(system, call, async () => problemReply(problemOfRefusal(refusal, call.locale)))

/** Carries out an order of an API client, once for an idempotency key, and answers with what came of it. */
export const carryOut = (
  system: System,
  { keyed, locale }: { readonly keyed: KeyedCall; readonly locale: Locale },
  order: Omit<Order, 'answer' | 'token'>,
  replyOf: (state: AssistantCase) => Reply,
): Promise<Reply> =>
  once(system.answers, keyed, locale, system.now, async (keep) => {
    const outcome = await execute(system, {
      ...order,
      ...(keyed.key === null ? {} : { answer: (state) => keep(replyOf(state)) }),
    })
    switch (outcome.type) {
      case 'done':
        return { reply: asKept(outcome.answer, () => replyOf(outcome.state)), isKept: true }
      case 'refused':
        return { reply: problemReply(problemOfRefusal(outcome.refusal, locale)), isKept: false }
      case 'answered-meanwhile':
      case 'besides-changed':
        return null
    }
  })
