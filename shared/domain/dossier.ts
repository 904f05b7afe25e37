import { type AssistantCase, findApplication, liveDispute } from './assistant.ts'
import type { Dossier } from './events.ts'
import type { ApplicationId, EmployeeNo } from './ids.ts'
import { today, type Context } from './context.ts'
import { type Period, scoreOf } from './performance.ts'
import { clientCapOf } from './portfolio.ts'
import { standingTo } from './standard.ts'
import type { StageRecord } from './stage.ts'
import { itemsToPass } from './training.ts'
import type { YearRecord } from './year-record.ts'

/** What a dossier is gathered by. */
type Present = Pick<Context, 'now' | 'zone' | 'policies' | 'organisation'>

const nameIn = ({ organisation }: Present, employeeNo: EmployeeNo) => ({
  employeeNo,
  name: organisation.people.get(employeeNo)?.name ?? employeeNo,
})

/** What is on file of the time on the post (art. 5, 6, 8, 9); null before it has begun. */
const yearRecordOf = (state: AssistantCase, present: Present): YearRecord | null => {
  if (state.onPostSince === null) return null
  const { mentor, plan, assessments, attendance } = state.training
  const day = today(present)
  return {
    mentor: mentor === null ? null : nameIn(present, mentor),
    trainingPlan: plan === null ? null : { version: plan.version, items: [...plan.items] },
    assessments: [...assessments],
    toPass: itemsToPass(state.training).map(({ id }) => id),
    attendance,
    performance: Object.entries(state.performance).map(([period, figures]) => {
      const rules = present.organisation.scoring.get(period as Period)
      return { period, score: rules === undefined ? null : scoreOf(rules, figures) }
    }),
    clients: { count: state.portfolio.length, cap: clientCapOf(state, present) },
    standard: standingTo(state, present.policies.on(day), day),
  }
}

/**
 * What a stage's approvers decide on now: what they were asked, with the facts of the year as they stand. A review is
 * open for weeks, in which the training goes on.
 */
export const currentDossier = (state: AssistantCase, { dossier }: StageRecord, present: Present): Dossier => ({
  ...dossier,
  violations: [...state.violations],
  year: yearRecordOf(state, present),
})

/** Gathers what the approvers of a stage decide on; `applicationId` is null for the review and its dispute. */
export const dossierOf = (state: AssistantCase, applicationId: ApplicationId | null, present: Present): Dossier => {
  const { organisation } = present
  const { employeeNo, name, track, source, sourceNote, centreId, branchId, teamId } = state.particulars
  const application = applicationId === null ? null : findApplication(state, applicationId)
  const stages = application?.stages ?? state.reviews.flatMap(({ stage }) => stage ?? [])
  const dispute = liveDispute(state)
  const named = (person: EmployeeNo) => nameIn(present, person)
  return {
    assistant: { id: state.id, employeeNo, name, track, centreId, branchId, teamId },
    procedure: application?.procedure ?? null,
    source,
    sourceNote,
    centre: organisation.centre.name,
    team: organisation.centre.teams.find(({ id }) => id === teamId)?.name ?? null,
    branch: organisation.branch.name,
    purpose: application?.purpose ?? null,
    grounds: application?.grounds ?? null,
    note: application?.note ?? null,
    filedBy: application === null ? null : named(application.filedBy),
    onPostSince: state.onPostSince,
    reviewDueOn: state.reviewDueOn,
    earlier: stages.flatMap(({ stage, round, status, decision, decidedBy, reason }) =>
      decision === null || decidedBy === null
        ? []
        : [{ stage, round, decision, decidedBy: named(decidedBy), reason, annulled: status === 'annulled' }],
    ),
    violations: [...state.violations],
    year: yearRecordOf(state, present),
    dispute: dispute === null ? null : { disputedBy: named(dispute.disputedBy), reason: dispute.reason },
  }
}
