import { type Application, withLastStage } from './application.ts'
import { type AssistantCase, handOverOf } from './assistant.ts'
import type { ApplicationId } from './ids.ts'
import type { StageRecord } from './stage.ts'

/** The case with one application changed. */
export const withApplication = (
  state: AssistantCase,
  id: ApplicationId,
  change: (application: Application) => Application,
): AssistantCase => ({
  ...state,
  applications: state.applications.map((application) => (application.id === id ? change(application) : application)),
})

type Holder = { readonly stage: StageRecord | null }

/** The list with the stage of its last member changed, if that has one. */
const withNewest = <Member extends Holder>(
  members: readonly Member[],
  change: (stage: StageRecord) => StageRecord,
): readonly Member[] =>
  members.map((member, index) =>
    index === members.length - 1 && member.stage !== null ? { ...member, stage: change(member.stage) } : member,
  )

/** The case with the stage of its hand-over, if it has one, with an exit or without. */
export const withHandOver = (
  state: AssistantCase,
  change: (stage: StageRecord | null) => StageRecord | null,
): AssistantCase => {
  const { exit } = state
  const before = handOverOf(state)
  if (!before) return state
  const handOver = { ...before, stage: change(before.stage) }
  return exit === null ? { ...state, handOver } : { ...state, exit: { ...exit, handOver } }
}

/** Changes the newest round of a stage, wherever it stands: in its application, the review, the hand-over, the dispute. */
export const withStage = (
  state: AssistantCase,
  { applicationId, stage }: Pick<StageRecord, 'applicationId' | 'stage'>,
  change: (stage: StageRecord) => StageRecord,
): AssistantCase => {
  if (stage === 'hand-over') return withHandOver(state, (open) => (open === null ? null : change(open)))
  if (stage === 'dispute') return { ...state, disputes: withNewest(state.disputes, change) }
  if (applicationId === null) return { ...state, reviews: withNewest(state.reviews, change) }
  return withApplication(state, applicationId, (application) => ({
    ...application,
    stages: withLastStage(application, change),
  }))
}
