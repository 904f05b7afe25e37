import * as z from 'zod'
import { CodeView, SecretBody } from '../../../shared/contracts/decisions.ts'
import { approvalId } from '../../../shared/contracts/fields.ts'
import { HandedOverView, HandOverPageBody, HandOverView } from '../../../shared/contracts/year.ts'
import type { AssistantCase } from '../../../shared/domain/assistant.ts'
import type { ApprovalId } from '../../../shared/domain/ids.ts'
import type { Locale } from '../../../shared/domain/organisation.ts'
import { refuse } from '../../../shared/domain/refusal.ts'
import { codeNeeded } from '../../../shared/domain/step-up.ts'
import { terms } from '../../../shared/text/terms.ts'
import { codeSubject, show, type Shown } from '../../answering.ts'
import { type HandedOver, type HandingOver, handOver, isHandedOver, lookAtHandOver } from '../../hand-over.ts'
import { replyWithCode, wrongCode } from '../codes.ts'
import { whileAnswerable } from '../links.ts'
import { type Api, mount, routes } from '../operations.ts'
import { deadLink, jsonReply, problemOfRefusal, problemReply, type Reply } from '../problem.ts'
import { presentOf } from '../views.ts'

const shared = { method: 'post', tag: 'Hand-overs', scope: null, params: z.object({ approvalId }) } as const

/** What the page calls on which somebody is named for the clients of someone who leaves (art. 9). */
export const handOverRoutes = (api: Api) => {
  const { system } = api
  const mounted = routes()

  /** What the link of a hand-over leads to; null where it is none. */
  const shownOf = async (id: ApprovalId, secret: string): Promise<Shown | null> => {
    const shown = await show(system, id, secret)
    return shown?.stage.stage === 'hand-over' ? shown : null
  }

  /** Replies by what a link leads to, as long as clients can be handed over by it. */
  const whileOpen = async (
    id: ApprovalId,
    secret: string,
    locale: Locale,
    reply: (shown: Shown) => Promise<Reply>,
  ): Promise<Reply> => {
    const shown = await shownOf(id, secret)
    return shown === null ? deadLink(locale) : whileAnswerable(system, shown, locale, reply)
  }

  const leftOf = ({ portfolio }: AssistantCase): Reply => jsonReply(200, { left: portfolio.length })

  mount(mounted, api, {
    ...shared,
    path: '/hand-over/{approvalId}/clients',
    summary: 'Read which clients are to be handed over; changes nothing',
    body: SecretBody,
    answers: { 200: { description: 'The clients who are left.', schema: HandOverView } },
    problems: [404, 409],
    handle: ({ params, body: { secret }, locale }) =>
      whileOpen(params.approvalId, secret, locale, async (shown) => {
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
      }),
  })

  mount(mounted, api, {
    ...shared,
    path: '/hand-over/{approvalId}/code',
    summary: 'Mail a six-digit code to the registered address of whoever was asked',
    body: SecretBody,
    answers: { 200: { description: 'The code is on its way.', schema: CodeView } },
    problems: [404, 409, 429],
    handle: ({ params, body: { secret }, locale }) =>
      whileOpen(params.approvalId, secret, locale, (shown) => replyWithCode(system, codeSubject(shown), locale)),
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
      // It is so already: the first answer may have been lost, and its code is spent.
      if (await isHandedOver(system, state, clients, approval.approver)) return leftOf(state)
      const refused = ({ refusal, clientId }: Extract<HandedOver, { type: 'refused' }>): Reply => {
        const index = clients.findIndex((one) => one.clientId === clientId)
        const pointer = index < 0 ? {} : { pointer: `/clients/${index}` }
        return problemReply(problemOfRefusal({ ...refusal, ...pointer }, locale))
      }
      return whileAnswerable(system, shown, locale, async () => {
        const { id, approver, onBehalfOf } = approval
        const handingOver: HandingOver = {
          assistantId: state.id,
          namings: clients,
          approvalId: id,
          origin: { by: approver, onBehalfOf, channel: 'page', client: null },
        }
        if (codeNeeded(state, presentOf(system))) {
          // Before the code: a name that is mistyped uses up none of its tries.
          const looked = await lookAtHandOver(system, handingOver)
          if (looked.type === 'refused') return refused(looked)
          if (code === null) return problemReply(problemOfRefusal(refuse('code-required', {}, '/code'), locale))
          if (!(await system.codes.accept(codeSubject(shown), code, system.now()))) return wrongCode(locale)
        }
        const outcome = await handOver(system, handingOver)
        if (outcome.type === 'refused') return refused(outcome)
        await system.codes.spend(codeSubject(shown))
        return leftOf(outcome.state)
      })
    },
  })
  return mounted
}
