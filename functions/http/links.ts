import { isFrozen } from '../../shared/domain/deciding.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import { refuse } from '../../shared/domain/refusal.ts'
import type { System } from '../adapters/system.ts'
import { isAlive, type Shown } from '../answering.ts'
import { deadLink, problemOfRefusal, problemReply, type Reply } from './problem.ts'

/** Replies by what a link leads to, as long as its holder can answer: once it is dead never more, in a dispute not yet. */
export const whileAnswerable = async (
  system: System,
  shown: Shown,
  locale: Locale,
  reply: (shown: Shown) => Promise<Reply>,
): Promise<Reply> => {
  if (!(await isAlive(system, shown))) return deadLink(locale)
  return isFrozen(shown.state, shown.stage) ? problemReply(problemOfRefusal(refuse('frozen'), locale)) : reply(shown)
}
