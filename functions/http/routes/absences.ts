import * as z from 'zod'
import { employeeNo } from '../../../shared/contracts/fields.ts'
import { CodeView, SecretBody } from '../../../shared/contracts/decisions.ts'
import { AbsenceBody, AbsenceView } from '../../../shared/contracts/organisation.ts'
import type { EmployeeNo } from '../../../shared/domain/ids.ts'
import type { Delegation, Person } from '../../../shared/domain/organisation.ts'
import { dayOf } from '../../../shared/domain/time.ts'
import { absenceCode, delegate, mistakenDelegate } from '../../absence.ts'
import { digest } from '../../adapters/digest.ts'
import type { System } from '../../adapters/system.ts'
import { isAbsenceSecret } from '../../mail/links.ts'
import { replyWithCode, wrongCode } from '../codes.ts'
import { oneMistake } from '../mistakes.ts'
import { type Api, mount, routes } from '../operations.ts'
import { deadLink, jsonReply } from '../problem.ts'

/** Whom a link is for. Null alike for a wrong secret and for nobody on record, after the same work. */
const show = async (system: System, number: EmployeeNo, secret: string): Promise<Person | null> => {
  const [isRight, person] = await Promise.all([
    isAbsenceSecret(system, number, secret),
    system.directory.person(number),
  ])
  return isRight ? person : null
}

const isOver = ({ now, zone }: System, { until }: Delegation): boolean => until < dayOf(now(), zone)

const viewOf = async (system: System, { employeeNo: number, name, delegation: last }: Person): Promise<AbsenceView> => {
  const { directory } = system
  const delegation = last === null || isOver(system, last) ? null : last
  const standsIn =
    delegation === null || delegation.delegate === null ? null : await directory.person(delegation.delegate)
  return {
    employeeNo: number,
    name,
    delegation: delegation === null ? null : { ...delegation, delegateName: standsIn?.name ?? null },
  }
}

const shared = { tag: 'Absence', scope: null, params: z.object({ employeeNo }) } as const

/** What the page calls on which an approver says that they will be away. */
export const absenceRoutes = (api: Api) => {
  const { system } = api
  const mounted = routes()

  mount(mounted, api, {
    ...shared,
    method: 'post',
    path: '/absence/{employeeNo}/delegation',
    summary: 'Read the delegation on record; changes nothing',
    body: SecretBody,
    answers: { 200: { description: 'What is on record.', schema: AbsenceView } },
    problems: [404],
    handle: async ({ params, body: { secret }, locale }) => {
      const person = await show(system, params.employeeNo, secret)
      return person === null ? deadLink(locale) : jsonReply(200, await viewOf(system, person))
    },
  })

  mount(mounted, api, {
    ...shared,
    method: 'post',
    path: '/absence/{employeeNo}/code',
    summary: "Mail a six-digit code to the person's registered address",
    body: SecretBody,
    answers: { 200: { description: 'The code is on its way.', schema: CodeView } },
    problems: [404, 429],
    handle: async ({ params, body: { secret }, locale }) => {
      const person = await show(system, params.employeeNo, secret)
      return person === null ? deadLink(locale) : replyWithCode(system, absenceCode(person.employeeNo), locale)
    },
  })

  mount(mounted, api, {
    ...shared,
    method: 'post',
    path: '/absence/{employeeNo}',
    summary: 'Name the delegate who decides on days of absence, or nobody; null ends it (art. 7)',
    body: AbsenceBody,
    answers: { 200: { description: 'What is on record now.', schema: AbsenceView } },
    problems: [404, 409],
    handle: async ({ params, body: { secret, code, delegation }, locale }) => {
      const person = await show(system, params.employeeNo, secret)
      if (person === null) return deadLink(locale)
      // It is so already: the first answer may have been lost, and its code is spent.
      if (digest(person.delegation) === digest(delegation)) return jsonReply(200, await viewOf(system, person))
      const mistake = delegation === null ? null : await mistakenDelegate(system, person.employeeNo, delegation)
      if (mistake !== null) return oneMistake('/delegation/delegate', mistake, locale)
      if (delegation !== null && isOver(system, delegation)) return oneMistake('/delegation/until', 'in-past', locale)
      if (!(await system.codes.accept(absenceCode(person.employeeNo), code, system.now()))) return wrongCode(locale)
      const origin = { by: person.employeeNo, onBehalfOf: null, channel: 'page', client: null } as const
      await delegate(system, person.employeeNo, delegation, origin)
      await system.codes.spend(absenceCode(person.employeeNo))
      return jsonReply(200, await viewOf(system, { ...person, delegation }))
    },
  })
  return mounted
}
