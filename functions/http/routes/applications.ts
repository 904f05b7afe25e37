import * as z from 'zod'
import { applicationId, assistantId, branchId, centreId } from '../../../shared/contracts/fields.ts'
import {
  AmendmentBody,
  ApplicationBody,
  ApplicationView,
  type OnboardingBody,
  WithdrawalBody,
} from '../../../shared/contracts/resources.ts'
import { type AssistantCase, findApplication } from '../../../shared/domain/assistant.ts'
import type { Command } from '../../../shared/domain/commands.ts'
import { ApplicationStage } from '../../../shared/domain/kinds.ts'
import { type ApplicationId, assistantIdOf, type BranchId } from '../../../shared/domain/ids.ts'
import { refuse } from '../../../shared/domain/refusal.ts'
import { newAssistantId } from '../../adapters/identifiers.ts'
import { applicationPartitions } from '../../adapters/items.ts'
import { listOf, listReply, paging } from '../listing.ts'
import { type Api, mount, routes } from '../operations.ts'
import { byClient, carryOut, turnDown } from '../orders.ts'
import { jsonReply, problemOfRefusal, problemReply, type Reply } from '../problem.ts'
import { keyPrefixes } from '../ranges.ts'
import { applicationView } from '../views.ts'

const answered =
  (status: number, id: ApplicationId | null) =>
  (state: AssistantCase): Reply => {
    const application = id === null ? (state.applications.at(-1) ?? null) : findApplication(state, id)
    if (application === null) throw new Error('A case lost an application while it was being answered.')
    const headers = status === 201 ? { location: `/v1/applications/${application.id}` } : undefined
    return jsonReply(status, applicationView(state, application), headers)
  }

const onboarding = (
  { assistant, purpose, filedBy, note }: z.output<typeof OnboardingBody>,
  id: ReturnType<typeof newAssistantId>,
  branch: BranchId,
): Command => ({
  type: 'file-onboarding',
  assistantId: id,
  particulars: {
    ...assistant,
    branchId: branch,
    sourceNote: assistant.sourceNote ?? null,
    teamId: assistant.teamId ?? null,
  },
  purpose,
  filedBy,
  note: note ?? null,
})

const applicationStatuses = ['open', 'returned', 'approved', 'rejected', 'withdrawn', 'expired'] as const

const Filters = z.strictObject({
  ...paging,
  status: z.enum(applicationStatuses).optional(),
  stage: z.enum(ApplicationStage.options).optional(),
  branchId: branchId.optional(),
  centreId: centreId.optional(),
  assistantId: assistantId.optional(),
})

const one = { description: 'The application.', schema: ApplicationView }
const tag = 'Applications'

