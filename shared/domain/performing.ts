import type { AssistantCase } from './assistant.ts'
import type { RecordPerformance } from './commands.ts'
import type { Context } from './context.ts'
import type { DomainEvent } from './events.ts'

/** Keeps what an assistant achieved in a period, in place of what was stated before (art. 8). */
export const recordPerformance = (
  { performance }: AssistantCase,
  { period, figures }: RecordPerformance,
  { origin, digest }: Context,
): readonly DomainEvent[] => {
  const known = performance[period]
  if (known !== undefined && digest(known) === digest(figures)) return []
  return [{ type: 'performance-recorded', data: { period, figures, client: origin.client } }]
}
