import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { tableIndexes, tableKeys } from '../../shared/contracts/table.ts'
import type { Application } from '../../shared/domain/application.ts'
import { type AssistantCase, hasClientsLeft } from '../../shared/domain/assistant.ts'
import type { Duty, SendCode, StageRef } from '../../shared/domain/duty.ts'
import type { RecordedEvent } from '../../shared/domain/events.ts'
import { ApplicationStage } from '../../shared/domain/kinds.ts'
import {
  type ApplicationId,
  AssistantId,
  type CentreId,
  type ClientId,
  type EmployeeNo,
} from '../../shared/domain/ids.ts'
import type { Period } from '../../shared/domain/performance.ts'
import type { SendAnswer } from '../../shared/domain/send-answer.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { addMinutes, type Day, type Instant } from '../../shared/domain/time.ts'
import type { Waiting } from '../../shared/domain/waiting.ts'
import { digest } from './digest.ts'

/** An item or a key as DynamoDB takes it. */
export type Item = Record<string, AttributeValue>

/** Whose code it is, and for what. */
export type CodeSubject = Pick<SendCode, 'assistantId' | 'to' | 'subject'>

/** The partitions of the `due` index, one for each function that does what falls due: that is few, whatever exists. */
export const duePartitions = { sweep: 'due', anchors: 'due#anchors' } as const
/** Whose it is to do what falls due. */
export type Whose = keyof typeof duePartitions

const keyOf = (partition: string, sort: string): Item =>
  marshall({ [tableKeys.partition]: partition, [tableKeys.sort]: sort })

const due = (at: Instant | null, whose: Whose = 'sweep') =>
  at === null ? {} : { [tableIndexes.due.partition]: duePartitions[whose], [tableIndexes.due.sort]: at }

const whoseIs = ({ kind }: Duty): Whose => (kind === 'anchor-head' ? 'anchors' : 'sweep')

const listed = (partition: string, key: string) => ({
  [tableIndexes.list.partition]: partition,
  [tableIndexes.list.sort]: key,
})

/** The partition of the list index in which those on the post stand in the order of their anniversaries. */
export const reviewPartition = 'review'

const casePartition = (id: AssistantId) => `CASE#${id}`
const personPrefix = 'PERSON#'
const personPartition = (employeeNo: EmployeeNo) => `${personPrefix}${employeeNo}`
/** Whose record stands under a key; null for what else there is. */
export const personUnder = ({ pk, sk }: Item): EmployeeNo | null =>
  sk?.S === 'PERSON' && pk?.S !== undefined ? (pk.S.slice(personPrefix.length) as EmployeeNo) : null

export const caseKey = (id: AssistantId): Item => keyOf(casePartition(id), 'CASE')
export const eventKey = (id: AssistantId, seq: number): Item =>
  keyOf(casePartition(id), `EVENT#${String(seq).padStart(6, '0')}`)
const applicationKey = (id: AssistantId, applicationId: ApplicationId): Item =>
  keyOf(casePartition(id), `APPLICATION#${applicationId}`)
export const reviewKey = (id: AssistantId): Item => keyOf(casePartition(id), 'REVIEW')
/** How far the events of a case have been published. */
export const publishedKey = (id: AssistantId): Item => keyOf(casePartition(id), 'PUBLISHED')
const mailPartition = (name: string) => `MAIL#${name}`
/** What concerns no case lies with the person whom it concerns. */
const codePartition = ({ assistantId, to }: Pick<SendCode, 'assistantId' | 'to'>) =>
  assistantId === null ? personPartition(to) : casePartition(assistantId)
const dutyPartition = (duty: Duty): string => {
  switch (duty.kind) {
    case 'send-code':
      return codePartition(duty)
    case 'send-answer':
      return duty.assistantId === null ? mailPartition(duty.id) : casePartition(duty.assistantId)
    case 'send-mail':
    case 'send-digest':
    case 'resume-workflow':
    case 'publish-events':
    case 'anchor-head':
    case 'reduce-case':
      return casePartition(duty.assistantId)
  }
}
export const dutyKey = (duty: Duty): Item => keyOf(dutyPartition(duty), `DUTY#${duty.id}`)
/**
 * Where a duty lies, by its id alone: that of a case begins with the case's, that of a person names the person, and one
 * to answer a mail about no case has a partition of its own.
 */
