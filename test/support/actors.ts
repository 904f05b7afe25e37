import { openStageOf, stagesOf } from '../../shared/domain/assistant.ts'
import type { Command } from '../../shared/domain/commands.ts'
import type { Decision } from '../../shared/domain/events.ts'
import { ApplicationId, ApprovalId, type EmployeeNo } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { isRefusal } from '../../shared/domain/refusal.ts'
import { dayOf } from '../../shared/domain/time.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { ask, assistantId, type Bench, onboarding, people } from './bank.ts'

/** Those who give commands: people by what they do, and the system itself. */
export const actors = {
  filer: people.filer,
  branch: people.branch,
  HQ: people.hq,
  head: people.head,
  outsider: people.outsider,
} as const

const unknownApplication = ApplicationId.parse(`${assistantId}-9`)
const unknownApproval = ApprovalId.parse(`${assistantId}zzz`)

const applicationOf = ({ state }: Bench) => state?.applications.at(-1)?.id ?? unknownApplication

/** The approval that someone was last asked for; one that does not exist for those who never were. */
const approvalOf = ({ state }: Bench, person: EmployeeNo) => {
  const open = state === null ? null : openStageOf(state)
  const stages = state === null ? [] : open === null ? stagesOf(state).toReversed() : [open]
  return stages.flatMap(({ asked }) => asked).find(({ approver }) => approver === person)?.id ?? unknownApproval
}

const decide =
  (decision: Decision) =>
  (bench: Bench, by: EmployeeNo): Command => ({
    type: 'decide-stage',
    stepUp: 'mail-code',
    approvalId: approvalOf(bench, by),
    decision,
    reason: 'For a reason.',
  })

const exit =
  (ground: 'discipline' | 'below-standard' | 'unfit') =>
  (bench: Bench, by: EmployeeNo): Command => ({
    type: 'exit-post',
    ground,
    decidedBy: { body: 'centre', employeeNo: by },
    decidedOn: dayOf(bench.now, 'Asia/Shanghai'),
    reasons: 'For a reason.',
    evidence: null,
  })

const transfer =
  (early: boolean) =>
  (_: Bench, by: EmployeeNo): Command => ({
    type: 'file-transfer',
    early,
    grounds: early ? 'Excellent.' : null,
    filedBy: by,
    note: null,
  })

/** The commands that people give, each as the actor would give it in the state. */
export const personal = {
  'file onboarding': (_: Bench, by: EmployeeNo): Command => ({ ...onboarding, filedBy: by }),
  'file early transfer': transfer(true),
  'file ordinary transfer': transfer(false),
  approve: decide('approve'),
  reject: decide('reject'),
  return: decide('return'),
  qualified: decide('qualified'),
  'below standard': decide('below-standard'),
  withdraw: (bench: Bench): Command => ({ type: 'withdraw', applicationId: applicationOf(bench), reason: 'Changed.' }),
  amend: (bench: Bench): Command => ({
    type: 'amend',
    applicationId: applicationOf(bench),
    changes: { particulars: {}, purpose: null, grounds: null },
    note: null,
  }),
  'exit for discipline': exit('discipline'),
  'exit below standard': exit('below-standard'),
  'exit as unfit': exit('unfit'),
} as const

/** The commands that the workflow and the clock give. */
export const impersonal = {
  'open the next stage': (bench: Bench): Command => {
    const next = bench.state === null ? null : nextStep(bench.state)
    const { applicationId, begin, round } = next ?? { applicationId: null, begin: 'branch' as const, round: 1 }
    return { type: 'open-stage', applicationId, begin: begin === 'effect' ? 'hq' : begin, round }
  },
  'open another stage': (): Command => ({
    type: 'open-stage',
    applicationId: unknownApplication,
    begin: 'hq',
    round: 7,
  }),
  'take effect': (bench: Bench): Command => ({ type: 'take-effect', applicationId: applicationOf(bench) }),
  'pass time now': (): Command => ({ type: 'pass-time' }),
  'pass time at the alarm': (): Command => ({ type: 'pass-time' }),
} as const

/** What a command comes to: the events, or the code of the refusal. */
export const outcomeOf = (bench: Bench, command: Command, by: EmployeeNo): string => {
  const decided = ask(bench, command, by)
  return isRefusal(decided) ? decided.refused : decided.map(({ type }) => type).join(' + ')
}

/** The bench with its clock at the alarm of the case, if it has one. */
export const atAlarm = (bench: Bench): Bench => {
  const alarm = bench.state === null ? null : alarmOf(bench.state)
  return alarm === null ? bench : { ...bench, now: alarm }
}
