import * as z from 'zod'
import { assistantId, clientId, employeeNo } from '../../../shared/contracts/fields.ts'
import { AssistantView } from '../../../shared/contracts/resources.ts'
import {
  AssignmentBody,
  AssignmentsBody,
  AssignmentsView,
  ClientView,
  HandOverBody,
  ResponsibilityView,
} from '../../../shared/contracts/year.ts'
import type { ClientId } from '../../../shared/domain/ids.ts'
import type { Locale } from '../../../shared/domain/organisation.ts'
import { clientCapOf, serves } from '../../../shared/domain/portfolio.ts'
import { refuse } from '../../../shared/domain/refusal.ts'
import type { Mistake } from '../../../shared/text/mistakes.ts'
import type { Holder, Stretch } from '../../adapters/responsibility.ts'
import { digest } from '../../adapters/digest.ts'
import { handOver } from '../../hand-over.ts'
import { assignClients, type Assigning, releaseClient, releaseFromManager, standingsOf } from '../../portfolio.ts'
import { AsOf, replyAsOf } from '../as-of.ts'
import { asKept, once } from '../idempotency.ts'
import { listOf } from '../listing.ts'
import { oneMistake } from '../mistakes.ts'
import { type Api, mount, routes } from '../operations.ts'
import { byClient, byClientItself, byWhoever, onceByItself } from '../orders.ts'
import { jsonReply, noContent, problemOfRefusal, problemReply, type Reply } from '../problem.ts'
import { assistantView, presentOf } from '../views.ts'

/** Who is responsible for a client, and who was in a stretch of its history, each with the time for which they were. */
const responsibilityView = (
  id: ClientId,
  { changes, goesOn, before }: Stretch,
  holder: Holder | null,
): ResponsibilityView => ({
  clientId: id,
  responsible: holder,
  history: changes.flatMap(({ at, by, holder: then }, index) => {
    const next = changes[index + 1]
    return then === null || (goesOn && next === undefined) ? [] : [{ ...then, by, from: at, until: next?.at ?? null }]
  }),
  next: before === null ? null : String(before),
})

const shared = { tag: 'Clients' } as const
const ofAssistant = { params: z.object({ id: assistantId }) }
const oneClient = { params: z.object({ id: assistantId, clientId }) }

