import {
  type AssistantCase,
  findApplication,
  openStageOf,
  stageOfApproval,
  stagesOf,
} from '../../shared/domain/assistant.ts'
import { governingPolicy } from '../../shared/domain/context.ts'
import type { SendMail } from '../../shared/domain/duty.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import type { Locale, Organisation } from '../../shared/domain/organisation.ts'
import { clientCapOf } from '../../shared/domain/portfolio.ts'
import type { StageRecord } from '../../shared/domain/stage.ts'
import { itemsToPass } from '../../shared/domain/training.ts'
import { fill, listed } from '../../shared/text/locale.ts'
import { mailPhrases, mailTexts } from '../../shared/text/mails.ts'
import { replyTexts } from '../../shared/text/reply.ts'
import { terms } from '../../shared/text/terms.ts'
import { localTime } from '../../shared/text/time.ts'
import type { Mail } from '../adapters/mailer.ts'
import type { Part } from './layout.ts'
import { matterOf } from './matter.ts'
import { type Desk, type Recipient, writeMail } from './write.ts'

/** The stage that a mail speaks of: the one that it asks about, else the newest of its application or of the review. */
const stageOf = (state: AssistantCase, { approvalId, applicationId }: SendMail): StageRecord | null =>
  approvalId !== null
    ? stageOfApproval(state, approvalId)
    : (stagesOf(state).findLast((stage) => stage.applicationId === applicationId && stage.stage !== 'dispute') ?? null)

/** Of a decision, and of its dispute, what sentences can name; empty where there was none. */
const decisionFacts = (
  stage: StageRecord | null,
  { disputes }: AssistantCase,
  { people }: Organisation,
  locale: Locale,
  { zone }: Desk,
) => {
  const dispute = disputes.at(-1)
  const nameOf = (person: EmployeeNo | null | undefined): string =>
    person === null || person === undefined ? '' : (people.get(person)?.name ?? person)
  return {
    decision: stage?.decision ? terms[locale].decision[stage.decision] : '',
    decidedBy: nameOf(stage?.decidedBy),
    decidedAt: stage?.decidedAt ? localTime(stage.decidedAt, zone) : '',
    disputedBy: nameOf(dispute?.disputedBy),
    effect: dispute === undefined ? '' : mailPhrases[locale].effect[dispute.effect],
  }
}

/** The stage that goes up, which can be a dispute's, or that a dispute is about; for other notices the newest of the matter. */
const stageAbout = (state: AssistantCase, duty: SendMail): StageRecord | null => {
  const open = openStageOf(state)
  if (duty.notice === 'escalation' && open?.applicationId === duty.applicationId) return open
  const dispute = state.disputes.at(-1)
  return dispute !== undefined && isAboutDispute.has(duty.notice)
    ? stageOfApproval(state, dispute.approvalId)
    : stageOf(state, duty)
}

const isAboutDispute: ReadonlySet<SendMail['notice']> = new Set(['disputed', 'upheld', 'annulled'])

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
  receipt: false,
  decided: false,
  disputed: false,
  upheld: false,
  annulled: false,
  'hand-over-request': false,
  'exit-begun': true,
  'training-missing': true,
  'training-due': true,
  'near-cap': true,
}

/** What is on file of the year, as far as sentences can name it. */
const yearFacts = (state: AssistantCase, locale: Locale, { now, ...desk }: Desk) => {
  const { training, portfolio, onPostSince } = state
  const { lacking } = mailPhrases[locale]
  const missing = [training.plan === null ? lacking.plan : null, training.mentor === null ? lacking.mentor : null]
  const items = itemsToPass(training).toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))
  return {
    onPostSince: onPostSince ?? '',
    missing: listed(
      missing.filter((name) => name !== null),
      locale,
    ),
    items: listed(
      items.map(({ title, dueOn }) => fill(mailPhrases[locale].item, { title, dueOn })),
      locale,
    ),
    clientCount: String(portfolio.length),
    cap: String(clientCapOf(state, { ...desk, now: now() })),
  }
}

/** The facts that the sentences of a mail can name. */
const factsOf = (
  duty: SendMail,
  state: AssistantCase,
  organisation: Organisation,
  locale: Locale,
  desk: Desk,
): Readonly<Record<string, string>> => {
  const words = terms[locale]
  const { particulars, exit } = state
  const application = duty.applicationId === null ? null : findApplication(state, duty.applicationId)
  const stage = stageAbout(state, duty)
  const track = words.track[particulars.track]
  const matter = matterOf(
    state,
    duty.applicationId,
    stage?.stage ?? null,
    isOver[duty.notice] ? 'application' : 'matter',
    locale,
  )
  const principal = stage?.asked.find(({ id }) => id === duty.approvalId)?.onBehalfOf ?? null
  return {
    matter,
    track,
    assistant: particulars.name,
    centre: organisation.centre.name,
    branch: organisation.branch.name,
    caseNumber: duty.applicationId ?? state.id,
    ...decisionFacts(stage, state, organisation, locale, desk),
    dueOn: stage?.status === 'open' ? stage.dueOn : '',
    reason: stage?.reason ?? '',
    amendBy: application?.amendBy ?? '',
    effectiveAt: application?.effectiveAt ? localTime(application.effectiveAt, desk.zone) : '',
    onBehalfOf: principal === null ? '' : (organisation.people.get(principal)?.name ?? principal),
    ground: exit === null ? '' : words.ground[exit.ground],
    ...yearFacts(state, locale, desk),
  }
}

/** What the reader of a mail can do about it. */
export interface Ways {
  /** Where the reader decides, or disputes what was decided. */
  readonly link: string
  /** Where a reply goes; null where nobody reads one. */
  readonly replyTo: string | null
  /** What a reply brings about; null where only the page takes the answer. */
  readonly reply: 'decides' | 'needsCode' | null
}

const howToReply = (reply: Ways['reply'], locale: Locale): readonly Part[] => {
  const words = replyTexts[locale]
  return reply === null ? [] : [{ heading: words[reply], rows: words.answers, action: null }]
}

/** Within which time, and how, a decision is disputed. */
const disputeNote = (state: AssistantCase, locale: Locale, { now, zone, policies }: Desk): string => {
  const { within } = governingPolicy(state, { now: now(), zone, policies }).dispute
  return fill(mailPhrases[locale].disputeOnly, { hours: String(within) })
}

/** Writes the mail of a duty; `ways` are null where its reader is merely told. */
export const composeMail = async (
  duty: SendMail,
  recipient: Recipient,
  state: AssistantCase,
  organisation: Organisation,
  desk: Desk,
  ways: Ways | null,
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
  const action = ways !== null && words.action !== undefined ? { label: words.action, link: ways.link } : null
  const letter = {
    subject,
    opening,
    parts: [{ heading: null, rows, action }, ...howToReply(ways?.reply ?? null, locale)],
    notes: action === null ? [] : [duty.notice === 'receipt' ? disputeNote(state, locale, desk) : phrases.linkOnly],
  }
  return { ...(await writeMail(duty.id, recipient, letter, desk)), replyTo: ways?.replyTo ?? null }
}
