import * as z from 'zod'
import { branchId, centreId, employeeNo } from '../../../shared/contracts/fields.ts'
import {
  BranchBody,
  BranchView,
  CentreBody,
  CentreView,
  DelegationBody,
  DelegationChangeView,
  HqBody,
  PersonBody,
  PersonView,
} from '../../../shared/contracts/organisation.ts'
import type { Mistake } from '../../../shared/text/mistakes.ts'
import { delegate, mistakenDelegate } from '../../absence.ts'
import { registerBranch, registerCentre, registerHq } from '../../register-unit.ts'
import { listOf, paging } from '../listing.ts'
import { type Api, mount, routes } from '../operations.ts'
import { byClientItself } from '../orders.ts'
import { oneMistake } from '../mistakes.ts'
import { jsonReply, noContent, problemOfCall, problemReply, statusOf } from '../problem.ts'

/** What registering something answers: what is now on record. A case that waits on it may be too busy to go on at once. */
const registering = <Body extends z.ZodType>(body: Body, view: z.ZodType = body) =>
  ({
    method: 'put',
    tag: 'Organisation',
    scope: 'organisation:write',
    body,
    answers: { 200: { description: 'Replaced.', schema: view }, 201: { description: 'Created.', schema: view } },
    problems: [409],
  }) as const

/** People and units as HR registers them, in any order: who is named is looked up when an application needs them. */
export const organisationRoutes = (api: Api) => {
  const { directory } = api.system
  const mounted = routes()

  mount(mounted, api, {
    ...registering(PersonBody, PersonView),
    path: '/v1/people/{employeeNo}',
    summary: 'Register a person',
    params: z.object({ employeeNo }),
    problems: [],
    handle: async ({ params, body }) => {
      const { centreId: centre = null, teamId = null, ...person } = body
      const outcome = await directory.putPerson({ ...person, ...params, centreId: centre, teamId })
      return jsonReply(statusOf[outcome], { ...params, ...body })
    },
  })

  mount(mounted, api, {
    ...registering(DelegationBody),
    path: '/v1/people/{employeeNo}/delegation',
    summary: 'Name the delegate who decides for an approver on days of absence, both included (art. 7)',
    params: z.object({ employeeNo }),
    problems: [404, 409],
    handle: async ({ params, body, client, locale }) => {
      const mistake = await mistakenDelegate(api.system, params.employeeNo, body)
      if (mistake !== null) return oneMistake('/delegate', mistake, locale)
      const outcome = await delegate(api.system, params.employeeNo, body, byClientItself(client))
      return outcome === 'unknown-person'
        ? problemReply(problemOfCall('unknown-resource', locale))
        : jsonReply(statusOf[outcome], body)
    },
  })

  mount(mounted, api, {
    method: 'delete',
    path: '/v1/people/{employeeNo}/delegation',
    tag: 'Organisation',
    summary: 'End a delegation',
    scope: 'organisation:write',
    params: z.object({ employeeNo }),
    answers: { 204: { description: 'There is none now.' } },
    problems: [404, 409],
    handle: async ({ params, client, locale }) =>
      (await delegate(api.system, params.employeeNo, null, byClientItself(client))) === 'unknown-person'
        ? problemReply(problemOfCall('unknown-resource', locale))
        : noContent,
  })

  mount(mounted, api, {
    method: 'get',
    path: '/v1/people/{employeeNo}/delegations',
    tag: 'Organisation',
    summary: 'Read who was ever named to stand in for someone, for which days and by whom, the latest first',
    scope: 'audit:read',
    params: z.object({ employeeNo }),
    query: z.strictObject({
      limit: paging.limit,
      cursor: z
        .string()
        .regex(/^[1-9]\d{0,5}$/, { error: 'cursor' satisfies Mistake })
        .optional(),
    }),
    answers: { 200: { description: 'A page of what was named.', schema: listOf(DelegationChangeView) } },
    problems: [400, 404],
    handle: async ({ params, query: { limit, cursor = '999999' }, locale }) => {
      if ((await directory.person(params.employeeNo)) === null)
        return problemReply(problemOfCall('unknown-resource', locale))
      const changes = await api.system.delegations.history(params.employeeNo, Number(cursor), limit)
      const last = changes.at(-1)?.number ?? 1
      const items = changes.map(({ at, by, channel, client, delegation }) => ({ at, by, channel, client, delegation }))
      return jsonReply(200, { items, next: last > 1 ? String(last) : null })
    },
  })

  mount(mounted, api, {
    ...registering(HqBody),
    path: '/v1/hq',
    summary: 'Register HQ and its approvers',
    handle: async ({ body }) => jsonReply(statusOf[await registerHq(api.system, body)], body),
  })

  mount(mounted, api, {
    ...registering(BranchBody, BranchView),
    path: '/v1/branches/{branchId}',
    summary: 'Register a branch and its approvers',
    params: z.object({ branchId }),
    handle: async ({ params, body }) => {
      const branch = { id: params.branchId, ...body }
      return jsonReply(statusOf[await registerBranch(api.system, branch)], branch)
    },
  })

  mount(mounted, api, {
    ...registering(CentreBody, CentreView),
    path: '/v1/centres/{centreId}',
    summary: 'Register a centre, its head and its teams',
    params: z.object({ centreId }),
    handle: async ({ params, body }) => {
      const centre = { id: params.centreId, ...body }
      return jsonReply(statusOf[await registerCentre(api.system, centre)], centre)
    },
  })
  return mounted
}
