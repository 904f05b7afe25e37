import { type AssistantCase, openStageOf } from './assistant.ts'
import type { ApprovalId, EmployeeNo } from './ids.ts'
import type { Instant } from './time.ts'

/** That an open stage waits on someone. */
export interface Waiting {
  readonly person: EmployeeNo
  /** When the stage was opened. */
  readonly since: Instant
  /** What the person is asked to answer; null for someone who was told of it and can but see to it. */
  readonly approvalId: ApprovalId | null
}

/** On whom a case waits: those asked, and those to whom it was escalated, who can have been asked as well. */
export const waitingOf = (state: AssistantCase): readonly Waiting[] => {
  const stage = openStageOf(state)
  if (stage === null) return []
  const { asked, told, openedAt: since } = stage
  return [
    ...asked.map(({ id, approver }) => ({ person: approver, since, approvalId: id })),
    ...told.map((person) => ({ person, since, approvalId: null })),
  ]
}
