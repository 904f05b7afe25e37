import type { AssistantCase } from '../shared/domain/assistant.ts'
import type { Duty } from '../shared/domain/duty.ts'
import type { RecordedEvent } from '../shared/domain/events.ts'
import type { Organisation } from '../shared/domain/organisation.ts'
import type { Instant } from '../shared/domain/time.ts'
import type { Done } from './adapters/duties.ts'
import type { DutyOutcome } from './adapters/outcomes.ts'

/** A case as it stood when a duty was looked at. */
export interface World {
  readonly state: AssistantCase
  /** The bank around the case, looked at when it is first asked for: most duties do without. */
  readonly organisation: () => Promise<Organisation>
  /** The events just recorded, where the duty comes of them. */
  readonly recorded?: readonly RecordedEvent[]
}

/** Looks at the case of a duty, where it takes one. */
export type Look = () => Promise<World>

/**
 * What doing a duty comes to: `open` where the duty stays on record until the record itself shows that it had its effect; a time where it is to be
 * done then; an outcome where what was done is kept with the duty; the last event that was published, where one was.
 */
export type DutyResult =
  | 'done'
  | 'open'
  | { readonly until: Instant }
  | { readonly outcome: DutyOutcome }
  | { readonly publishedTo: number }

/** The duty as it is to be struck off; null where it stays. */
export const doneBy = (duty: Duty, result: DutyResult): Done | null => {
  if (result === 'done') return { duty }
  if (result === 'open' || 'until' in result) return null
  return { duty, ...result }
}
