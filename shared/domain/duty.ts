import { type AssistantCase, findApplication, openStageOf, stageOfApproval } from './assistant.ts'
import type { Approval, Body, Decision, EventOf, RecordedEvent, Stage } from './events.ts'
import { evolve } from './evolve.ts'
import type { ApplicationId, ApprovalId, AssistantId, EmployeeNo } from './ids.ts'
import { type NextStep, nextStep } from './next-step.ts'
import { membersOf, type Organisation } from './organisation.ts'
import type { SendAnswer } from './send-answer.ts'
import type { Instant } from './time.ts'

/** What a mail tells or asks. */
export type Notice =
  | 'decision-request'
  | 'escalation'
  | 'returned'
  | 'rejected'
  | 'withdrawn'
  | 'expired'
  | 'took-effect'
  | 'exited'
  | 'receipt'
  | 'decided'
  | 'disputed'
  | 'upheld'
  | 'annulled'

/**
 * How a stage ended that was not approved, or that another execution has gone on from; the workflow has an error for
 * each.
 */
export type Setback =
  | 'rejected'
  | 'returned'
  | 'withdrawn'
  | 'expired'
  | 'belowStandard'
  | 'exited'
  | 'superseded'
  | 'disputed'

/** One round of one stage. */
export interface StageRef {
  readonly applicationId: ApplicationId | null
  readonly stage: Stage
  readonly round: number
}

/** To mail one notice to one person. */
export interface SendMail {
  readonly kind: 'send-mail'
  readonly id: string
  readonly assistantId: AssistantId
  readonly notice: Notice
  /** The assistant is mailed at the address that HR filed, everyone else at that of their record. */
  readonly to: EmployeeNo | 'assistant'
  readonly applicationId: ApplicationId | null
  /** The approval that the mail is about: one that it asks for, or that was decided. */
  readonly approvalId: ApprovalId | null
}

/** To make the workflow go on from where the record stands. Done when the record shows that it did. */
export interface ResumeWorkflow {
  readonly kind: 'resume-workflow'
  readonly id: string
  readonly assistantId: AssistantId
  /** The stage whose task waits for an answer; null where an execution is to be started. */
  readonly ended: StageRef | null
  /** The error that answers it, or null where it succeeded. */
  readonly setback: Setback | null
  /** What the workflow comes to next; null after a setback. */
  readonly next: NextStep | null
}

/** To mail a code by which someone shows to be who they say; worth nothing once it is no longer valid. */
export interface SendCode {
  readonly kind: 'send-code'
  readonly id: string
  /** The case that it is about; null where the code is for no case. */
  readonly assistantId: AssistantId | null
  readonly to: EmployeeNo
  /** What the code confirms: an approval's decision. */
  readonly subject: string
  /** Which of the subject's codes it is. */
  readonly issue: number
  /** What was answered by mail and waits for the code; null where nothing was. */
  readonly answer: { readonly decision: Decision; readonly reason: string | null } | null
  readonly validUntil: Instant
}

/** To remind someone of all that waits on them, whatever case gave the occasion: one mail a working day. */
export interface SendDigest {
  readonly kind: 'send-digest'
  readonly id: string
  readonly assistantId: AssistantId
  readonly to: EmployeeNo
}

/** Something to be done outside the record because of what was recorded (the outbox). */
export type Duty = SendMail | SendCode | SendDigest | SendAnswer | ResumeWorkflow

type Wanted = Omit<SendMail, 'id' | 'assistantId'>
type Reminder = Omit<SendDigest, 'id' | 'assistantId'>
type Resumed = Omit<ResumeWorkflow, 'id' | 'assistantId' | 'kind'>

const toEach = (people: Iterable<EmployeeNo | 'assistant'>, mail: Omit<Wanted, 'to'>): readonly Wanted[] =>
  [...new Set(people)].map((to) => ({ ...mail, to }))

const members = (organisation: Organisation, ...bodies: readonly Body[]) =>
  bodies.flatMap((body) => membersOf(organisation, body))

