import { type Application, withLastStage } from './application.ts'
import type { AssistantCase } from './assistant.ts'
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

const withHandOver = (state: AssistantCase, change: (stage: StageRecord) => StageRecord): AssistantCase => {
  const { exit } = state
  return exit === null || exit.handOver === null || exit.handOver.stage === null
    ? state
    : { ...state, exit: { ...exit, handOver: { ...exit.handOver, stage: change(exit.handOver.stage) } } }
}

/** Changes the newest round of a stage, wherever it stands: in its application, the review, the exit, the dispute. */
export const withStage = (
  state: AssistantCase,
  { applicationId, stage }: Pick<StageRecord, 'applicationId' | 'stage'>,
  change: (stage: StageRecord) => StageRecord,
): AssistantCase => {
  if (stage === 'hand-over') return withHandOver(state, change)
  if (stage === 'dispute') return { ...state, disputes: withNewest(state.disputes, change) }
  if (applicationId === null) return { ...state, reviews: withNewest(state.reviews, change) }
  return withApplication(state, applicationId, (application) => ({
    ...application,
    stages: withLastStage(application, change),
  }))
}
