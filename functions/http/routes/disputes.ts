import * as z from 'zod'
import { approvalId } from '../../../shared/contracts/fields.ts'
import { DisputableView, DisputeBody, DisputerBody } from '../../../shared/contracts/decisions.ts'
import { type AssistantCase, stageOfApproval } from '../../../shared/domain/assistant.ts'
import { disputableUntil } from '../../../shared/domain/disputing.ts'
import { type ApprovalId, assistantIdOf, type EmployeeNo } from '../../../shared/domain/ids.ts'
import type { Locale, Organisation } from '../../../shared/domain/organisation.ts'
import { reassess } from '../../reassess.ts'
import type { System } from '../../adapters/system.ts'
import { execute, organisationOf } from '../../execute.ts'
import { isDisputeSecret } from '../../mail/links.ts'
import { type Api, mount, routes } from '../operations.ts'
import { deadLink, jsonReply, problemOfRefusal, problemReply, type Reply } from '../problem.ts'
import { presentOf, receiptView } from '../views.ts'

/** The case of a decision whose dispute link was shown. Null alike for whatever is wrong with the link. */
const show = async (
  system: System,
  id: ApprovalId,
  person: EmployeeNo,
  secret: string,
): Promise<AssistantCase | null> => {
  const [isRight, state] = await Promise.all([
    isDisputeSecret(system, id, person, secret),
    system.record.load(assistantIdOf(id)),
  ])
  return isRight ? state : null
}

const disputeView = (state: AssistantCase, id: ApprovalId): DisputableView['dispute'] => {
  const dispute = state.disputes.find((one) => one.approvalId === id)
  if (dispute === undefined) return null
  const { disputedBy, at, effect, stage } = dispute
  const status = stage?.status === 'upheld' || stage?.status === 'annulled' ? stage.status : 'open'
  return { disputedBy, disputedAt: at, effect, status }
}

/** What people are called, as far as the bank knows them still. */
const namesOf = ({ people }: Organisation, numbers: readonly (EmployeeNo | null | undefined)[]) =>
  Object.fromEntries(
    numbers.flatMap((number) => {
      const person = number === null || number === undefined ? undefined : people.get(number)
      return person === undefined ? [] : [[person.employeeNo, person.name]]
    }),
  )

/** The decision as those see it in whose name it was made; null where there is none. */
const viewOf = async (system: System, state: AssistantCase, id: ApprovalId): Promise<DisputableView | null> => {
  const stage = stageOfApproval(state, id)
  const receipt = stage === null ? null : receiptView(id, stage)
  const present = presentOf(system)
  const until = stage === null ? null : disputableUntil(state, stage, present)
  if (stage === null || receipt === null || until === null) return null
  const dispute = disputeView(state, id)
  const involved = [receipt.decidedBy, receipt.onBehalfOf, dispute?.disputedBy]
  return {
    ...receipt,
    names: namesOf(await organisationOf(system, state), involved),
    stage: stage.stage,
    ...(stage.applicationId === null ? {} : { applicationId: stage.applicationId }),
    assistant: { id: state.id, name: stage.dossier.assistant.name },
    reason: stage.reason,
    disputableUntil: until,
    dispute,
  }
}

const shared = { method: 'post', tag: 'Disputes', scope: null, params: z.object({ approvalId }) } as const

/** What the page calls on which someone says that a decision in their name was not theirs. */
export const disputeRoutes = (api: Api) => {
  const { system } = api
  const mounted = routes()

  const replyWith = async (state: AssistantCase | null, id: ApprovalId, locale: Locale): Promise<Reply> => {
    const view = state === null ? null : await viewOf(system, state, id)
    return view === null ? deadLink(locale) : jsonReply(200, view)
  }

  mount(mounted, api, {
    ...shared,
    path: '/dispute/{approvalId}/decision',
    summary: 'Read what was decided in the name of whoever holds the link; changes nothing',
    body: DisputerBody,
    answers: { 200: { description: 'The decision.', schema: DisputableView } },
    problems: [404],
    handle: async ({ params, body: { employeeNo, secret }, locale }) =>
      replyWith(await show(system, params.approvalId, employeeNo, secret), params.approvalId, locale),
  })

  mount(mounted, api, {
    ...shared,
    path: '/dispute/{approvalId}',
    summary: "Say that a decision was not one's own: the case is frozen and put before the other approvers of HQ",
    body: DisputeBody,
    answers: { 200: { description: 'The decision, in dispute.', schema: DisputableView } },
    problems: [404, 409],
    handle: async ({ params, body: { employeeNo, secret, reason = null }, locale }) => {
      const id = params.approvalId
      const state = await show(system, id, employeeNo, secret)
      if (state === null) return deadLink(locale)
      const outcome = await execute(system, {
        assistantId: state.id,
        command: { type: 'dispute-decision', approvalId: id, reason },
        origin: { by: employeeNo, onBehalfOf: null, channel: 'page', client: null },
      })
      if (outcome.type === 'refused' && outcome.refusal.refused !== 'already-disputed') {
        return problemReply(problemOfRefusal(outcome.refusal, locale))
      }
      await reassess(system, state.id)
      return replyWith('state' in outcome ? outcome.state : state, id, locale)
    },
  })
  return mounted
}
