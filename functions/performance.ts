import type { AssistantCase } from '../shared/domain/assistant.ts'
import type { Origin } from '../shared/domain/context.ts'
import { evolve } from '../shared/domain/evolve.ts'
import type { EmployeeNo } from '../shared/domain/ids.ts'
import { type Assessed, type Figures, lastDayOf, type Period, type Result } from '../shared/domain/performance.ts'
import { type Refusal, refuse } from '../shared/domain/refusal.ts'
import { type Day, dayOf, type TimeZone } from '../shared/domain/time.ts'
import { digest } from './adapters/digest.ts'
import type { KeptResult } from './adapters/performance.ts'
import type { System } from './adapters/system.ts'
import { historyOf } from './as-of.ts'
import { execute } from './execute.ts'
import { changed, retry } from './retry.ts'

/** The day on which someone left the assistant post upward; null where they did not. */
const transferredOn = ({ applications, status }: AssistantCase, zone: TimeZone): Day | null => {
  const effectiveAt = status === 'transferred' ? applications.at(-1)?.effectiveAt : null
  return effectiveAt ? dayOf(effectiveAt, zone) : null
}

/** Whether somebody had not left yet when a day was over: what the case says today does not tell. */
const hadNotLeft = async (system: System, { id }: AssistantCase, day: Day): Promise<boolean> => {
  const events = (await historyOf(system, id)).filter(({ at }) => dayOf(at, system.zone) <= day)
  const then = events.reduce<AssistantCase | null>(evolve, null)
  return then?.status === 'on-post' || then?.status === 'exiting'
}

/** Whether a case was of an assistant on the post on a day. */
const wasAssistantOn = async (system: System, state: AssistantCase, day: Day): Promise<boolean> => {
  if (state.onPostSince === null || state.onPostSince > day) return false
  if (state.status === 'exited') return hadNotLeft(system, state, day)
  const until = transferredOn(state, system.zone)
  return state.status === 'on-post' || state.status === 'exiting' || (until !== null && until > day)
}

/** As what someone is assessed in a period: as they stood on its last day, or stand today while it runs. */
const standingIn = async (
  system: System,
  period: Period,
  employeeNo: EmployeeNo,
): Promise<{ readonly assessed: Assessed; readonly state: AssistantCase | null } | null> => {
  const today = dayOf(system.now(), system.zone)
  const lastDay = lastDayOf(period)
  const day = lastDay < today ? lastDay : today
  const [posts, person] = await Promise.all([system.lists.postsOf(employeeNo), system.directory.registered(employeeNo)])
  const cases = [...(await system.lists.cases(posts)).values()]
  const were = await Promise.all(cases.map((one) => wasAssistantOn(system, one, day)))
  const state = cases.find((_, index) => were[index]) ?? null
  if (state !== null) {
    const { name, centreId, teamId } = state.particulars
    return { assessed: { employeeNo, name, post: 'assistant', centreId, teamId }, state }
  }
  if (person === null || person.post !== 'relationship-manager' || person.centreId === null) return null
  const { name, centreId, teamId } = person
  return { assessed: { employeeNo, name, post: 'relationship-manager', centreId, teamId }, state: null }
}

const refusedMember = async (system: System, { post, centreId, teamId }: Assessed): Promise<Refusal | null> => {
  const centre = await system.directory.centre(centreId)
  if (centre === null) return refuse('unknown-centre', { centre: centreId })
  if (teamId === null)
    return post === 'assistant' && centre.teams.length > 0 ? refuse('team-required', { centre: centre.name }) : null
  return centre.teams.some(({ id }) => id === teamId)
    ? null
    : refuse('unknown-team', { centre: centre.name, team: teamId })
}

export type Stated = { readonly type: 'created' | 'replaced' } | { readonly type: 'refused'; readonly refusal: Refusal }

const isSame = (known: Figures | undefined, figures: Figures): boolean =>
  known !== undefined && digest(known) === digest(figures)

/** Whether a result is stated again just as it is. */
const isAsStated = (before: KeptResult | null, result: Result): boolean => {
  if (before === null) return false
  const { client: _, by: __, at: ___, changes: ____, ...known } = before
  return digest(known) === digest(result)
}

/** Keeps what someone achieved in a period; an assistant's is an event of their case as well (art. 8). */
export const recordResult = (
  system: System,
  period: Period,
  employeeNo: EmployeeNo,
  figures: Figures,
  origin: Origin,
): Promise<Stated> =>
  retry(system, 'stating a result', async () => {
    // Read before the case: what is stated meanwhile then fails this result's condition, and is never undone in part.
    const before = await system.performance.result(period, employeeNo)
    const standing = await standingIn(system, period, employeeNo)
    if (standing === null) return { type: 'refused', refusal: refuse('not-assessed', { person: employeeNo, period }) }
    const { assessed, state } = standing
    const refusal = await refusedMember(system, assessed)
    if (refusal !== null) return { type: 'refused', refusal }
    if (isAsStated(before, { ...assessed, figures })) return { type: 'replaced' }
    const statement = {
      client: origin.client ?? '',
      by: origin.by === 'system' ? null : origin.by,
      at: system.now(),
    }
    const writes = system.performance.writes(period, { ...assessed, figures }, statement, before)
    const done = { type: before === null ? 'created' : 'replaced' } as const
    // No event says again what the case has: whoever moved to another team since counts there by the same figures.
    if (state === null || isSame(state.performance[period], figures))
      return (await system.performance.store(writes)) ? done : changed
    const outcome = await execute(system, {
      assistantId: state.id,
      command: { type: 'record-performance', period, figures },
      origin,
      besides: () => writes,
    })
    if (outcome.type === 'done') return done
    return outcome.type === 'refused' ? outcome : changed
  })
