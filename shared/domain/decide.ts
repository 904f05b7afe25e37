import { adoptPolicy } from './adopting.ts'
import { amend, withdraw } from './amending.ts'
import { type AssistantCase, liveDispute } from './assistant.ts'
import { recordAssessment, recordAttendance } from './assessing.ts'
import { assignClients, receiveClients, releaseClients } from './assigning.ts'
import type { Command } from './commands.ts'
import type { Context } from './context.ts'
import { decideStage } from './deciding.ts'
import { takeEffect } from './effect.ts'
import { disputeDecision } from './disputing.ts'
import type { DomainEvent } from './events.ts'
import { exitPost } from './exiting.ts'
import { fileOnboarding, fileTransfer } from './filing.ts'
import { handOverClients } from './handing-over.ts'
import { openStage } from './opening.ts'
import { recordPerformance } from './performing.ts'
import { nameMentor, setTrainingPlan } from './planning.ts'
import { passTime } from './passing-time.ts'
import { reassessStage, reportUndeliverable } from './reaching.ts'
import { type Refusal, refuse } from './refusal.ts'
import { recordQualifications, recordViolation } from './reporting.ts'

/** What a dispute does not hold up: its settlement, which they see to themselves, and what merely happens. */
const goesOnWhileFrozen: ReadonlySet<Command['type']> = new Set([
  'decide-stage',
  'dispute-decision',
  'pass-time',
  'reassess-stage',
  'report-undeliverable',
])

/**
 * What a command does to a case: events (none where it is so already), or the reason why not. Pure: time, policy and people come in the context.
 * `null` stands for a case that has not begun.
 */
export const decide = (
  command: Command,
  state: AssistantCase | null,
  context: Context,
): readonly DomainEvent[] | Refusal => {
  if (command.type === 'file-onboarding') {
    return state === null
      ? fileOnboarding(command, context)
      : refuse('already-live', { employeeNo: state.particulars.employeeNo })
  }
  if (state === null) return refuse('unknown-assistant')
  if (liveDispute(state) !== null && !goesOnWhileFrozen.has(command.type)) return refuse('frozen')
  switch (command.type) {
    case 'file-transfer':
      return fileTransfer(state, command, context)
    case 'open-stage':
      return openStage(state, command, context)
    case 'decide-stage':
      return decideStage(state, command, context)
    case 'dispute-decision':
      return disputeDecision(state, command, context)
    case 'withdraw':
      return withdraw(state, command, context)
    case 'amend':
      return amend(state, command, context)
    case 'take-effect':
      return takeEffect(state, command, context)
    case 'pass-time':
      return passTime(state, context)
    case 'adopt-policy':
      return adoptPolicy(state, context)
    case 'reassess-stage':
      return reassessStage(state, context)
    case 'report-undeliverable':
      return reportUndeliverable(state, command, context)
    case 'name-mentor':
      return nameMentor(state, command, context)
    case 'set-training-plan':
      return setTrainingPlan(state, command, context)
    case 'record-assessment':
      return recordAssessment(state, command, context)
    case 'record-attendance':
      return recordAttendance(state, command, context)
    case 'assign-clients':
      return assignClients(state, command, context)
    case 'release-clients':
      return releaseClients(state, command, context)
    case 'hand-over-clients':
      return handOverClients(state, command, context)
    case 'receive-clients':
      return receiveClients(state, command, context)
    case 'record-performance':
      return recordPerformance(state, command, context)
    case 'record-violation':
      return recordViolation(state, command, context)
    case 'record-qualifications':
      return recordQualifications(state, command, context)
    case 'exit-post':
      return exitPost(state, command, context)
  }
}
