import { type AssistantCase, findApplication, stageOfApproval, stagesOf } from '../../shared/domain/assistant.ts'
import type { SendMail } from '../../shared/domain/duty.ts'
import type { Locale, Organisation } from '../../shared/domain/organisation.ts'
import type { StageRecord } from '../../shared/domain/stage.ts'
import { fill } from '../../shared/text/locale.ts'
import { mailPhrases, mailTexts } from '../../shared/text/mails.ts'
import { terms } from '../../shared/text/terms.ts'
import { localTime } from '../../shared/text/time.ts'
import type { Mail } from '../adapters/mailer.ts'
import { matterOf } from './matter.ts'
import { type Desk, type Recipient, writeMail } from './write.ts'

/** The stage that a mail speaks of: the one that it asks about, else the newest of its application or of the review. */
const stageOf = (state: AssistantCase, { approvalId, applicationId }: SendMail): StageRecord | null =>
  approvalId !== null
    ? stageOfApproval(state, approvalId)
    : (stagesOf(state).findLast((stage) => stage.applicationId === applicationId) ?? null)

/** Whether a notice is about an application whose stages are over. */
const isOver: Readonly<Record<SendMail['notice'], boolean>> = {
  'decision-request': false,
  escalation: false,
  returned: false,
  rejected: false,
  expired: false,
  withdrawn: true,
  'took-effect': true,
  exited: true,
}

/** The facts that the sentences of a mail can name. */
const factsOf = (
  duty: SendMail,
  state: AssistantCase,
  organisation: Organisation,
  locale: Locale,
  { zone }: Desk,
): Readonly<Record<string, string>> => {
  const words = terms[locale]
  const { particulars, exit } = state
  const application = duty.applicationId === null ? null : findApplication(state, duty.applicationId)
  const stage = stageOf(state, duty)
  const track = words.track[particulars.track]
  const matter = matterOf(state, duty.applicationId, isOver[duty.notice] ? 'application' : 'matter', locale)
  const principal = stage?.asked.find(({ id }) => id === duty.approvalId)?.onBehalfOf ?? null
  return {
    matter,
    track,
    assistant: particulars.name,
    centre: organisation.centre.name,
    branch: organisation.branch.name,
    caseNumber: duty.applicationId ?? state.id,
    dueOn: stage?.status === 'open' ? stage.dueOn : '',
    reason: stage?.reason ?? '',
    amendBy: application?.amendBy ?? '',
    effectiveAt: application?.effectiveAt ? localTime(application.effectiveAt, zone) : '',
    onBehalfOf: principal === null ? '' : (organisation.people.get(principal)?.name ?? principal),
    ground: exit === null ? '' : words.ground[exit.ground],
  }
}

/** Writes the mail of a duty; `link` is where its reader decides, where the mail asks for a decision. */
export const composeMail = (
  duty: SendMail,
  recipient: Recipient,
  state: AssistantCase,
  organisation: Organisation,
  desk: Desk,
  link: string | null,
): Promise<Mail> => {
  const { locale } = recipient
  const phrases = mailPhrases[locale]
  const words = mailTexts[locale][duty.notice]
  const facts = factsOf(duty, state, organisation, locale, desk)
  const subject = `${fill(words.subject, facts)} [${facts['caseNumber'] ?? ''}]`
  const opening = fill(words.opening, facts)
  const rows = (['assistant', 'track', 'centre', 'branch', 'caseNumber', 'dueOn', 'onBehalfOf'] as const).flatMap(
    (name) => (facts[name] ? [[phrases.facts[name], facts[name]] as const] : []),
  )
  const action = link !== null && words.action !== undefined ? { label: words.action, link } : null
  const letter = {
    subject,
    opening,
    parts: [{ heading: null, rows, action }],
    notes: action === null ? [] : [phrases.linkOnly],
  }
  return writeMail(duty.id, recipient, letter, desk)
}
