import { type AssistantCase, liveApplication } from './assistant.ts'
import type { Digest } from './digest.ts'
import type { Actor, Channel } from './events.ts'
import type { EmployeeNo } from './ids.ts'
import type { Organisation } from './organisation.ts'
import type { Policies, Policy } from './policy.ts'
import { dayOf, type Day, type Instant, type TimeZone } from './time.ts'
import type { Clockwork } from './timetable.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/** Who gives a command, and by which way it came. */
export interface Origin {
  readonly by: Actor
  /** The absent approver for whom a delegate acts. */
  readonly onBehalfOf: EmployeeNo | null
  readonly channel: Channel
  /** The API client that vouches for `by`; null for every other channel. */
  readonly client: string | null
}

/** The origin of what nobody commands: time has passed, the workflow has come somewhere, a mail has come back. */
export const bySystem = (channel: Channel): Origin => ({ by: 'system', onBehalfOf: null, channel, client: null })

/** Everything besides the case that a decision rests on. */
export interface Context {
  readonly now: Instant
  readonly zone: TimeZone
  readonly calendar: WorkingCalendar
  readonly policies: Policies
  readonly organisation: Organisation
  readonly origin: Origin
  readonly digest: Digest
}

export const today = ({ now, zone }: Pick<Context, 'now' | 'zone'>): Day => dayOf(now, zone)

/** By what the times of a case are counted. */
export const clockworkOf = (state: AssistantCase, context: Context): Clockwork => ({
  zone: context.zone,
  calendar: context.calendar,
  policy: governingPolicy(state, context),
})

/** The policy that a case stands under: that of its application in progress, else the one in force today. */
export const governingPolicy = (
  state: AssistantCase | null,
  context: Pick<Context, 'now' | 'zone' | 'policies'>,
): Policy => {
  const live = state === null ? null : liveApplication(state)
  return live === null ? context.policies.on(today(context)) : context.policies.version(live.policyVersion)
}
