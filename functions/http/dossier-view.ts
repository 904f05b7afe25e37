import type { DossierView } from '../../shared/contracts/decisions.ts'
import { currentDossier } from '../../shared/domain/dossier.ts'
import { allowedDecisions } from '../../shared/domain/deciding.ts'
import { codeNeeded } from '../../shared/domain/step-up.ts'
import type { Locale, Organisation } from '../../shared/domain/organisation.ts'
import { needsReason } from '../../shared/domain/stage.ts'
import { type Day, dayOf } from '../../shared/domain/time.ts'
import type { WorkingCalendar } from '../../shared/domain/working-calendar.ts'
import { dossierLabels } from '../../shared/text/dossier.ts'
import { digest } from '../adapters/digest.ts'
import type { System } from '../adapters/system.ts'
import type { Shown } from '../answering.ts'
import { factsOf } from './dossier-facts.ts'

/** What an approver decides on, in their language. */
export const dossierView = (
  { state, stage, approval }: Shown,
  { calendar, zone, policies, now }: Pick<System, 'calendar' | 'zone' | 'policies' | 'now'>,
  organisation: Organisation,
  locale: Locale,
): DossierView => {
  const present = { now: now(), zone, policies, organisation }
  const dossier = currentDossier(state, stage, present)
  const allowed = [...allowedDecisions(stage, present)]
  const nameOf = (person: typeof approval.approver): string => organisation.people.get(person)?.name ?? person
  const asked = ({ approver, onBehalfOf }: typeof approval): DossierView['approver'] => ({
    employeeNo: approver,
    name: nameOf(approver),
    onBehalfOf,
    onBehalfOfName: onBehalfOf && nameOf(onBehalfOf),
  })
  return {
    approvalId: approval.id,
    approver: asked(approval),
    stage: stage.stage,
    ...(stage.applicationId === null ? {} : { applicationId: stage.applicationId }),
    assistant: dossier.assistant,
    allowed,
    reasonNeeded: allowed.filter((decision) => needsReason[decision]),
    dueOn: stage.dueOn,
    workingDaysLeft: workingDaysLeft(calendar, dayOf(present.now, zone), stage.dueOn),
    codeNeeded: codeNeeded(state, present),
    article: stage.stage === 'centre-review' ? '4' : '7',
    facts: [
      ...factsOf(dossier, locale),
      ...(approval.onBehalfOf === null
        ? []
        : [{ label: dossierLabels[locale].onBehalfOf, value: nameOf(approval.onBehalfOf) }]),
    ],
    dossierHash: digest(dossier),
    alsoAsked: stage.asked.filter(({ approver }) => approver !== approval.approver).map(asked),
  }
}

const workingDaysLeft = (calendar: WorkingCalendar, today: Day, dueOn: Day): number | null =>
  dueOn > calendar.lastDay ? null : calendar.countWorkingDays(today, dueOn)
