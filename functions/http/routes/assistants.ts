import * as z from 'zod'
import { assistantId, branchId, centreId, day, employeeNo } from '../../../shared/contracts/fields.ts'
import { AssistantView, EventView, ExitBody } from '../../../shared/contracts/resources.ts'
import type { AssistantCase } from '../../../shared/domain/assistant.ts'
import type { Command } from '../../../shared/domain/commands.ts'
import { refuse } from '../../../shared/domain/refusal.ts'
import type { Mistake } from '../../../shared/text/mistakes.ts'
import { assistantPartitions, reviewPartition } from '../../adapters/items.ts'
import type { Position, Range } from '../../adapters/lists.ts'
import { AsOf, replyAsOf } from '../as-of.ts'
import { type Listed, listOf, listReply, paging } from '../listing.ts'
import { type Api, mount, routes } from '../operations.ts'
import { byClient, carryOut } from '../orders.ts'
import { jsonReply, problemOfRefusal, problemReply } from '../problem.ts'
import { keyPrefixes } from '../ranges.ts'
import { assistantView, eventView, presentOf } from '../views.ts'

const statuses = ['candidate', 'on-post', 'exiting', 'transferred', 'exited', 'not-appointed'] as const

const Filters = z.strictObject({
  ...paging,
  status: z.enum(statuses).optional(),
  branchId: branchId.optional(),
  centreId: centreId.optional(),
  employeeNo: employeeNo.optional(),
  reviewDueBefore: day.optional(),
})
type Filters = z.output<typeof Filters>

const fits = ({ status, particulars }: AssistantCase, filters: Filters): boolean =>
  (filters.status === undefined || filters.status === status) &&
  (filters.branchId === undefined || filters.branchId === particulars.branchId) &&
  (filters.centreId === undefined || filters.centreId === particulars.centreId)

const tag = 'Assistants'
const one = { description: 'The assistant.', schema: AssistantView }
const identified = { params: z.object({ id: assistantId }) }

export const assistantRoutes = (api: Api) => {
  const { system } = api
  const viewed = (state: AssistantCase) => assistantView(state, presentOf(system))

  /** Where the filters lead: those on the post by their anniversaries, or every status by branch and centre. */
  const rangesOf = async (filters: Filters): Promise<readonly Range[]> => {
    const { reviewDueBefore, status } = filters
    if (reviewDueBefore !== undefined) return [{ partition: reviewPartition, prefix: '', below: reviewDueBefore }]
    const prefixes = await keyPrefixes(system.directory, filters)
    return statuses
      .filter((candidate) => status === undefined || candidate === status)
      .flatMap(assistantPartitions)
      .flatMap((partition) => prefixes.map((prefix) => ({ partition, prefix, below: null })))
  }

  const page = async (filters: Filters, from: Position | null, limit: number): Promise<Listed<AssistantView>> => {
    const ids = filters.employeeNo === undefined ? null : await system.lists.postsOf(filters.employeeNo)
    if (ids !== null) {
      const cases = [...(await system.lists.cases(ids)).values()]
      const due = filters.reviewDueBefore
      const isDue = ({ status, reviewDueOn }: AssistantCase) =>
        due === undefined || (status === 'on-post' && reviewDueOn !== null && reviewDueOn < due)
      return { items: cases.filter((state) => fits(state, filters) && isDue(state)).map(viewed), next: null }
    }
    const { entries, next } = await system.lists.page(await rangesOf(filters), from, limit)
    const cases = await system.lists.cases(entries.map((entry) => entry.assistantId))
    const shown = entries.flatMap((entry) => cases.get(entry.assistantId) ?? [])
    return { items: shown.filter((state) => fits(state, filters)).map(viewed), next }
  }

  const mounted = routes()

  mount(mounted, api, {
    method: 'get',
    path: '/v1/assistants/{id}',
    tag,
    summary: 'Read an assistant, as of now or of any moment before',
    scope: 'cases:read',
    ...identified,
    query: AsOf,
    answers: { 200: one },
    problems: [400, 404],
    handle: ({ params: { id }, query, locale }) =>
      replyAsOf(system, id, query, locale, (state, then) => jsonReply(200, assistantView(state, then))),
  })

  mount(mounted, api, {
    method: 'get',
    path: '/v1/assistants',
    tag,
    summary: 'List assistants; `reviewDueBefore` leaves those on the post whose year ends before that day',
    scope: 'cases:read',
    query: Filters,
    answers: { 200: { description: 'A page of the list.', schema: listOf(AssistantView) } },
    problems: [400],
    handle: async ({ query, locale }) =>
      listReply('assistants', query, locale, (from, limit) => page(query, from, limit)),
  })

  mount(mounted, api, {
    method: 'get',
    path: '/v1/assistants/{id}/events',
    tag,
    summary: 'Read the audit trail: every event in order, chained by hashes',
    scope: 'audit:read',
    ...identified,
    query: z.strictObject({
      limit: paging.limit,
      cursor: z
        .string()
        .regex(/^\d{1,6}$/, { error: 'cursor' satisfies Mistake })
        .optional(),
    }),
    answers: { 200: { description: 'A page of the trail.', schema: listOf(EventView) } },
    problems: [400, 404],
    handle: async ({ params: { id }, query: { limit, cursor = '0' }, locale }) => {
      const events = await system.record.events(id, Number(cursor), limit)
      const state = await system.record.load(id)
      if (state === null) return problemReply(problemOfRefusal(refuse('unknown-assistant'), locale))
      // A page of large events ends before the limit.
      const last = events.at(-1)?.seq ?? state.version
      const next = last < state.version ? String(last) : null
      return jsonReply(200, { items: events.map(eventView), next })
    },
  })

  mount(mounted, api, {
    method: 'post',
    path: '/v1/assistants/{id}/exits',
    tag,
    summary: 'Report that an assistant leaves the post on ground `discipline` or `unfit` (art. 9)',
    scope: 'cases:write',
    ...identified,
    body: ExitBody,
    idempotencyKey: 'required',
    answers: { 201: { ...one, location: 'The assistant.' } },
    problems: [404],
    handle: (call) => {
      const { evidence = null, ...exit } = call.body
      const command: Command = { type: 'exit-post', ...exit, evidence }
      const origin = byClient(exit.decidedBy.employeeNo, call.client)
      return carryOut(system, call, { assistantId: call.params.id, command, origin }, (state) =>
        jsonReply(201, viewed(state), { location: `/v1/assistants/${state.id}` }),
      )
    },
  })
  return mounted
}
