import { liveApplication, openStageOf } from '../../shared/domain/assistant.ts'
import type { Decision } from '../../shared/domain/events.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { type Bench, done, emptyBench, onboarding, people } from './bank.ts'

/** The workflow takes the step that the case waits for. */
export const conducted = (bench: Bench): Bench => {
  const next = bench.state === null ? null : nextStep(bench.state)
  if (next === null) throw new Error('Nothing waits for the workflow.')
  const { applicationId, begin, round } = next
  return begin === 'effect' && applicationId !== null
    ? done(bench, { type: 'take-effect', applicationId }, people.outsider)
    : done(
        bench,
        { type: 'open-stage', applicationId, begin: begin === 'effect' ? 'hq' : begin, round },
        people.outsider,
      )
}

/** An approver of the open stage answers. */
export const decided = (
  bench: Bench,
  approver: EmployeeNo,
  decision: Decision,
  reason: string | null = null,
): Bench => {
  const approval =
    bench.state === null ? undefined : openStageOf(bench.state)?.asked.find((asked) => asked.approver === approver)
  if (approval === undefined) throw new Error(`${approver} was not asked.`)
  return done(bench, { type: 'decide-stage', stepUp: 'mail-code', approvalId: approval.id, decision, reason }, approver)
}

/** The clock goes to the case's alarm, and what is due happens. */
export const alarmed = (bench: Bench): Bench => {
  const alarm = bench.state === null ? null : alarmOf(bench.state)
  if (alarm === null) throw new Error('The case has no alarm.')
  return done({ ...bench, now: alarm }, { type: 'pass-time' }, people.outsider)
}

export const filed = (): Bench => done(emptyBench, onboarding, people.filer)
export const branchOpen = (): Bench => conducted(filed())
export const hqPending = (): Bench => decided(branchOpen(), people.branch, 'approve')
export const hqOpen = (): Bench => conducted(hqPending())
export const consented = (): Bench => decided(hqOpen(), people.hq, 'approve')
export const onPost = (): Bench => conducted(consented())
export const returnedByBranch = (): Bench => decided(branchOpen(), people.branch, 'return', 'The source is unclear.')
export const returnedByHq = (): Bench => decided(hqOpen(), people.hq, 'return', 'The source is unclear.')
export const notAppointed = (): Bench => decided(branchOpen(), people.branch, 'reject', 'No vacancy.')
export const reviewCalled = (): Bench => alarmed(onPost())
export const reviewOpen = (): Bench => conducted(reviewCalled())
export const exited = (): Bench =>
  done(
    onPost(),
    {
      type: 'exit-post',
      ground: 'unfit',
      decidedBy: { body: 'branch', employeeNo: people.branch },
      decidedOn: '2025-03-03' as never,
      reasons: 'Found unfit.',
      evidence: null,
    },
    people.branch,
  )
const early = (): Bench =>
  done(
    onPost(),
    { type: 'file-transfer', early: true, grounds: 'Best of the year.', filedBy: people.filer, note: null },
    people.filer,
  )
export const transferFiled = early
export const transferBranchOpen = (): Bench => conducted(early())
export const transferHqOpen = (): Bench => conducted(decided(transferBranchOpen(), people.branch, 'approve'))
export const transferConsented = (): Bench => decided(transferHqOpen(), people.hq, 'approve')
export const transferReturned = (): Bench => decided(transferBranchOpen(), people.branch, 'return', 'Say more.')
export const transferred = (): Bench => conducted(transferConsented())

/** The application in progress. @throws Error where there is none */
export const liveOf = (bench: Bench) => {
  const live = bench.state === null ? null : liveApplication(bench.state)
  if (live === null) throw new Error('No application is in progress.')
  return live
}
