import * as z from 'zod'
import type { Mistake } from '../text/mistakes.ts'
import { branchId, centreId, day, distinct, email, employeeNo, instant, line, secret, teamId } from './fields.ts'

/** The most whom a unit can have: what concerns all of two units is recorded in one transaction of DynamoDB, of 100 writes. */
const mostApprovers = 15

/** Everyone asked for a consent: all are asked, the first answer counts. */
const approvers = distinct(employeeNo, mostApprovers, (approver) => approver).min(1)

export const PersonBody = z.strictObject({
  name: line(),
  email,
  post: z.enum(['staff', 'relationship-manager']),
  centreId: centreId.nullish(),
  teamId: teamId.nullish(),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
})

export const PersonView = PersonBody.extend({ employeeNo }).meta({ id: 'Person' })

export const DelegationBody = z
  .strictObject({
    /** Null where nobody stands in: the other approvers are asked, else the level above is told. */
    delegate: employeeNo.nullable(),
    from: day,
    until: day,
    reason: line(500),
  })
  .refine(({ from, until }) => from <= until, { error: 'until-before-from' satisfies Mistake, path: ['until'] })

/** That a delegate was named for someone's absence, or that it was ended (`delegation` null). */
export const DelegationChangeView = z
  .object({
    at: instant,
    /** The person, on their page, or `system` where HR's system did. */
    by: z.string(),
    channel: z.string(),
    client: z.string().nullable(),
    delegation: z.object({ delegate: employeeNo.nullable(), from: day, until: day }).nullable(),
  })
  .meta({ id: 'DelegationChange' })

/** What an approver says of their own absence; a delegation of null ends the one that there is. */
export const AbsenceBody = z.strictObject({
  secret,
  code: z.string().max(20),
  delegation: DelegationBody.nullable(),
})

export const AbsenceView = z
  .object({
    employeeNo,
    name: z.string(),
    delegation: z
      .object({
        delegate: employeeNo.nullable(),
        delegateName: z.string().nullable(),
        from: day,
        until: day,
        reason: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'Absence' })
export type AbsenceView = z.infer<typeof AbsenceView>

export const HqBody = z.strictObject({ name: line(), approvers })
export const BranchBody = z.strictObject({ name: line(), approvers })
export const CentreBody = z.strictObject({
  name: line(),
  branchId,
  head: employeeNo,
  teams: distinct(z.strictObject({ id: teamId, name: line(), leader: employeeNo }), 50, (team) => team.id),
})

export const BranchView = BranchBody.extend({ id: branchId }).meta({ id: 'Branch' })
export const CentreView = CentreBody.extend({ id: centreId }).meta({ id: 'Centre' })