const noticeOf = {
  'decision-disputed': 'disputed',
  'decision-upheld': 'upheld',
  'decision-annulled': 'annulled',
} as const

/**
 * A receipt for whoever decided and for whom a delegate did, by which they can say that it was not they; for everyone
 * else who was asked, what was decided.
 */
const receiptsOf = (
  { by, onBehalfOf, data }: RecordedEvent & EventOf<'stage-decided'>,
  state: AssistantCase,
): readonly Wanted[] => {
  const { applicationId, approvalId } = data
  const stage = stageOfApproval(state, approvalId)
  const mail = (notice: Notice, to: EmployeeNo, about: ApprovalId): Wanted => ({
    kind: 'send-mail',
    notice,
    to,
    applicationId,
    approvalId: about,
  })
  const deciders = [by, onBehalfOf].flatMap((person) => (person === null || person === 'system' ? [] : [person]))
  const others = (stage?.asked ?? []).filter(({ approver }) => !deciders.includes(approver))
  return [
    ...deciders.map((person) => mail('receipt', person, approvalId)),
    ...others.map(({ id, approver }) => mail('decided', approver, id)),
  ]
}

/** The mails that an event causes; `state` is the case after it. */
const mailsOf = (
  event: RecordedEvent,
  state: AssistantCase,
  organisation: Organisation,
): readonly (Wanted | Reminder)[] => {
  const about = (applicationId: ApplicationId | null, notice: Notice): Omit<Wanted, 'to'> => ({
    kind: 'send-mail',
    notice,
    applicationId,
    approvalId: null,
  })
  const filer = (id: ApplicationId | null): readonly EmployeeNo[] => {
    const application = id === null ? null : findApplication(state, id)
    return application === null ? [] : [application.filedBy]
  }
  const requests = ({ applicationId, asked }: { applicationId: ApplicationId | null; asked: readonly Approval[] }) =>
    asked.map(({ id, approver }): Wanted => ({
      ...about(applicationId, 'decision-request'),
      to: approver,
      approvalId: id,
    }))
  /** Who is asked only now gets a request of their own; those who were asked before get a reminder, with those told. */
  const reminders = (newlyAsked: readonly Approval[], told: readonly EmployeeNo[]): readonly Reminder[] => {
    const before =
      openStageOf(state)?.asked.filter(({ id }) => !newlyAsked.some((approval) => approval.id === id)) ?? []
    return [...before.map(({ approver }) => approver), ...told].map((to) => ({ kind: 'send-digest', to }))
  }
  switch (event.type) {
    case 'stage-opened':
    case 'approvers-added':
      return requests(event.data)
    case 'stage-reminded':
      return [...requests(event.data), ...reminders(event.data.asked, [])]
    case 'stage-escalated': {
      const { applicationId, asked, told, atOnce } = event.data
      return atOnce
        ? [...requests(event.data), ...toEach(told, about(applicationId, 'escalation'))]
        : [...requests(event.data), ...reminders(asked, told)]
    }
    case 'stage-decided': {
      const { applicationId, decision } = event.data
      const setback =
        decision === 'return'
          ? toEach(filer(applicationId), about(applicationId, 'returned'))
          : decision === 'reject'
            ? toEach([...filer(applicationId), ...members(organisation, 'centre')], about(applicationId, 'rejected'))
            : []
      return [...receiptsOf(event, state), ...setback]
    }
    case 'decision-disputed':
    case 'decision-upheld':
    case 'decision-annulled': {
      const { applicationId } = event.data
      const dispute = state.disputes.at(-1)
      const decided = dispute === undefined ? null : stageOfApproval(state, dispute.approvalId)
      const concerned = [decided?.decidedBy, decided?.onBehalfOf].flatMap((person) => person ?? [])
      const told = [...filer(applicationId), ...concerned, ...members(organisation, 'centre', 'branch')]
      return toEach(told, about(applicationId, noticeOf[event.type]))
    }
    case 'application-withdrawn': {
      const { applicationId } = event.data
      const stage = findApplication(state, applicationId)?.stages.at(-1)
      const waiting = stage?.status === 'withdrawn' ? stage.asked.map(({ approver }) => approver) : []
      return toEach(waiting, about(applicationId, 'withdrawn'))
    }
    case 'application-expired': {
      const { applicationId } = event.data
      return toEach([...filer(applicationId), ...members(organisation, 'centre')], about(applicationId, 'expired'))
    }
    case 'onboarding-took-effect':
    case 'transfer-took-effect': {
      const { applicationId } = event.data
      const told = [...filer(applicationId), ...members(organisation, 'centre'), 'assistant' as const]
      return toEach(told, about(applicationId, 'took-effect'))
    }
    case 'assistant-exited':
      return toEach(members(organisation, 'hq', 'branch', 'centre'), about(null, 'exited'))
    case 'onboarding-filed':
    case 'transfer-filed':
    case 'application-amended':
    case 'review-called':
    case 'mail-undeliverable':
    case 'policy-adopted':
      return []
  }
}

