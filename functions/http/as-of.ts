import * as z from 'zod'
import type { AssistantCase } from '../../shared/domain/assistant.ts'
import type { AssistantId } from '../../shared/domain/ids.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import { refuse } from '../../shared/domain/refusal.ts'
import { type Instant, instantFrom } from '../../shared/domain/time.ts'
import type { Mistake } from '../../shared/text/mistakes.ts'
import type { System } from '../adapters/system.ts'
import { caseAsOf } from '../as-of.ts'
import { oneMistake } from './mistakes.ts'
import { problemOfRefusal, problemReply, type Reply } from './problem.ts'
import type { Present } from './views.ts'

/** The moment for which something is read; now, where it is left out. */
export const AsOf = z.strictObject({
  asOf: z
    .string()
    .refine((text) => instantFrom(text) !== null, { error: 'instant' satisfies Mistake, abort: true })
    .transform((text) => instantFrom(text) as Instant)
    .optional()
    .meta({ type: 'string', format: 'date-time' }),
})

/** Answers from a case as it stood at a moment, with that moment for the present: by the policy of its day. */
export const replyAsOf = async (
  system: System,
  id: AssistantId,
  { asOf }: z.output<typeof AsOf>,
  locale: Locale,
  replyOf: (state: AssistantCase, present: Present) => Reply,
): Promise<Reply> => {
  const { zone, policies } = system
  const now = system.now()
  if (asOf !== undefined && asOf > now) return oneMistake('/query/asOf', 'in-future', locale)
  const state = asOf === undefined ? await system.record.load(id) : await caseAsOf(system, id, asOf)
  return state === null
    ? problemReply(problemOfRefusal(refuse('unknown-assistant'), locale))
    : replyOf(state, { now: asOf ?? now, zone, policies })
}