/** The clients whom assistants serve (art. 6), and how they are handed over (art. 9). */
export const clientRoutes = (api: Api) => {
  const { system } = api
  const refused = (
    refusal: Parameters<typeof problemOfRefusal>[0],
    locale: Locale,
    at: readonly string[] = [],
  ): Reply => {
    const problem = problemOfRefusal(refusal, locale)
    const errors = at.map((pointer) => ({ pointer, detail: problem.detail }))
    return problemReply(errors.length === 0 ? problem : { ...problem, errors })
  }
  const mounted = routes()

  mount(mounted, api, {
    ...shared,
    ...ofAssistant,
    method: 'get',
    path: '/v1/assistants/{id}/clients',
    summary: 'List the clients whom an assistant serves, or served at any moment, in the order of their coming',
    scope: 'cases:read',
    query: AsOf,
    answers: { 200: { description: 'All of them.', schema: listOf(ClientView) } },
    problems: [400, 404],
    handle: ({ params: { id }, query, locale }) =>
      replyAsOf(system, id, query, locale, ({ portfolio }) => jsonReply(200, { items: portfolio, next: null })),
  })

  mount(mounted, api, {
    ...shared,
    ...oneClient,
    method: 'put',
    path: '/v1/assistants/{id}/clients/{clientId}',
    summary: 'Make an assistant responsible for a client, up to the cap (art. 6)',
    scope: 'cases:write',
    body: AssignmentBody.optional(),
    answers: {
      200: { description: 'The assistant is already.', schema: AssistantView },
      201: { description: 'The assistant is now.', schema: AssistantView },
    },
    problems: [404, 409, 422],
    handle: async ({ params, body, client, locale }) => {
      const assigned = await assignClients(system, {
        assistantId: params.id,
        clientIds: [params.clientId],
        mode: 'all-or-nothing',
        origin: byWhoever(body?.by, client),
      })
      if (assigned.type === 'answered-meanwhile') throw new Error('One client is assigned without an idempotency key.')
      return assigned.type === 'done'
        ? jsonReply(assigned.came.length === 0 ? 200 : 201, assistantView(assigned.state, presentOf(system)))
        : refused(assigned.refusal, locale)
    },
  })

  mount(mounted, api, {
    ...shared,
    ...oneClient,
    method: 'delete',
    path: '/v1/assistants/{id}/clients/{clientId}',
    summary: 'End the responsibility for a client; whoever leaves the post hands over instead (art. 9)',
    scope: 'cases:write',
    query: z.strictObject({ by: employeeNo.optional() }),
    answers: { 204: { description: 'Released.' } },
    problems: [400, 404, 409, 422],
    handle: async ({ params, query, client, locale }) => {
      const outcome = await releaseClient(system, params.id, params.clientId, byWhoever(query.by, client))
      return outcome.type === 'refused' ? refused(outcome.refusal, locale) : noContent
    },
  })

  const assignmentsView = (asked: readonly ClientId[], { state, came, taken }: Assigning): AssignmentsView => {
    const clients = asked.map((one): AssignmentsView['clients'][number] => {
      if (came.includes(one)) return { clientId: one, outcome: 'assigned', code: null }
      if (serves(state, one)) return { clientId: one, outcome: 'already-assigned', code: null }
      return { clientId: one, outcome: 'refused', code: taken.includes(one) ? 'client-taken' : 'client-cap' }
    })
    return { clients, clientCount: state.portfolio.length, clientCap: clientCapOf(state, presentOf(system)) }
  }

  mount(mounted, api, {
    ...shared,
    ...ofAssistant,
    method: 'post',
    path: '/v1/assistants/{id}/clients',
    summary: 'Assign up to 100 clients: all or nothing, or in mode `each` every one who can be (art. 6)',
    scope: 'cases:write',
    body: AssignmentsBody,
    idempotencyKey: 'required',
    answers: { 200: { description: 'What came of each.', schema: AssignmentsView } },
    problems: [404, 422],
    handle: ({ params, body: { by, clientIds, mode }, client, keyed, locale }) =>
      once(system.answers, keyed, locale, system.now, async (keep) => {
        const replyOf = (done: Assigning) => jsonReply(200, assignmentsView(clientIds, done))
        const assigned = await assignClients(system, {
          assistantId: params.id,
          clientIds,
          mode,
          origin: byWhoever(by, client),
          answer: (done) => keep(replyOf(done)),
        })
        switch (assigned.type) {
          case 'done':
            return { reply: asKept(assigned.answer, () => replyOf(assigned)), isKept: true }
          case 'refused': {
            const pointers = assigned.taken.map((one) => `/clientIds/${clientIds.indexOf(one)}`)
            return { reply: refused(assigned.refusal, locale, pointers), isKept: false }
          }
          case 'answered-meanwhile':
            return null
        }
      }),
  })

  mount(mounted, api, {
    ...shared,
    ...ofAssistant,
    method: 'post',
    path: '/v1/assistants/{id}/hand-overs',
    summary: 'Name who takes which client; the last one completes the exit of someone who leaves (art. 9)',
    scope: 'cases:write',
    body: HandOverBody,
    idempotencyKey: 'required',
    answers: { 201: { description: 'The assistant.', schema: AssistantView } },
    problems: [404, 422],
    handle: (call) =>
      onceByItself(system, call, async () => {
        const { by, clients } = call.body
        const outcome = await handOver(system, {
          assistantId: call.params.id,
          namings: clients,
          approvalId: null,
          origin: byClient(by, call.client),
          call: digest(call.keyed),
        })
        if (outcome.type === 'done') return jsonReply(201, assistantView(outcome.state, presentOf(system)))
        const index = clients.findIndex((one) => one.clientId === outcome.clientId)
        return refused(outcome.refusal, call.locale, index < 0 ? [] : [`/clients/${index}`])
      }),
  })

  mount(mounted, api, {
    ...shared,
    method: 'get',
    path: '/v1/clients/{clientId}',
    summary: 'Read who is responsible for a client, and who was: the latest, and by `next` those before, page by page',
    scope: 'cases:read',
    params: z.object({ clientId }),
    query: z.strictObject({
      cursor: z
        .string()
        .regex(/^\d{1,6}$/, { error: 'cursor' satisfies Mistake })
        .optional(),
    }),
    answers: { 200: { description: 'The client.', schema: ResponsibilityView } },
    problems: [400, 404],
    handle: async ({ params, query: { cursor }, locale }) => {
      const standing = (await standingsOf(system, [params.clientId])).get(params.clientId)
      if (standing === undefined || standing.client.changes === 0)
        return refused(refuse('unknown-client', { client: params.clientId }), locale)
      const number = cursor === undefined ? null : Number(cursor)
      const stretch = await system.responsibilities.history(standing.client, number)
      return stretch === null
        ? oneMistake('/query/cursor', 'cursor', locale)
        : jsonReply(200, responsibilityView(params.clientId, stretch, standing.holder))
    },
  })

  mount(mounted, api, {
    ...shared,
    method: 'delete',
    path: '/v1/people/{employeeNo}/clients/{clientId}',
    summary: 'End the responsibility of a relationship manager for a client, who can then be assigned',
    scope: 'cases:write',
    params: z.object({ employeeNo, clientId }),
    answers: { 204: { description: 'Released.' } },
    problems: [404, 409],
    handle: async ({ params, client, locale }) => {
      const refusal = await releaseFromManager(system, params.employeeNo, params.clientId, byClientItself(client))
      return refusal === null ? noContent : refused(refusal, locale)
    },
  })
  return mounted
}
