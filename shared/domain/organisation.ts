import type { ApplicationStage, Body, Stage } from './events.ts'
import type { BranchId, CentreId, EmployeeNo, TeamId } from './ids.ts'
import type { PerformanceRules, Period } from './performance.ts'
import type { Day } from './time.ts'

/** Someone in the bank's HR records who can be mailed. */
export interface Person {
  readonly employeeNo: EmployeeNo
  readonly name: string
  readonly email: string
  readonly locale: Locale
  readonly post: 'staff' | 'relationship-manager'
  /** The last that was named; it may lie in the past or in the future. */
  readonly delegation: Delegation | null
}

/** Days of absence, both included, with a named delegate (代理人) if there is one. */
export interface Delegation {
  readonly delegate: EmployeeNo | null
  readonly from: Day
  readonly until: Day
  readonly reason: string
}

/** The languages that Zhuli speaks. */
export type Locale = 'zh-CN' | 'en'

export interface Team {
  readonly id: TeamId
  readonly name: string
  readonly leader: EmployeeNo
}

/**
 * The part of the bank around one centre, as it stands when a command is decided.
 * Approvers and head are those alone who are on record with an address, so that whoever is asked can be mailed.
 */
export interface Organisation {
  readonly centre: {
    readonly id: CentreId
    readonly name: string
    readonly head: EmployeeNo | null
    /** A centre with teams has team leaders; its assistants belong to a team (art. 8). */
    readonly teams: readonly Team[]
  }
  readonly branch: { readonly id: BranchId; readonly name: string; readonly approvers: readonly EmployeeNo[] }
  readonly hq: { readonly name: string; readonly approvers: readonly EmployeeNo[] }
  /** Those named above, their delegates, and those who filed the case's applications, as far as they are on record. */
  readonly people: ReadonlyMap<EmployeeNo, Person>
  /** The rules of the periods in which the case has results (art. 8). */
  readonly scoring: ReadonlyMap<Period, PerformanceRules>
}

/** Those who may be asked for a stage: all are, and the first answer counts. */
export const approversOf = (organisation: Organisation, stage: Stage): readonly EmployeeNo[] => {
  switch (stage) {
    case 'branch':
      return organisation.branch.approvers
    case 'hq':
    case 'dispute':
      return organisation.hq.approvers
    case 'centre-review':
    case 'hand-over':
      return organisation.centre.head === null ? [] : [organisation.centre.head]
  }
}

/** Those who speak for a body of the bank. */
export const membersOf = (organisation: Organisation, body: Body): readonly EmployeeNo[] =>
  approversOf(organisation, body === 'centre' ? 'centre-review' : (body satisfies ApplicationStage))

/** Whoever is looked at among these. */
type People = Pick<Organisation, 'people'>

const absenceOf = ({ people }: People, person: EmployeeNo, day: Day): Delegation | null => {
  const delegation = people.get(person)?.delegation ?? null
  return delegation === null || day < delegation.from || day > delegation.until ? null : delegation
}

export const isAbsent = (organisation: People, person: EmployeeNo, day: Day): boolean =>
  absenceOf(organisation, person, day) !== null

/** The delegate who acts for someone on a day; null while they are there, or if the delegate is not or can't be mailed. */
export const delegateOf = (organisation: People, person: EmployeeNo, day: Day): EmployeeNo | null => {
  const delegate = absenceOf(organisation, person, day)?.delegate ?? null
  return delegate === null || !organisation.people.has(delegate) || isAbsent(organisation, delegate, day)
    ? null
    : delegate
}
