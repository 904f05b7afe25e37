import type { Application } from './application.ts'
import { type AssistantCase, findApplication, stageOfApproval } from './assistant.ts'
import type { ApplicationStage } from './events.ts'
import type { EmployeeNo } from './ids.ts'
import type { StageRecord } from './stage.ts'

/** Who filed an application, and for whom: a transfer comes out of a review, which a delegate can have answered. */
const filersOf = ({ reviews }: AssistantCase, { filedBy, reviewRound }: Application): readonly EmployeeNo[] => {
  const review = reviews.find(({ round }) => round === reviewRound)
  return [filedBy, review?.stage?.onBehalfOf ?? filedBy]
}

/**
 * Who may not decide a stage of an application: the one it is about, who filed it, who decided its
 * other stage, or for whom a delegate did (art. 7).
 */
const excluded = (state: AssistantCase, application: Application, stage: ApplicationStage): ReadonlySet<EmployeeNo> =>
  new Set([
    state.particulars.employeeNo,
    ...filersOf(state, application),
    ...application.stages
      .filter((decided) => decided.stage !== stage && decided.status !== 'annulled')
      .flatMap(({ decidedBy, onBehalfOf }) => [decidedBy, onBehalfOf])
      .filter((person) => person !== null),
  ])

/** Who may not settle the newest dispute: those in whose name it was decided, the assistant, and who filed. */
const involvedInDispute = (state: AssistantCase): ReadonlySet<EmployeeNo | null> => {
  const dispute = state.disputes.at(-1)
  const decided = dispute === undefined ? null : stageOfApproval(state, dispute.approvalId)
  const application = dispute?.applicationId ? findApplication(state, dispute.applicationId) : null
  return new Set([
    state.particulars.employeeNo,
    decided?.decidedBy ?? null,
    decided?.onBehalfOf ?? null,
    ...(application ? filersOf(state, application) : []),
  ])
}

/** Whether `person` may decide the stage without breaking the four-eyes principle (四眼原则). */
export const mayDecide = (
  state: AssistantCase,
  stage: Pick<StageRecord, 'applicationId' | 'stage'>,
  person: EmployeeNo,
): boolean => {
  const assistant = state.particulars.employeeNo
  if (stage.stage === 'dispute') return !involvedInDispute(state).has(person)
  if (stage.stage === 'centre-review' || stage.stage === 'hand-over' || stage.applicationId === null)
    return person !== assistant
  const application = findApplication(state, stage.applicationId)
  return application !== null && !excluded(state, application, stage.stage).has(person)
}

/**
 * Whether the two consents can be given by two people neither of whom filed nor is the assistant.
 * Asked when an application is filed, so that none is filed that nobody could ever consent to.
 */
export const canBeConsented = (
  assistant: EmployeeNo,
  filers: readonly EmployeeNo[],
  branch: readonly EmployeeNo[],
  hq: readonly EmployeeNo[],
): boolean => {
  const barred = new Set([assistant, ...filers])
  const atBranch = branch.filter((person) => !barred.has(person))
  const atHq = hq.filter((person) => !barred.has(person))
  return atBranch.some((first) => atHq.some((second) => second !== first))
}
