import { isFrozen } from '../../shared/domain/deciding.ts'
import { isAnnulled, type StageRecord } from '../../shared/domain/stage.ts'
import type { ReasonForApprover } from '../../shared/domain/send-answer.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { CalendarNotPublished } from '../../shared/domain/working-calendar.ts'
import { localTime } from '../../shared/text/time.ts'
import type { System } from '../adapters/system.ts'
import { answer, type Answered, codeSubject, isAlive, type Shown } from '../answering.ts'
import { mailCode } from '../perform.ts'
import type { Decided } from './answer.ts'
import type { Reply } from './read-reply.ts'

/** What came of a reply that carried the secret of a request. */
export type Considered =
  | { readonly type: 'decided' }
  /** Its answer waits for the code. */
  | { readonly type: 'code-mailed' }
  /** The author was not asked. */
  | { readonly type: 'not-asked' }
  /** The approver is told why it did not count. */
  | {
      readonly type: 'returned'
      readonly reason: ReasonForApprover
      readonly facts: Readonly<Record<string, string>>
    }

const returned = (reason: ReasonForApprover, facts: Readonly<Record<string, string>> = {}): Considered => ({
  type: 'returned',
  reason,
  facts,
})

/** Why nobody can decide the stage by this approval. */
const whyDead = ({ status, timetable }: StageRecord, now: Instant): ReasonForApprover => {
  if (status === 'withdrawn' || status === 'expired' || status === 'closed') return status
  // The last day is over, whether or not the expiry has been recorded yet.
  return timetable.some(({ act, at }) => act === 'expire' && at <= now) ? 'expired' : 'reassigned'
}

/** Who decided what, when and by which way, for someone who comes too late. */
const ended = async (system: System, stage: StageRecord): Promise<Considered> => {
  const { decision, decidedBy, decidedAt, channel } = stage
  // The stage is asked anew, by another mail.
  if (isAnnulled(stage)) return returned('unknown-approval')
  if (decision === null || decidedBy === null || decidedAt === null || channel === null)
    return returned(whyDead(stage, system.now()))
  const person = await system.directory.person(decidedBy)
  return returned('already-decided', {
    decision,
    decidedBy: person?.name ?? decidedBy,
    decidedAt: localTime(decidedAt, system.zone),
    channel,
  })
}

const undecided = async (system: System, shown: Shown, type: 'none' | 'several'): Promise<Considered> => {
  const { stage } = shown
  if (!(await isAlive(system, shown))) return ended(system, stage)
  if (isFrozen(shown.state, stage)) return returned('frozen')
  if (stage.stage !== 'branch' && stage.stage !== 'hq') return returned('page-only')
  return returned(type === 'none' ? 'no-answer' : 'several-answers')
}

/** Decides; null where the deadline of what follows lies beyond the published calendar. */
const decide = async (system: System, shown: Shown, { decision, reason }: Decided): Promise<Answered | null> => {
  try {
    return await answer(system, shown, { decision, reason, stepUp: 'reply', channel: 'reply' })
  } catch (error) {
    if (error instanceof CalendarNotPublished) return null
    throw error
  }
}

const take = async (system: System, shown: Shown, decided: Decided, mailId: string): Promise<Considered> => {
  const answered = await decide(system, shown, decided)
  if (answered === null) return returned('calendar-not-published', { lastDay: system.calendar.lastDay })
  if (answered.type === 'decided') return { type: 'decided' }
  const { refusal, stage } = answered
  const { refused, facts } = refusal
  if (refused === 'already-decided' || refused === 'unknown-approval') return ended(system, stage)
  if (refused !== 'code-required') return returned(refused, facts)
  const { decision, reason } = decided
  const code = await mailCode(system, codeSubject(shown), { decision, reason }, mailId)
  return code === null ? returned('too-many-codes') : { type: 'code-mailed' }
}

/**
 * Lets a reply decide that carried the secret of a request, if the approver surely wrote it from their registered
 * address to that of the request, and it is exactly an answer. `mailId` keeps a mail that arrives twice from having two effects.
 */
export const consider = async (system: System, shown: Shown, reply: Reply, mailId: string): Promise<Considered> => {
  if (!reply.isAuthentic) return returned('not-authentic')
  const approver = await system.directory.person(shown.approval.approver)
  if (approver?.email.toLowerCase() !== reply.from) return { type: 'not-asked' }
  if (!reply.isToApproval) return returned('not-authentic')
  return reply.answer.type === 'decision'
    ? take(system, shown, reply.answer, mailId)
    : undecided(system, shown, reply.answer.type)
}