const setbackAfter: Readonly<Partial<Record<Decision, Setback>>> = {
  reject: 'rejected',
  return: 'returned',
  'below-standard': 'belowStandard',
}

/** How an event concerns the workflow, if it does; `before` and `after` are the case around it. */
const resumptionOf = (event: RecordedEvent, before: AssistantCase | null, after: AssistantCase): Resumed | null => {
  const start: Resumed = { ended: null, setback: null, next: nextStep(after) }
  const open = before === null ? null : openStageOf(before)
  const openRef = open === null ? null : { applicationId: open.applicationId, stage: open.stage, round: open.round }
  const setBack = (setback: Setback): Resumed | null =>
    openRef === null ? null : { ended: openRef, setback, next: null }
  switch (event.type) {
    case 'onboarding-filed':
    case 'application-amended':
    case 'review-called':
      return start
    case 'transfer-filed': {
      const { reviewRound } = event.data
      return reviewRound === null
        ? start
        : { ...start, ended: { applicationId: null, stage: 'centre-review', round: reviewRound } }
    }
    case 'stage-decided': {
      const { decision } = event.data
      if (decision === 'approve') return { ...start, ended: openRef }
      const setback = setbackAfter[decision]
      // After `qualified`, the transfer that is filed in the same breath takes the workflow on.
      return setback === undefined ? null : setBack(setback)
    }
    case 'application-withdrawn':
      return setBack('withdrawn')
    case 'application-expired':
      return setBack('expired')
    case 'assistant-exited':
      return setBack('exited')
    case 'decision-disputed':
      return setBack('disputed')
    case 'decision-upheld':
      return start.next === null ? null : start
    case 'decision-annulled':
      return start
    case 'stage-opened':
    case 'stage-reminded':
    case 'stage-escalated':
    case 'approvers-added':
    case 'mail-undeliverable':
    case 'policy-adopted':
    case 'onboarding-took-effect':
    case 'transfer-took-effect':
      return null
  }
}

/** All that has to be done because of the events just recorded, numbered by the event that caused it. */
export const dutiesOf = (
  before: AssistantCase | null,
  recorded: readonly RecordedEvent[],
  organisation: Organisation,
): readonly Duty[] => {
  const duties: Duty[] = []
  let state = before
  for (const event of recorded) {
    const after = evolve(state, event)
    const assistantId = after.id
    const resumption = resumptionOf(event, state, after)
    if (resumption !== null) {
      duties.push({ kind: 'resume-workflow', id: `${assistantId}-${event.seq}-w`, assistantId, ...resumption })
    }
    for (const [index, mail] of mailsOf(event, after, organisation).entries()) {
      duties.push({ id: `${assistantId}-${event.seq}-m${index + 1}`, assistantId, ...mail })
    }
    state = after
  }
  return duties
}
