import type { AssistantCase } from '../shared/domain/assistant.ts'
import { bySystem } from '../shared/domain/context.ts'
import type { AssistantId, EmployeeNo } from '../shared/domain/ids.ts'
import type { System } from './adapters/system.ts'
import { execute, organisationOf } from './execute.ts'
import { inLanes } from './lanes.ts'

/** The most cases that are looked at again at once; whatever is left is at its next reminder. */
const most = 100
/** So many at a time: somebody waits for the answer. */
const atOnce = 10

/**
 * Looks again who can answer the open stage of a case. Whoever records an absence looks for what waits on the person
 * afterwards, and whoever asks people looks at absences once more afterwards: one of them sees the other. `state` is the
 * case where it was just stored, and need not be read.
 */
export const reassess = async (
  system: System,
  assistantId: AssistantId,
  state: AssistantCase | null = null,
): Promise<void> => {
  await execute(system, {
    assistantId,
    command: { type: 'reassess-stage' },
    origin: bySystem('time'),
    ...(state !== null && { seen: { state, organisation: await organisationOf(system, state) } }),
  })
}

/** What waits on someone is asked at once of whoever can answer it now. */
export const reassessWaiting = async (system: System, person: EmployeeNo): Promise<void> => {
  await inLanes(await system.waiting.of(person, most), atOnce, ({ assistantId }) => reassess(system, assistantId))
}
