import * as z from 'zod'
import { CodeView, SecretBody } from '../../../shared/contracts/decisions.ts'
import { approvalId } from '../../../shared/contracts/fields.ts'
import { HandedOverView, HandOverPageBody, HandOverView } from '../../../shared/contracts/year.ts'
import type { ApprovalId } from '../../../shared/domain/ids.ts'
import { refuse } from '../../../shared/domain/refusal.ts'
import { codeNeeded } from '../../../shared/domain/step-up.ts'
import { terms } from '../../../shared/text/terms.ts'
import { codeSubject, isAlive, show, type Shown } from '../../answering.ts'
import { handOver } from '../../hand-over.ts'
import { replyWithCode, wrongCode } from '../codes.ts'
import { type Api, mount, routes } from '../operations.ts'
import { deadLink, jsonReply, problemOfRefusal, problemReply } from '../problem.ts'
import { presentOf } from '../views.ts'

const shared = { method: 'post', tag: 'Hand-overs', scope: null, params: z.object({ approvalId }) } as const

/** What the page calls on which somebody is named for the clients of someone who leaves (art. 9). */
export const handOverRoutes = (api: Api) => {
  const { system } = api
  const mounted = routes()

  /** What the link of a hand-over leads to; null where it is none, or is over. */
  const shownOf = async (id: ApprovalId, secret: string): Promise<Shown | null> => {
    const shown = await show(system, id, secret)
    return shown !== null && shown.stage.stage === 'hand-over' && (await isAlive(system, shown)) ? shown : null
  }

  mount(mounted, api, {
    ...shared,
    path: '/hand-over/{approvalId}/clients',
    summary: 'Read which clients are to be handed over; changes nothing',
    body: SecretBody,
    answers: { 200: { description: 'The clients who are left.', schema: HandOverView } },
    problems: [404],
    handle: async ({ params, body: { secret }, locale }) => {
      const shown = await shownOf(params.approvalId, secret)
      if (shown === null) return deadLink(locale)
      const { state, stage, approval } = shown
      const { people } = await shown.organisation()
      const { employeeNo, name } = state.particulars
      return jsonReply(200, {
        approvalId: approval.id,
        approver: { employeeNo: approval.approver, name: people.get(approval.approver)?.name ?? approval.approver },
        assistant: { id: state.id, employeeNo, name },
        ground: state.exit === null ? terms[locale].status[state.status] : terms[locale].ground[state.exit.ground],
        clients: state.portfolio.map(({ clientId }) => clientId),
        dueOn: stage.dueOn,
        codeNeeded: codeNeeded(state, presentOf(system)),
      })
    },
  })

  mount(mounted, api, {
    ...shared,
    path: '/hand-over/{approvalId}/code',
    summary: 'Mail a six-digit code to the registered address of whoever was asked',
    body: SecretBody,
    answers: { 200: { description: 'The code is on its way.', schema: CodeView } },
    problems: [404, 429],
    handle: async ({ params, body: { secret }, locale }) => {
      const shown = await shownOf(params.approvalId, secret)
      return shown === null ? deadLink(locale) : replyWithCode(system, codeSubject(shown), locale)
    },
  })

  mount(mounted, api, {
    ...shared,
    path: '/hand-over/{approvalId}',
    summary: 'Name who takes which client; the last one completes the exit (art. 9)',
    body: HandOverPageBody,
    answers: { 200: { description: 'How many are left.', schema: HandedOverView } },
    problems: [404, 409, 422],
    handle: async ({ params, body: { secret, code = null, clients }, locale }) => {
      const shown = await shownOf(params.approvalId, secret)
      if (shown === null) return deadLink(locale)
      const { state, approval } = shown
      if (codeNeeded(state, presentOf(system))) {
        if (code === null) return problemReply(problemOfRefusal(refuse('code-required', {}, '/code'), locale))
        if (!(await system.codes.accept(codeSubject(shown), code, system.now()))) return wrongCode(locale)
      }
      const { id, approver, onBehalfOf } = approval
      const outcome = await handOver(system, {
        assistantId: state.id,
        namings: clients,
        approvalId: id,
        origin: { by: approver, onBehalfOf, channel: 'page', client: null },
      })
      if (outcome.type === 'done') {
        await system.codes.spend(codeSubject(shown))
        return jsonReply(200, { left: outcome.state.portfolio.length })
      }
      const index = clients.findIndex(({ clientId }) => clientId === outcome.clientId)
      const pointer = index < 0 ? {} : { pointer: `/clients/${index}` }
      return problemReply(problemOfRefusal({ ...outcome.refusal, ...pointer }, locale))
    },
  })
  return mounted
}
