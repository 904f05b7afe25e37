import { advance } from '../../shared/domain/chain.ts'
import { type AssistantCase, stageOfApproval } from '../../shared/domain/assistant.ts'
import type { Command, FileOnboarding } from '../../shared/domain/commands.ts'
import type { Context, Origin } from '../../shared/domain/context.ts'
import { decide } from '../../shared/domain/decide.ts'
import type { DomainEvent, Particulars, RecordedEvent } from '../../shared/domain/events.ts'
import { AssistantId, BranchId, CentreId, EmployeeNo } from '../../shared/domain/ids.ts'
import type { Organisation, Person } from '../../shared/domain/organisation.ts'
import { isRefusal, type Refusal } from '../../shared/domain/refusal.ts'
import { Instant } from '../../shared/domain/time.ts'
import { mainlandCalendar } from '../../shared/policy/mainland-calendar.ts'
import { policies } from '../../shared/policy/policies.ts'
import { digest } from '../../functions/adapters/digest.ts'

/** The people of the made-up bank that domain tests use, by what they do. */
export const people = {
  filer: EmployeeNo.parse('F1'),
  branch: EmployeeNo.parse('B1'),
  secondBranch: EmployeeNo.parse('B2'),
  hq: EmployeeNo.parse('Q1'),
  secondHq: EmployeeNo.parse('Q2'),
  head: EmployeeNo.parse('H1'),
  assistant: EmployeeNo.parse('A1'),
  mentor: EmployeeNo.parse('M1'),
  outsider: EmployeeNo.parse('X1'),
} as const

const person = (employeeNo: EmployeeNo): Person => ({
  employeeNo,
  name: `Person ${employeeNo}`,
  email: `${employeeNo.toLowerCase()}@bank.test`,
  locale: 'zh-CN',
  post: 'staff',
  delegation: null,
})

export const organisation: Organisation = {
  centre: { id: CentreId.parse('C1'), name: 'Centre 1', head: people.head, teams: [] },
  branch: { id: BranchId.parse('BR1'), name: 'Branch 1', approvers: [people.branch, people.secondBranch] },
  hq: { name: 'HQ', approvers: [people.hq, people.secondHq] },
  scoring: new Map(),
  people: new Map(Object.values(people).map((employeeNo) => [employeeNo, person(employeeNo)])),
}

export const particulars: Particulars = {
  employeeNo: people.assistant,
  name: 'Assistant A1',
  email: 'a1@bank.test',
  track: 'private-bank',
  source: 'graduate-programme',
  sourceNote: null,
  centreId: organisation.centre.id,
  branchId: organisation.branch.id,
  teamId: null,
}

export const assistantId = AssistantId.parse('7k3m9q2d')

export const onboarding: FileOnboarding = {
  type: 'file-onboarding',
  assistantId,
  particulars,
  purpose: 'Training to become a relationship manager',
  filedBy: people.filer,
  note: null,
}

/** Monday, 3 March 2025, 09:00 in Shanghai. */
export const monday = Instant.parse('2025-03-03T01:00:00.000Z')

const origins = {
  api: (by: EmployeeNo): Origin => ({ by, onBehalfOf: null, channel: 'api', client: 'hr-demo' }),
  page: (by: EmployeeNo): Origin => ({ by, onBehalfOf: null, channel: 'page', client: null }),
  workflow: { by: 'system', onBehalfOf: null, channel: 'workflow', client: null } as Origin,
  time: { by: 'system', onBehalfOf: null, channel: 'time', client: null } as Origin,
}

/** The origin that a command has in the running system. */
const originOf = (command: Command, by: EmployeeNo): Origin => {
  switch (command.type) {
    case 'open-stage':
    case 'take-effect':
      return origins.workflow
    case 'pass-time':
    case 'reassess-stage':
    case 'report-undeliverable':
      return origins.time
    case 'decide-stage':
    case 'dispute-decision':
      return origins.page(by)
    case 'file-onboarding':
    case 'file-transfer':
    case 'withdraw':
    case 'amend':
    case 'exit-post':
    case 'adopt-policy':
    case 'name-mentor':
    case 'set-training-plan':
    case 'record-assessment':
    case 'record-attendance':
    case 'assign-clients':
    case 'release-clients':
    case 'hand-over-clients':
    case 'receive-clients':
    case 'record-performance':
    case 'record-violation':
    case 'record-qualifications':
      return origins.api(by)
  }
}

/** One case in memory, on which commands are tried at given times. */
export interface Bench {
  readonly state: AssistantCase | null
  readonly events: readonly RecordedEvent[]
  readonly now: Instant
  readonly organisation: Organisation
}

export const emptyBench: Bench = { state: null, events: [], now: monday, organisation }

/** For whom a delegate decides, as the approval says. */
const principalOf = ({ state }: Bench, command: Command): EmployeeNo | null =>
  state === null || command.type !== 'decide-stage'
    ? null
    : (stageOfApproval(state, command.approvalId)?.asked.find(({ id }) => id === command.approvalId)?.onBehalfOf ??
      null)

export const contextOf = (bench: Bench, command: Command, by: EmployeeNo): Context => ({
  now: bench.now,
  zone: 'Asia/Shanghai',
  calendar: mainlandCalendar,
  policies,
  organisation: bench.organisation,
  digest,
  origin: { ...originOf(command, by), onBehalfOf: principalOf(bench, command) },
})

export const ask = (bench: Bench, command: Command, by: EmployeeNo): readonly DomainEvent[] | Refusal =>
  decide(command, bench.state, contextOf(bench, command, by))

/** The case after a command. @throws Error where it is refused */
export const done = (bench: Bench, command: Command, by: EmployeeNo): Bench => {
  const context = contextOf(bench, command, by)
  const decided = decide(command, bench.state, context)
  if (isRefusal(decided)) throw new Error(`${command.type} was refused: ${decided.refused}`)
  const { state, recorded } = advance(bench.state, decided, context)
  return { ...bench, state, events: [...bench.events, ...recorded] }
}

export const at = (bench: Bench, now: string): Bench => ({ ...bench, now: Instant.parse(now) })
