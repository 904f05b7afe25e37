import type { Duty } from '../shared/domain/duty.ts'
import { addMinutes, type Instant } from '../shared/domain/time.ts'
import { backOff, claimedUntil, type DueItem, type OpenDuty } from './adapters/duties.ts'
import { errorName } from './adapters/log.ts'
import type { System } from './adapters/system.ts'
import { doneBy, type DutyResult } from './duty-result.ts'
import { inLanes } from './lanes.ts'
import { strikeOff } from './strike-off.ts'

/** What working off takes: the entries that are one function's, and how it tells the time and what goes wrong. */
export type Means = Pick<System, 'duties' | 'now' | 'pause' | 'log'>

/** Entries read at once, and cases worked on at once: they bound the memory and the load, not the work. */
const pageSize = 100
const atOnce = 10

/** Tries after which a duty that fails raises the alarm: about an hour after it was due. */
const patience = 6

/** Minutes after which it is looked again whether something had its effect. */
export const verifyAfter = 15

const identity = ({ key, dueAt }: DueItem): string => `${key['pk']?.S}|${key['sk']?.S}|${dueAt}`

/** What became of an entry: done, or left since it is owed; null where somebody else has it, or its time is later. */
export type Fate = 'done' | { readonly leftSince: Instant; readonly isDecision: boolean } | null

/** What two may do at once without harm, and so without a write to claim it. */
const isRepeatable: ReadonlySet<Duty['kind']> = new Set(['resume-workflow', 'anchor-head', 'reduce-case'])

/** Claims a duty, does it, and strikes it off or puts it off: what fails is tried again, ever more rarely. */
export const discharge = async (
  means: Means,
  item: DueItem,
  { duty, attempts, owedSince }: OpenDuty,
  perform: (duty: Duty, attempts: number) => Promise<DutyResult>,
): Promise<Fate> => {
  const { duties, log, now } = means
  const claimed = claimedUntil(now())
  const isClaimed = duty === null || !isRepeatable.has(duty.kind)
  if (isClaimed && !(await duties.claim(item, claimed))) return null
  // A claim has counted the try already.
  const putOffTo = (to: Instant) =>
    isClaimed ? duties.postpone({ ...item, dueAt: claimed }, to) : duties.claim(item, to)
  try {
    if (duty === null) throw new Error('The duty can not be read.')
    const result = await perform(duty, attempts + 1)
    if (typeof result === 'object' && 'until' in result) {
      await putOffTo(result.until)
      return null
    }
    const done = doneBy(duty, result)
    if (done !== null) {
      await strikeOff(means, [done])
      return 'done'
    }
    log.warn('The workflow has not gone on by now.', { case: item.assistantId, attempts: attempts + 1 })
    await putOffTo(addMinutes(now(), verifyAfter))
  } catch (error) {
    const tried = { item: item.key['sk']?.S ?? '', attempts: attempts + 1 }
    const facts = { case: item.assistantId, ...tried, error: errorName(error) }
    if (attempts + 1 < patience) log.warn('A duty failed.', facts)
    else log.error('A duty keeps failing.', facts)
    await putOffTo(addMinutes(now(), backOff(attempts)))
  }
  return { leftSince: owedSince, isDecision: duty?.kind === 'resume-workflow' }
}

/** Deals with an entry; a duty without an item was done since the index was read. */
export type Handle = (item: DueItem, open: OpenDuty | undefined) => Promise<Fate>

/** One entry must not keep the others waiting, even where it could not be put off. */
const handleAlone = async (
  { log }: Means,
  handle: Handle,
  item: DueItem,
  open: OpenDuty | undefined,
): Promise<Fate> => {
  try {
    return await handle(item, open)
  } catch (error) {
    const facts = { case: item.assistantId, item: item.key['sk']?.S ?? '', error: errorName(error) }
    log.error('An entry could not be put off.', facts)
    return open === undefined ? null : { leftSince: open.owedSince, isDecision: open.duty?.kind === 'resume-workflow' }
  }
}

/** What was done and left, and since when the oldest of what was left is owed. */
export interface Tally {
  readonly done: number
  readonly left: number
  readonly oldestDuty: Instant | null
  /** Of those that tell the workflow of a decision. */
  readonly oldestDecision: Instant | null
}

const nothing: Tally = { done: 0, left: 0, oldestDuty: null, oldestDecision: null }

/** The older of two moments, either of which may be none. */
export const older = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || (b !== null && b < a) ? b : a

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
export const workOff = async (means: Means, handle: Handle, mayGoOn: () => boolean): Promise<Tally> => {
  const { duties, now } = means
  let tally = nothing
  // The index lags behind the table: an entry that shows again unchanged has been dealt with. Those of the last page are
  // enough to know it by, for the oldest come first. One that shows again later is looked at once more, and left.
  let seen: ReadonlySet<string> = new Set()
  // Behind a whole page of such entries there may be others. What comes to be due before it is left to the next time.
  let after: DueItem | undefined
  while (mayGoOn()) {
    const page = await duties.due(now(), pageSize, after)
    if (page.length === 0) break
    const items = page.filter((item) => !seen.has(identity(item)))
    if (items.length === 0) after = page.at(-1)
    seen = new Set(page.map(identity))
    const open = await duties.read(items)
    const cases = Map.groupBy(items, ({ key }) => key['pk']?.S)
    await inLanes(cases.values(), atOnce, async (ofCase) => {
      for (const item of ofCase) {
        if (!mayGoOn()) return
        const fate = await handleAlone(means, handle, item, open.get(item))
        tally = counted(tally, fate)
      }
    })
  }
  return tally
}

/** How much of its time a function has left; nobody tells where it runs as no function. */
export type Invocation = { readonly getRemainingTimeInMillis: () => number } | undefined

/** Milliseconds that a page of entries may take: less than that left, and the next time goes on. */
const reserve = 30_000

/** Whether there is time for more. */
export const timeLeft = (invocation: Invocation) => (): boolean =>
  invocation === undefined || invocation.getRemainingTimeInMillis() > reserve