export const dutyKeyOf = (dutyId: string): Item => {
  if (dutyId.startsWith('reply-')) return keyOf(mailPartition(dutyId), `DUTY#${dutyId}`)
  const { data: assistantId } = AssistantId.safeParse(dutyId.slice(0, 8))
  const [, person = ''] = /^absence-(.+)-c\d+$/.exec(dutyId) ?? []
  const partition = assistantId === undefined ? personPartition(person as EmployeeNo) : casePartition(assistantId)
  return keyOf(partition, `DUTY#${dutyId}`)
}
export const digestKey = (person: EmployeeNo, day: Day): Item => keyOf(personPartition(person), `DIGEST#${day}`)
/** A key of the stretch in which what waits on a person stands, in the order of being asked. */
export const waitingPrefix = (person: EmployeeNo): Record<'pk' | 'sk', AttributeValue> =>
  keyOf(personPartition(person), 'WAITING#') as Record<'pk' | 'sk', AttributeValue>
export const waitingItem = (id: AssistantId, { person, since, approvalId }: Waiting): Item => ({
  ...keyOf(personPartition(person), `WAITING#${since}#${id}#${approvalId ?? 'told'}`),
  ...marshall({ assistantId: id, approvalId }),
})
export const codeKey = (code: CodeSubject): Item => keyOf(codePartition(code), `CODE#${code.subject}`)
/** Counts a day's answers: to an approval, or to an address, which is not kept in clear. */
export const answerCountKey = (duty: SendAnswer, today: Day): Item =>
  duty.assistantId === null
    ? keyOf(mailPartition(digest(duty.to.address)), `ANSWERED#${today}`)
    : keyOf(casePartition(duty.assistantId), `ANSWERED#${duty.approvalId}#${today}`)
export const tokenKey = (id: AssistantId, { applicationId, stage, round }: StageRef): Item =>
  keyOf(casePartition(id), `TOKEN#${applicationId ?? 'review'}#${stage}#${round}`)
export const clientKey = (clientId: ClientId): Item => keyOf(`CLIENT#${clientId}`, 'RESPONSIBLE')
export const reservationKey = (id: AssistantId): Item => keyOf(casePartition(id), 'RESERVATION')
export const performanceRulesKey = (period: Period): Item => keyOf(`PERFORMANCE#${period}`, 'RULES')
/** Where a centre's results of a period stand together. */
export const performanceResultKey = (period: Period, centreId: CentreId, employeeNo: EmployeeNo): Item =>
  keyOf(`PERFORMANCE#${period}#${centreId}`, `RESULT#${employeeNo}`)
/** Where someone's result of a period stands, whichever centre it counts in. */
export const personResultKey = (period: Period, employeeNo: EmployeeNo): Item =>
  keyOf(personPartition(employeeNo), `RESULT#${period}`)
/** Where something lies that stood under a key before, by its number. */
export const earlierKey = ({ pk, sk }: Item, ordinal: number): Item =>
  keyOf(pk?.S ?? '', `${sk?.S}#${String(ordinal).padStart(6, '0')}`)
export const livePostKey = (employeeNo: EmployeeNo): Item => keyOf(`EMPLOYEE#${employeeNo}`, 'LIVE-POST')
export const postKey = (employeeNo: EmployeeNo, id: AssistantId): Item => keyOf(`EMPLOYEE#${employeeNo}`, `POST#${id}`)
export const answerKey = (client: string, key: string): Item =>
  keyOf(`IDEMPOTENCY#${encodeURIComponent(client)}#${key}`, 'ANSWER')
export const organisationKey = (kind: 'PERSON' | 'BRANCH' | 'CENTRE' | 'HQ', id: string): Item =>
  keyOf(`${kind}#${id}`, kind)

/** Applications with both consents that have yet to take effect. */
export const pendingEffect = 'application#approved#pending'

/** Candidates who are not appointed, and whose clients are still to be handed over. */
export const pendingHandOver = 'assistant#not-appointed#pending'

/** Partitions of the list index: one for each status, so that a list by status reads only what it shows. */
export const assistantPartition = (status: AssistantCase['status']) => `assistant#${status}`
/** Where assistants of a status stand: those for whom something is still to be done apart, few among all that ever were. */
export const assistantPartitions = (status: AssistantCase['status']): readonly string[] =>
  status === 'not-appointed' ? [pendingHandOver, assistantPartition(status)] : [assistantPartition(status)]