export const applicationRoutes = (api: Api) => {
  const { system } = api
  const mounted = routes()

  mount(mounted, api, {
    method: 'post',
    path: '/v1/applications',
    tag,
    summary: 'File an application for onboarding or transfer (art. 2, 3, 4, 7, 8)',
    scope: 'cases:write',
    body: ApplicationBody,
    idempotencyKey: 'required',
    answers: {
      201: { description: 'Filed: the branch is asked now.', location: 'The application.', schema: ApplicationView },
    },
    problems: [404],
    handle: async (call) => {
      const { body, client } = call
      const origin = byClient(body.filedBy, client)
      if (body.procedure === 'transfer') {
        const { early, grounds = null, filedBy, note = null } = body
        const command: Command = { type: 'file-transfer', early, grounds, filedBy, note }
        return carryOut(system, call, { assistantId: body.assistantId, command, origin }, answered(201, null))
      }
      const organisation = await system.directory.around(body.assistant.centreId, [body.filedBy])
      if (organisation === null) {
        const facts = { centre: body.assistant.centreId }
        return turnDown(system, call, refuse('unknown-centre', facts, '/assistant/centreId'))
      }
      const id = newAssistantId()
      return carryOut(
        system,
        call,
        {
          assistantId: id,
          command: onboarding(body, id, organisation.branch.id),
          origin,
          seen: { state: null, organisation },
        },
        answered(201, null),
      )
    },
  })

  mount(mounted, api, {
    method: 'get',
    path: '/v1/applications/{id}',
    tag,
    summary: 'Read an application',
    scope: 'cases:read',
    params: z.object({ id: applicationId }),
    answers: { 200: one },
    problems: [404],
    handle: async ({ params: { id }, locale }) => {
      const state = await system.record.load(assistantIdOf(id))
      return state === null || findApplication(state, id) === null
        ? problemReply(problemOfRefusal(refuse('unknown-application'), locale))
        : answered(200, id)(state)
    },
  })

  mount(mounted, api, {
    method: 'get',
    path: '/v1/applications',
    tag,
    summary: 'List applications',
    scope: 'cases:read',
    query: Filters,
    answers: { 200: { description: 'A page of the list.', schema: listOf(ApplicationView) } },
    problems: [400],
    handle: async ({ query, locale }) =>
      listReply('applications', query, locale, async (from, limit) => {
        if (query.assistantId !== undefined) {
          const state = await system.record.load(query.assistantId)
          const all = state === null ? [] : state.applications.map((application) => applicationView(state, application))
          return { items: all.filter((view) => fits(view, query, state)), next: null }
        }
        const prefixes = await keyPrefixes(system.directory, query)
        const ranges = applicationStatuses
          .filter((status) => query.status === undefined || query.status === status)
          .flatMap((status) => applicationPartitions(status, query.stage))
          .flatMap((partition) => prefixes.map((prefix) => ({ partition, prefix, below: null })))
        const { entries, next } = await system.lists.page(ranges, from, limit)
        const cases = await system.lists.cases(entries.map((entry) => entry.assistantId))
        const items = entries.flatMap((entry) => {
          const state = cases.get(entry.assistantId)
          const application = state?.applications.find(({ id }) => entry.sk === `APPLICATION#${id}`)
          return state === undefined || application === undefined ? [] : [applicationView(state, application)]
        })
        return { items, next }
      }),
  })

  mount(mounted, api, {
    method: 'post',
    path: '/v1/applications/{id}/withdrawal',
    tag,
    summary: 'Withdraw an application that is open or returned',
    scope: 'cases:write',
    params: z.object({ id: applicationId }),
    body: WithdrawalBody,
    idempotencyKey: 'optional',
    answers: { 200: one },
    problems: [404],
    handle: (call) => {
      const { id } = call.params
      const { by, reason } = call.body
      const command: Command = { type: 'withdraw', applicationId: id, reason }
      const order = { assistantId: assistantIdOf(id), command, origin: byClient(by, call.client) }
      return carryOut(system, call, order, answered(200, id))
    },
  })

  mount(mounted, api, {
    method: 'post',
    path: '/v1/applications/{id}/amendment',
    tag,
    summary: 'Amend a returned application: the stage that returned it is opened again, in its next round',
    scope: 'cases:write',
    params: z.object({ id: applicationId }),
    body: AmendmentBody,
    idempotencyKey: 'optional',
    answers: { 200: one },
    problems: [404],
    handle: (call) => {
      const { id } = call.params
      const { by, changes, note = null } = call.body
      const { purpose = null, grounds = null, ...particulars } = changes
      const command: Command = { type: 'amend', applicationId: id, changes: { particulars, purpose, grounds }, note }
      const order = { assistantId: assistantIdOf(id), command, origin: byClient(by, call.client) }
      return carryOut(system, call, order, answered(200, id))
    },
  })
  return mounted
}

const fits = (
  view: ApplicationView,
  { status, stage, branchId: branch, centreId: centre }: z.output<typeof Filters>,
  state: AssistantCase | null,
): boolean =>
  (status === undefined || view.status === status) &&
  (stage === undefined || view.stage === stage) &&
  (branch === undefined || state?.particulars.branchId === branch) &&
  (centre === undefined || state?.particulars.centreId === centre)
