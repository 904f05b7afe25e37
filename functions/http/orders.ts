import type { AssistantCase } from '../../shared/domain/assistant.ts'
import type { Origin } from '../../shared/domain/context.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import type { Refusal } from '../../shared/domain/refusal.ts'
import type { System } from '../adapters/system.ts'
import { execute, type Order } from '../execute.ts'
import { once, type KeyedCall } from './idempotency.ts'
import { problemOfRefusal, problemReply, type Reply } from './problem.ts'

/** The origin of an order that an API client passes on for someone. */
export const byClient = (by: EmployeeNo, client: string): Origin => ({ by, onBehalfOf: null, channel: 'api', client })

/** Answers a call that comes to nothing, for an idempotency key the same whenever it is repeated. */
export const turnDown = (
  system: System,
  { keyed, locale }: { readonly keyed: KeyedCall; readonly locale: Locale },
  refusal: Refusal,
): Promise<Reply> =>
  once(system.answers, keyed, locale, system.now, async () => problemReply(problemOfRefusal(refusal, locale)))

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
        return replyOf(outcome.state)
      case 'refused':
        return problemReply(problemOfRefusal(outcome.refusal, locale))
      case 'answered-meanwhile':
        return null
    }
  })
