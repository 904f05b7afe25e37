import type { Command, ExitPost, FileTransfer, RecordViolation, SetTrainingPlan } from '../../shared/domain/commands.ts'
import { liveApplication, openStageOf } from '../../shared/domain/assistant.ts'
import type { Decision } from '../../shared/domain/events.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { addDays, Day, dayOf } from '../../shared/domain/time.ts'
import { requiredTopics } from '../../shared/domain/training.ts'
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

/** An item for each topic that a plan must have, due some days after the beginning of the post. */
export const planItems = (onPostSince: Day): SetTrainingPlan['items'] =>
  requiredTopics.map((topic, index) => ({
    id: `item-${index + 1}`,
    topic,
    title: `Training ${index + 1}`,
    dueOn: addDays(onPostSince, 60 + index),
    assessment: { kind: 'examination', passMark: 60 },
  }))

/** What puts plan and mentor on file. */
export const planning = (onPostSince: Day): readonly Command[] => [
  { type: 'name-mentor', mentor: people.mentor },
  { type: 'set-training-plan', items: planItems(onPostSince) },
]

/** What makes every item of that plan passed on a day. */
export const passing = (onPostSince: Day, takenOn: Day): readonly Command[] =>
  planItems(onPostSince).map(({ id: itemId }) => ({
    type: 'record-assessment',
    itemId,
    takenOn,
    assessor: people.mentor,
    score: 80,
    passed: true,
  }))

const onPostSinceOf = ({ state }: Bench): Day => {
  if (state === null || state.onPostSince === null) throw new Error('Nobody is on the post.')
  return state.onPostSince
}

const all = (bench: Bench, commands: readonly Command[]): Bench =>
  commands.reduce((so, command) => done(so, command, people.head), bench)

export const planned = (bench: Bench = onPost()): Bench => all(bench, planning(onPostSinceOf(bench)))

export const trained = (bench: Bench = onPost()): Bench =>
  all(planned(bench), passing(onPostSinceOf(bench), dayOf(bench.now, 'Asia/Shanghai')))

export const returnedByBranch = (): Bench => decided(branchOpen(), people.branch, 'return', 'The source is unclear.')
export const returnedByHq = (): Bench => decided(hqOpen(), people.hq, 'return', 'The source is unclear.')
export const notAppointed = (): Bench => decided(branchOpen(), people.branch, 'reject', 'No vacancy.')
export const reviewCalled = (): Bench => alarmed(trained())
export const reviewOpen = (): Bench => conducted(reviewCalled())
/** The branch finds the assistant unfit, on the day on which tests begin. */
export const foundUnfit: ExitPost = {
  type: 'exit-post',
  ground: 'unfit',
  decidedBy: { body: 'branch', employeeNo: people.branch },
  decidedOn: Day.parse('2025-03-03'),
  reasons: 'Found unfit.',
  evidence: null,
}
/** A serious violation of a day that was punished. */
export const punished = (on: Day): RecordViolation => ({
  type: 'record-violation',
  violation: {
    reportedBy: people.filer,
    on,
    severity: 'serious',
    sanctioned: true,
    sanctionLiftedOn: null,
    description: 'Sold what was not approved.',
    evidence: 'The file.',
  },
})
export const exited = (): Bench => done(onPost(), foundUnfit, people.branch)
/** HR asks for the transfer of somebody excellent before the year is over. */
export const earlyTransfer: FileTransfer = {
  type: 'file-transfer',
  early: true,
  grounds: 'Best of the year.',
  filedBy: people.filer,
  note: null,
}
export const transferFiled = (): Bench => done(trained(), earlyTransfer, people.filer)
export const transferBranchOpen = (): Bench => conducted(transferFiled())
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
