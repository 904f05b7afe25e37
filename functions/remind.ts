import { openStageOf } from '../shared/domain/assistant.ts'
import type { SendDigest } from '../shared/domain/duty.ts'
import { answersStill } from '../shared/domain/deciding.ts'
import type { Particulars } from '../shared/domain/events.ts'
import type { CentreId, EmployeeNo } from '../shared/domain/ids.ts'
import { officeMoment } from '../shared/domain/office-hours.ts'
import type { Organisation } from '../shared/domain/organisation.ts'
import { addMinutes, dayOf } from '../shared/domain/time.ts'
import { endOf } from '../shared/domain/timetable.ts'
import type { System } from './adapters/system.ts'
import type { DutyResult } from './duty-result.ts'
import { blanked } from './mail/blanked.ts'
import { composeDigest, type DigestEntry } from './mail/compose-digest.ts'
import { stageLink } from './mail/links.ts'

/** The most that one digest lists: the oldest come first, and nobody reads on from there. */
const longest = 100

/** The bank around centres, each looked at once. */
const bankAround = ({ directory }: System) => {
  const looked = new Map<CentreId, Promise<Organisation | null>>()
  return ({ centreId, branchId }: Particulars): Promise<Organisation | null> => {
    const known = looked.get(centreId) ?? directory.around(centreId, [], branchId)
    looked.set(centreId, known)
    return known
  }
}

/** What waits on someone, as far as a digest lists it. */
interface Listed {
  readonly entries: readonly DigestEntry[]
  /** Whether nothing else waits. */
  readonly isAll: boolean
}

/** What waits on someone now; an entry whose case has moved on meanwhile is left out. */
const listFor = async (system: System, person: EmployeeNo): Promise<Listed> => {
  const found = await system.waiting.of(person, longest + 1)
  const waiting = found.slice(0, longest)
  const cases = await system.lists.cases(waiting.map(({ assistantId }) => assistantId))
  const present = { now: system.now(), zone: system.zone }
  const around = bankAround(system)
  const entries = waiting.map(async ({ assistantId, approvalId }): Promise<readonly DigestEntry[]> => {
    const state = cases.get(assistantId)
    const stage = state === undefined ? null : openStageOf(state)
    if (state === undefined || stage === null) return []
    const organisation = await around(state.particulars)
    if (organisation === null) return []
    // Where somebody else is asked by now, the link is dead.
    const alive = stage.asked.filter(
      (approval) => approval.approver === person && answersStill(state, stage, approval, { ...present, organisation }),
    )
    if (approvalId === null) return alive.length === 0 ? [{ state, link: null }] : []
    if (!alive.some(({ id }) => id === approvalId)) return []
    return [{ state, link: await stageLink(system, stage.stage, approvalId) }]
  })
  return { entries: (await Promise.all(entries)).flat(), isAll: found.length <= longest }
}

/** Minutes after the office opens, so that what falls due as it does is on record, and is listed. */
const settling = 10

/**
 * Mails someone all that waits on them, within office hours and once a working day: whichever duty comes first that day
 * sends it, the others find it done. What was escalated only after that is told of the next working day.
 */
export const sendDigest = async (system: System, { id, to, escalatedAt }: SendDigest): Promise<DutyResult> => {
  const { zone, calendar, policies } = system
  const now = system.now()
  const today = dayOf(now, zone)
  const office = { zone, calendar, policy: policies.on(today) }
  const opens = officeMoment(now, office)
  if (opens > now) return { until: addMinutes(opens, settling) }
  const person = await system.directory.person(to)
  if (person === null) return 'done'
  const claim = await system.waiting.claimDay(to, today, id, now)
  if (claim !== 'own') {
    if (escalatedAt === null || escalatedAt < claim.takenAt) return 'done'
    return { until: addMinutes(officeMoment(endOf(today, zone), office), settling) }
  }
  const { entries, isAll } = await listFor(system, to)
  if (entries.length === 0) {
    await system.waiting.giveBackDay(to, today, id)
    return 'done'
  }
  const mail = await composeDigest(id, person, entries, isAll, system)
  await system.mailer.send(mail)
  // It tells of other people's cases too, which are no part of this one.
  return { outcome: { type: 'mailed', mail: { ...blanked(mail, to), text: null } } }
}
