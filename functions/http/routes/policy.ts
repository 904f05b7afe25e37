import * as z from 'zod'
import { assistantId } from '../../../shared/contracts/fields.ts'
import { PolicyAdoptionBody, PolicyMoveView } from '../../../shared/contracts/resources.ts'
import { type AssistantCase, liveApplication, openStageOf } from '../../../shared/domain/assistant.ts'
import { bySystem, type Origin } from '../../../shared/domain/context.ts'
import type { AssistantId } from '../../../shared/domain/ids.ts'
import { applicationPartitions, reviewPartition } from '../../adapters/items.ts'
import type { Position, Range } from '../../adapters/lists.ts'
import type { System } from '../../adapters/system.ts'
import { preview } from '../../execute.ts'
import { type Listed, listOf, listReply, paging } from '../listing.ts'
import { type Api, mount, routes } from '../operations.ts'
import { byClient, carryOut } from '../orders.ts'
import { jsonReply } from '../problem.ts'

/** Whatever has a time that a policy counts: applications under way, and those on the post. */
const ranges: readonly Range[] = [
  ...applicationPartitions('open'),
  ...applicationPartitions('returned'),
  reviewPartition,
].map((partition) => ({ partition, prefix: '', below: null }))

const timesOf = (state: AssistantCase): PolicyMoveView['from'] => {
  const stage = openStageOf(state)
  const application = liveApplication(state)
  return {
    policyVersion: application?.policyVersion ?? null,
    dueOn: stage?.dueOn ?? null,
    nextStep: stage?.timetable[0] ?? null,
    amendBy: application?.amendBy ?? null,
    reviewCallAt: state.reviewCallAt,
  }
}

const moveOf = (before: AssistantCase, after: AssistantCase): PolicyMoveView => ({
  assistantId: before.id,
  applicationId: liveApplication(before)?.id ?? null,
  stage: openStageOf(before)?.stage ?? null,
  from: timesOf(before),
  to: timesOf(after),
})

/** Who reads what would move changes nothing: nobody is to be named. */
const nobody = bySystem('api')

const order = (id: AssistantId, origin: Origin) =>
  ({ assistantId: id, command: { type: 'adopt-policy' }, origin }) as const

const page = async (system: System, from: Position | null, limit: number): Promise<Listed<PolicyMoveView>> => {
  const { entries, next } = await system.lists.page(ranges, from, limit)
  const cases = await system.lists.cases([...new Set(entries.map((entry) => entry.assistantId))])
  // A case under way on the post stands in two ranges: it is shown where its application is.
  const shown = entries.flatMap(({ assistantId: id, sk }) => {
    const state = cases.get(id)
    const isTwice = sk === 'REVIEW' && state !== undefined && liveApplication(state) !== null
    return state === undefined || isTwice ? [] : [state]
  })
  const moves = shown.map(async (state) => {
    const after = await preview(system, state, order(state.id, nobody))
    return after === null ? [] : [moveOf(state, after)]
  })
  return { items: (await Promise.all(moves)).flat(), next }
}

const tag = 'Policy'

/** Changing an interval: which cases would move, and moving them one by one. */
export const policyRoutes = (api: Api) => {
  const { system } = api
  const mounted = routes()

  mount(mounted, api, {
    method: 'get',
    path: '/v1/policy/moves',
    tag,
    summary: 'List the cases that would move under the policy in force; a page may have fewer than `limit`, even none',
    scope: 'cases:read',
    query: z.strictObject(paging),
    answers: { 200: { description: 'A page of the list.', schema: listOf(PolicyMoveView) } },
    problems: [400],
    handle: async ({ query, locale }) =>
      listReply('policy-moves', query, locale, (from, limit) => page(system, from, limit)),
  })

  mount(mounted, api, {
    method: 'post',
    path: '/v1/assistants/{id}/policy-adoptions',
    tag,
    summary: 'Put what is open of a case under the policy in force',
    scope: 'cases:write',
    params: z.object({ id: assistantId }),
    body: PolicyAdoptionBody,
    idempotencyKey: 'required',
    answers: { 201: { description: 'Its times now.', location: 'The assistant.', schema: PolicyMoveView.shape.to } },
    problems: [404],
    handle: (call) =>
      carryOut(system, call, order(call.params.id, byClient(call.body.by, call.client)), (state) =>
        jsonReply(201, timesOf(state), { location: `/v1/assistants/${state.id}` }),
      ),
  })
  return mounted
}