const applicationPartition = ({ status, stage, effectiveAt }: Application): string => {
  switch (status) {
    case 'open':
    case 'returned':
      return `application#${status}#${stage}`
    case 'approved':
      // Those that are about to take effect are few, and to be found among all that ever did.
      return effectiveAt === null ? pendingEffect : 'application#approved'
    case 'rejected':
    case 'withdrawn':
    case 'expired':
      return `application#${status}`
  }
}

/** Where applications of a status can stand; a stage narrows those that are at one. */
export const applicationPartitions = (status: Application['status'], stage?: ApplicationStage): readonly string[] => {
  if (status === 'open' || status === 'returned') {
    return ApplicationStage.options
      .filter((at) => stage === undefined || stage === at)
      .map((at) => `application#${status}#${at}`)
  }
  if (stage !== undefined) return []
  return status === 'approved' ? [pendingEffect, 'application#approved'] : [`application#${status}`]
}

/**
 * One JSON text, read whole or not at all, and deflated: for what is large and often written, as DynamoDB counts each KB
 * of a transaction twice.
 */
export const packed = (value: object): Buffer => deflateRawSync(JSON.stringify(value))

/** What was packed. */
export const unpacked = (value: AttributeValue | undefined): unknown =>
  value?.B === undefined ? undefined : JSON.parse(inflateRawSync(value.B).toString())

/** The case as it stands; its alarm puts it among the duties. */
export const caseItem = (state: AssistantCase): Item => {
  const { id, version, status, particulars, reviewDueOn } = state
  const { branchId, centreId } = particulars
  const isPending = status === 'not-appointed' && hasClientsLeft(state)
  return {
    ...caseKey(id),
    ...marshall({
      version,
      state: packed(state),
      ...listed(
        isPending ? pendingHandOver : assistantPartition(status),
        `${branchId}#${centreId}#${reviewDueOn ?? ''}#${id}`,
      ),
      ...due(alarmOf(state)),
    }),
  }
}

export const readCase = (item: Item): AssistantCase => {
  const state = unpacked(item['state'])
  if (state === undefined) throw new Error('A case lacks its state.')
  return state as AssistantCase
}

export const eventItem = (id: AssistantId, event: RecordedEvent): Item => ({
  ...eventKey(id, event.seq),
  ...marshall({ event: JSON.stringify(event) }),
})

export const readEvent = (item: Item): RecordedEvent => JSON.parse(String(item['event']?.S)) as RecordedEvent

/** Stands in the list for the review of an assistant on the post. */
export const reviewItem = ({ id, reviewDueOn }: AssistantCase): Item => ({
  ...reviewKey(id),
  ...marshall(listed(reviewPartition, `${reviewDueOn ?? ''}#${id}`)),
})

/** Stands in the list for an application; what is shown of it comes from its case. */
export const applicationItem = ({ id, particulars }: AssistantCase, application: Application): Item => ({
  ...applicationKey(id, application.id),
  ...marshall(
    listed(
      applicationPartition(application),
      `${particulars.branchId}#${particulars.centreId}#${application.filedAt}#${application.id}`,
    ),
  ),
})

/** How long whoever commits a duty has to do it before the sweep takes it over, in minutes. */
const grace: Readonly<Record<Exclude<Duty['kind'], 'anchor-head' | 'reduce-case'>, number>> = {
  'send-mail': 2,
  'send-code': 2,
  'send-answer': 2,
  // A digest is left to the sweep: by then whatever else fell due with it is on record, and is listed.
  'send-digest': 10,
  'resume-workflow': 15,
  'publish-events': 2,
}

/** A duty that whoever commits it tries at once, but for one that has a time of its own. */
export const newDutyItem = (duty: Duty, now: Instant): Item =>
  'dueAt' in duty ? dutyItem(duty, duty.dueAt) : dutyItem(duty, addMinutes(now, grace[duty.kind]), now)

/** The member by which DynamoDB deletes an item some time after so many seconds. */
export const expiresAfter = (seconds: number, now: Instant) => ({
  [tableKeys.timeToLive]: Math.floor(Date.parse(now) / 1000) + seconds,
})

/** A duty that is tried from `dueAt` on; unlike that, `owedSince` stays as it is however often it is put off. */
export const dutyItem = (duty: Duty, dueAt: Instant, owedSince: Instant = dueAt): Item => ({
  ...dutyKey(duty),
  ...marshall({ duty: JSON.stringify(duty), attempts: 0, owedSince, ...due(dueAt, whoseIs(duty)) }),
})
