import { type AssistantCase, findApplication, liveDispute } from './assistant.ts'
import type { Dossier } from './events.ts'
import type { ApplicationId, EmployeeNo } from './ids.ts'
import type { Organisation } from './organisation.ts'

/** Gathers what the approvers of a stage decide on; `applicationId` is null for the review and its dispute. */
export const dossierOf = (
  state: AssistantCase,
  applicationId: ApplicationId | null,
  organisation: Organisation,
): Dossier => {
  const { employeeNo, name, track, source, sourceNote, centreId, branchId, teamId } = state.particulars
  const application = applicationId === null ? null : findApplication(state, applicationId)
  const stages = application?.stages ?? state.reviews.flatMap(({ stage }) => stage ?? [])
  const dispute = liveDispute(state)
  const named = (person: EmployeeNo) => ({
    employeeNo: person,
    name: organisation.people.get(person)?.name ?? person,
  })
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
    dispute: dispute === null ? null : { disputedBy: named(dispute.disputedBy), reason: dispute.reason },
  }
}
