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

/** On whom a case waits: those asked, and those to whom it was escalated. */
export const waitingOf = (state: AssistantCase): readonly Waiting[] => {
  const stage = openStageOf(state)
  if (stage === null) return []
  const asked = stage.asked.map(({ id, approver }) => ({ person: approver, since: stage.openedAt, approvalId: id }))
  const isAsked = new Set(asked.map(({ person }) => person))
  return [
    ...asked,
    ...stage.told
      .filter((person) => !isAsked.has(person))
      .map((person) => ({ person, since: stage.openedAt, approvalId: null })),
  ]
}
