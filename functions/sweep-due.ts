import { bySystem } from '../shared/domain/context.ts'
import type { Duty } from '../shared/domain/duty.ts'
import type { AssistantId } from '../shared/domain/ids.ts'
import { addMinutes, type Instant } from '../shared/domain/time.ts'
import { passAbsence } from './absence.ts'
import { backOff, claimedUntil, type DueItem, isDuty, type OpenDuty } from './adapters/duties.ts'
import { personUnder } from './adapters/items.ts'
import { late } from './adapters/late.ts'
import { errorName } from './adapters/log.ts'
import type { System } from './adapters/system.ts'
import { doneBy, type World } from './duty-result.ts'
import { execute, organisationOf } from './execute.ts'
import { inLanes } from './lanes.ts'
import { perform, strikeOff } from './perform.ts'

/** Entries read at once, and cases worked on at once: they bound the memory and the load, not the work. */
const pageSize = 100
const atOnce = 10

/** Tries after which a duty that fails raises the alarm: about an hour after it was due. */
const patience = 6

/** Minutes after which the sweep looks again whether something had its effect. */
const verifyAfter = 15

const identity = ({ key, dueAt }: DueItem): string => `${key['pk']?.S}|${key['sk']?.S}|${dueAt}`

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

/** What became of an entry: done, or left since it is owed; null where somebody else has it, or its time is later. */
type Fate = 'done' | { readonly leftSince: Instant; readonly isDecision: boolean } | null

/** What two sweeps may do at once without harm, and so without a write to claim it. */
const isRepeatable: ReadonlySet<Duty['kind']> = new Set(['resume-workflow', 'anchor-head', 'reduce-case'])

/** Claims a duty, does it, and strikes it off or puts it off: what fails is tried again, ever more rarely. */
const discharge = async (system: System, item: DueItem, { duty, attempts, owedSince }: OpenDuty): Promise<Fate> => {
  const claimed = claimedUntil(system.now())
  const isClaimed = duty === null || !isRepeatable.has(duty.kind)
  if (isClaimed && !(await system.duties.claim(item, claimed))) return null
  // A claim has counted the try already.
  const putOffTo = (to: Instant) =>
    isClaimed ? system.duties.postpone({ ...item, dueAt: claimed }, to) : system.duties.claim(item, to)
  try {
    if (duty === null) throw new Error('The duty can not be read.')
    const look = () => worldOf(system, item.assistantId)
    const result = await perform(system, duty, look, attempts + 1)
    if (typeof result === 'object' && 'until' in result) {
      await putOffTo(result.until)
      return null
    }
    const done = doneBy(duty, result)
    if (done !== null) {
      await strikeOff(system, [done])
      return 'done'
    }
    system.log.warn('The workflow has not gone on by now.', { case: item.assistantId, attempts: attempts + 1 })
    await putOffTo(addMinutes(system.now(), verifyAfter))
  } catch (error) {
    const tried = { item: item.key['sk']?.S ?? '', attempts: attempts + 1 }
    const facts = { case: item.assistantId, ...tried, error: errorName(error) }
    if (attempts + 1 < patience) system.log.warn('A duty failed.', facts)
    else system.log.error('A duty keeps failing.', facts)
    await putOffTo(addMinutes(system.now(), backOff(attempts)))
  }
  return { leftSince: owedSince, isDecision: duty?.kind === 'resume-workflow' }
}

const handle = async (system: System, item: DueItem, open: OpenDuty | undefined): Promise<Fate> => {
  if (open !== undefined) return discharge(system, item, open)
  // A duty without an item was done since the index was read.
  const { assistantId } = item
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

/** One entry must not keep the others waiting, even where it could not be put off. */
const handleAlone = async (system: System, item: DueItem, open: OpenDuty | undefined): Promise<Fate> => {
  try {
    return await handle(system, item, open)
  } catch (error) {
    const facts = { case: item.assistantId, item: item.key['sk']?.S ?? '', error: errorName(error) }
    system.log.error('An entry could not be put off.', facts)
    return open === undefined ? null : { leftSince: open.owedSince, isDecision: open.duty?.kind === 'resume-workflow' }
  }
}

/** What a sweep has done and left, and since when the oldest of what it left is owed. */
export interface Tally {
  readonly done: number
  readonly left: number
  readonly oldestDuty: Instant | null
  /** Of those that tell the workflow of a decision. */
  readonly oldestDecision: Instant | null
}

const nothing: Tally = { done: 0, left: 0, oldestDuty: null, oldestDecision: null }

const older = (a: Instant | null, b: Instant): Instant => (a === null || b < a ? b : a)

const counted = (tally: Tally, fate: Fate): Tally => {
  if (fate === null) return tally
  if (fate === 'done') return { ...tally, done: tally.done + 1 }
  const { leftSince, isDecision } = fate
  return {
    ...tally,
    left: tally.left + 1,
    oldestDuty: older(tally.oldestDuty, leftSince),
    oldestDecision: isDecision ? older(tally.oldestDecision, leftSince) : tally.oldestDecision,
  }
}

/** Works off the due entries, oldest first, each case's in order, while `mayGoOn` says there is time. */
export const sweepDue = async (system: System, mayGoOn: () => boolean): Promise<Tally> => {
  let tally = nothing
  // The index lags behind the table: an entry that shows again unchanged has been dealt with. Those of the last page are
  // enough to know it by, for the oldest come first. One that shows again later is looked at once more, and left.
  let seen: ReadonlySet<string> = new Set()
  // Behind a whole page of such entries there may be others. What comes to be due before it is left to the next sweep.
  let after: DueItem | undefined
  while (mayGoOn()) {
    const page = await system.duties.due(system.now(), pageSize, after)
    if (page.length === 0) break
    const items = page.filter((item) => !seen.has(identity(item)))
    if (items.length === 0) after = page.at(-1)
    seen = new Set(page.map(identity))
    const open = await system.duties.read(items)
    const cases = Map.groupBy(items, ({ key }) => key['pk']?.S)
    await inLanes(cases.values(), atOnce, async (ofCase) => {
      for (const item of ofCase) {
        if (!mayGoOn()) return
        const fate = await handleAlone(system, item, open.get(item))
        tally = counted(tally, fate)
      }
    })
  }
  return tally
}
