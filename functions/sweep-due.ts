import { bySystem } from '../shared/domain/context.ts'
import type { AssistantId } from '../shared/domain/ids.ts'
import { addMinutes } from '../shared/domain/time.ts'
import { passAbsence } from './absence.ts'
import { type DueItem, isDuty, type OpenDuty } from './adapters/duties.ts'
import { personUnder } from './adapters/items.ts'
import { late } from './adapters/late.ts'
import { errorName } from './adapters/log.ts'
import type { System } from './adapters/system.ts'
import type { World } from './duty-result.ts'
import { execute, organisationOf } from './execute.ts'
import { perform } from './perform.ts'
import { discharge, type Fate, type Tally, verifyAfter, workOff } from './work-off.ts'

/** The case's alarm has come: whatever is due happens, one event after the other. */
const passTime = async (system: System, assistantId: AssistantId): Promise<void> => {
  const outcome = await execute(system, {
    assistantId,
    command: { type: 'pass-time' },
    origin: bySystem('time'),
  })
  if (outcome.type === 'refused' && outcome.refusal.refused !== 'nothing-due') {
    throw new Error(`Passing time was refused: ${outcome.refusal.refused}.`)
  }
}

const worldOf = async (system: System, id: AssistantId | null): Promise<World> => {
  const state = id === null ? null : await system.record.load(id)
  if (state === null) throw new Error('A duty is about a case that is not on record.')
  return { state, organisation: late(() => organisationOf(system, state)) }
}

const handle = async (system: System, item: DueItem, open: OpenDuty | undefined): Promise<Fate> => {
  const { assistantId } = item
  if (open !== undefined) {
    const look = () => worldOf(system, assistantId)
    return discharge(system, item, open, (duty, attempts) => perform(system, duty, look, attempts))
  }
  const person = personUnder(item.key)
  if (isDuty(item) || (assistantId === null && person === null)) return null
  try {
    if (assistantId !== null) await passTime(system, assistantId)
    if (person !== null) await passAbsence(system, person, item)
    return 'done'
  } catch (error) {
    const message = person === null ? 'Time could not pass for a case.' : 'Time could not pass for an absence.'
    system.log.error(message, { case: assistantId, error: errorName(error) })
    await system.duties.postpone(item, addMinutes(system.now(), verifyAfter))
    return null
  }
}

/** Does what has fallen due of cases, duties and absences, while `mayGoOn` says there is time. */
export const sweepDue = (system: System, mayGoOn: () => boolean): Promise<Tally> =>
  workOff(system, (item, open) => handle(system, item, open), mayGoOn)
