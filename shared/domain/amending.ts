import type { Application } from './application.ts'
import { amendedParticulars, type AssistantCase, findApplication } from './assistant.ts'
import type { Amend, Changes, Withdraw } from './commands.ts'
import type { Context } from './context.ts'
import { afterSetback } from './deciding.ts'
import type { DomainEvent } from './events.ts'
import { refusedParticulars, refusedPurpose, requireCalendar } from './filing.ts'
import { type Refusal, refuse } from './refusal.ts'

/** The filer takes an application back, while it is open or returned. */
export const withdraw = (
  state: AssistantCase,
  { applicationId, reason }: Withdraw,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const application = findApplication(state, applicationId)
  if (application === null) return refuse('unknown-application')
  if (application.filedBy !== context.origin.by) return refuse('not-the-filer', { filedBy: application.filedBy }, '/by')
  if (application.status !== 'open' && application.status !== 'returned') {
    return refuse('not-open', { status: application.status })
  }
  return [
    { type: 'application-withdrawn', data: { applicationId, reason, client: context.origin.client } },
    ...afterSetback(state, context),
  ]
}

/** An onboarding is about the person and the purpose, a transfer about its grounds; the rest stands. */
const refusedChanges = ({ procedure }: Application, { particulars, purpose, grounds }: Changes): Refusal | null => {
  const member =
    procedure === 'onboarding'
      ? grounds === null
        ? undefined
        : 'grounds'
      : (Object.keys(particulars)[0] ?? (purpose === null ? undefined : 'purpose'))
  return member === undefined ? null : refuse('not-amendable', { procedure, member }, `/changes/${member}`)
}

/** A returned application comes back, amended, to the stage that returned it, in its next round. */
export const amend = (
  state: AssistantCase,
  { applicationId, changes, note }: Amend,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  const application = findApplication(state, applicationId)
  if (application === null) return refuse('unknown-application')
  if (application.filedBy !== context.origin.by) return refuse('not-the-filer', { filedBy: application.filedBy }, '/by')
  if (application.status !== 'returned') return refuse('not-returned', { status: application.status })
  // The time for it is over, whether or not the expiry has been recorded yet.
  if (application.amendmentEnds !== null && application.amendmentEnds <= context.now) {
    return refuse('not-returned', { status: 'expired' })
  }
  const { particulars, purpose, grounds } = changes
  const refusal =
    refusedChanges(application, changes) ??
    (purpose === null ? null : refusedPurpose(purpose, '/changes/purpose')) ??
    // A transfer changes nothing of who the assistant is: what does not fit the centre any more is not its to mend.
    (application.procedure === 'transfer'
      ? null
      : refusedParticulars(amendedParticulars(state.particulars, particulars), context, '/changes'))
  if (refusal !== null) return refusal
  requireCalendar(state, [application.stage], context)
  return [
    {
      type: 'application-amended',
      data: {
        applicationId,
        stage: application.stage,
        round: application.round + 1,
        changes: particulars,
        purpose,
        grounds,
        note,
        client: context.origin.client,
      },
    },
  ]
}
