import {
  type AssistantCase,
  findApplication,
  liveApplication,
  openStageOf,
  stageOfApproval,
  workflowStageOf,
} from './assistant.ts'
import type { Notice, SendDigest, SendMail, StageRef } from './duty.ts'
import type { Approval, Body, EventOf, RecordedEvent } from './events.ts'
import type { ApplicationId, ApprovalId, EmployeeNo } from './ids.ts'
import { approversOf, membersOf, type Organisation } from './organisation.ts'

type Wanted = Omit<SendMail, 'id' | 'assistantId'>
type Reminder = Omit<SendDigest, 'id' | 'assistantId'>

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
  // Each once, by the last place in which they were asked.
  const asked = new Map((stage?.asked ?? []).map((approval) => [approval.approver, approval]))
  const others = [...asked.values()].filter(({ approver }) => !deciders.includes(approver))
  return [
    ...deciders.map((person) => mail('receipt', person, approvalId)),
    ...others.map(({ id, approver }) => mail('decided', approver, id)),
  ]
}

/** Whoever had a part in what an exit cuts off: who filed it, and who was asked, delegates among them. */
const cutOff = (before: AssistantCase | null): readonly EmployeeNo[] =>
  before === null
    ? []
    : [
        ...(workflowStageOf(before)?.asked ?? []).map(({ approver }) => approver),
        ...[liveApplication(before)?.filedBy].flatMap((filer) => filer ?? []),
      ]

/** The mails that an event causes; `before` and `state` are the case before it and after. */
export const mailsOf = (
  event: RecordedEvent,
  before: AssistantCase | null,
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
  const requests = ({ applicationId, stage, asked }: StageRef & { asked: readonly Approval[] }) =>
    asked.map(({ id, approver }): Wanted => ({
      ...about(applicationId, stage === 'hand-over' ? 'hand-over-request' : 'decision-request'),
      to: approver,
      approvalId: id,
    }))
  /** Who is asked only now gets a request of their own; those who were asked before, and still can answer, a reminder. */
  const reminders = (newlyAsked: readonly Approval[], told: readonly EmployeeNo[]): readonly Reminder[] => {
    const open = openStageOf(state)
    const askedBefore = (open?.asked ?? []).filter(
      ({ id, approver, onBehalfOf }) =>
        !newlyAsked.some((approval) => approval.id === id) &&
        open !== null &&
        approversOf(organisation, open.stage).includes(onBehalfOf ?? approver),
    )
    return [
      ...askedBefore.map(({ approver }): Reminder => ({ kind: 'send-digest', to: approver, escalatedAt: null })),
      ...told.map((to): Reminder => ({ kind: 'send-digest', to, escalatedAt: event.at })),
    ]
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
    case 'exit-completed':
      return toEach([...members(organisation, 'hq', 'branch', 'centre'), ...cutOff(before)], about(null, 'exited'))
    case 'exit-begun':
      return toEach([...members(organisation, 'hq', 'branch', 'centre'), ...cutOff(before)], about(null, 'exit-begun'))
    case 'training-reminded': {
      const { missing, told } = event.data
      return toEach(told, about(null, missing.length > 0 ? 'training-missing' : 'training-due'))
    }
    case 'clients-assigned':
    case 'clients-received':
      return event.data.nearCap ? toEach(members(organisation, 'centre'), about(null, 'near-cap')) : []
    case 'onboarding-filed':
    case 'transfer-filed':
    case 'application-amended':
    case 'review-called':
    case 'mail-undeliverable':
    case 'policy-adopted':
    case 'mentor-named':
    case 'training-plan-set':
    case 'assessment-recorded':
    case 'attendance-recorded':
    case 'clients-released':
    case 'clients-handed-over':
    case 'performance-recorded':
    case 'violation-recorded':
    case 'qualifications-recorded':
      return []
  }
}
