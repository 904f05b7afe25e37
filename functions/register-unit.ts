import type { EmployeeNo } from '../shared/domain/ids.ts'
import type { Branch, Centre, Hq } from './adapters/directory.ts'
import type { System } from './adapters/system.ts'
import { reassessWaiting } from './reassess.ts'

type Registered = 'created' | 'replaced'

/**
 * What waits on those who answer for a unit no more, whose links are dead from now on, is asked at once of those who do
 * (art. 7).
 */
const succeed = async (
  system: System,
  before: readonly EmployeeNo[] | null,
  now: readonly EmployeeNo[],
): Promise<Registered> => {
  for (const person of before ?? []) if (!now.includes(person)) await reassessWaiting(system, person)
  return before === null ? 'created' : 'replaced'
}

/** Puts HQ on record. */
export const registerHq = async (system: System, hq: Hq): Promise<Registered> => {
  const before = await system.directory.putHq(hq)
  return succeed(system, before && before.approvers, hq.approvers)
}

/** Puts a branch on record. */
export const registerBranch = async (system: System, branch: Branch): Promise<Registered> => {
  const before = await system.directory.putBranch(branch)
  return succeed(system, before && before.approvers, branch.approvers)
}

/** Puts a centre on record. */
export const registerCentre = async (system: System, centre: Centre): Promise<Registered> => {
  const before = await system.directory.putCentre(centre)
  return succeed(system, before && [before.head], [centre.head])
}
