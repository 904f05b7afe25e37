import { type AssistantCase, liveApplication, liveReview } from './assistant.ts'
import type { FileOnboarding, FileTransfer } from './commands.ts'
import { type Context, governingPolicy, today } from './context.ts'
import type { DomainEvent, EventOf, Particulars } from './events.ts'
import { ApplicationStage } from './kinds.ts'
import { canBeConsented } from './four-eyes.ts'
import { applicationIdOf, type EmployeeNo } from './ids.ts'
import { type Refusal, refuse } from './refusal.ts'
import { itemsToPass } from './training.ts'

/** Posts that the regulation says an assistant is not (art. 2): administration and clerical work. */
const clerical = /行政|文员|文秘|秘书|内勤|\b(clerk|clerical|administrat|secretar|receptionist)/i

/** Refuses a purpose of the post other than to train a relationship manager (art. 2). */
export const refusedPurpose = (purpose: string, at: string): Refusal | null =>
  clerical.test(purpose) ? refuse('clerical-purpose', {}, at) : null

/** Refuses a source that is not explained (art. 3), and a team that does not fit the centre (art. 8). `at` is where the members stand. */
export const refusedParticulars = (
  { source, sourceNote, teamId }: Particulars,
  { organisation: { centre } }: Context,
  at: string,
): Refusal | null => {
  if (source === 'other' && sourceNote === null) return refuse('source-unexplained', {}, `${at}/sourceNote`)
  if (teamId === null)
    return centre.teams.length === 0 ? null : refuse('team-required', { centre: centre.name }, `${at}/teamId`)
  return centre.teams.some((team) => team.id === teamId)
    ? null
    : refuse('unknown-team', { centre: centre.name, team: teamId }, `${at}/teamId`)
}

/** Refuses what nobody could consent to: the application would only wait until it expires. */
export const refusedApprovers = (
  assistant: EmployeeNo,
  filers: readonly EmployeeNo[],
  context: Context,
): Refusal | null => {
  const { branch, hq } = context.organisation
  return canBeConsented(assistant, filers, branch.approvers, hq.approvers)
    ? null
    : refuse('no-approver', { branch: branch.name, hq: hq.name })
}

export const fileOnboarding = (command: FileOnboarding, context: Context): readonly DomainEvent[] | Refusal => {
  const { assistantId, particulars, purpose, filedBy, note } = command
  const refusal =
    refusedPurpose(purpose, '/purpose') ??
    refusedParticulars(particulars, context, '/assistant') ??
    refusedApprovers(particulars.employeeNo, [filedBy], context)
  if (refusal !== null) return refusal
  requireCalendar(null, ApplicationStage.options, context)
  return [
    {
      type: 'onboarding-filed',
      data: {
        assistantId,
        applicationId: applicationIdOf(assistantId, 1),
        particulars,
        purpose,
        filedBy,
        note,
        client: context.origin.client,
      },
    },
  ]
}

/** The transfer that an application asks for, whether HR files it early or the review brings it about. */
export const transferFiled = (
  state: AssistantCase,
  facts: Omit<EventOf<'transfer-filed'>['data'], 'applicationId' | 'client'>,
  { origin }: Context,
): EventOf<'transfer-filed'> => ({
  type: 'transfer-filed',
  data: { applicationId: applicationIdOf(state.id, state.applications.length + 1), client: origin.client, ...facts },
})

/**
 * Makes sure that the time of the stages to come can be counted out in working days, so that nothing is begun whose
 * deadlines are not known yet. @throws CalendarNotPublished
 */
export const requireCalendar = (
  state: AssistantCase | null,
  stages: readonly ApplicationStage[],
  context: Context,
): void => {
  const intervals = governingPolicy(state, context).stages
  const workingDays = stages.reduce((sum, stage) => sum + intervals[stage].expireAfter, 0)
  context.calendar.addWorkingDays(today(context), workingDays)
}

/** Only those who have passed their training may transfer (art. 5). */
export const refusedTraining = ({ training }: AssistantCase): Refusal | null => {
  if (training.plan === null) return refuse('no-training-plan')
  const missing = itemsToPass(training)
  return missing.length === 0
    ? null
    : refuse('training-not-passed', { missing: missing.map(({ id, title }) => `${title} (${id})`).join('; ') })
}

const refusedTransfer = (state: AssistantCase, command: FileTransfer, context: Context): Refusal | null => {
  if (state.status !== 'on-post') return refuse('not-on-post', { status: state.status })
  const live = liveApplication(state)
  if (live !== null) return refuse('application-in-progress', { application: live.id })
  if (liveReview(state) !== null) return refuse('review-open', { dueOn: state.reviewDueOn ?? '' })
  if (!command.early)
    return refuse('year-not-over', { dueOn: state.reviewDueOn ?? '', today: today(context) }, '/early')
  if (command.grounds === null) return refuse('grounds-required', {}, '/grounds')
  const refusal = refusedTraining(state)
  if (refusal !== null) return refusal
  return refusedApprovers(state.particulars.employeeNo, [command.filedBy], context)
}

export const fileTransfer = (
  state: AssistantCase,
  command: FileTransfer,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const { early, grounds, filedBy, note } = command
  const refusal = refusedTransfer(state, command, context)
  if (refusal !== null) return refusal
  requireCalendar(state, ApplicationStage.options, context)
  return [transferFiled(state, { early, grounds, filedBy, note, reviewRound: null }, context)]
}
