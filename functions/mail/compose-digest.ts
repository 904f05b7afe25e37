import { type AssistantCase, openStageOf } from '../../shared/domain/assistant.ts'
import type { Locale, Person } from '../../shared/domain/organisation.ts'
import type { StageRecord } from '../../shared/domain/stage.ts'
import { type Day, dayOf } from '../../shared/domain/time.ts'
import { digestMailTexts } from '../../shared/text/digest-mail.ts'
import { fill } from '../../shared/text/locale.ts'
import { mailPhrases } from '../../shared/text/mails.ts'
import { localTime } from '../../shared/text/time.ts'
import type { Mail } from '../adapters/mailer.ts'
import type { Part } from './layout.ts'
import { matterOf } from './matter.ts'
import { type Desk, recipientOf, writeMail } from './write.ts'

/** One case that waits on the reader; `link` is where it is decided, null for one that others decide. */
export interface DigestEntry {
  readonly state: AssistantCase
  readonly link: string | null
}

const lastDay = (dueOn: Day, { calendar, now, zone }: Desk, locale: Locale): string => {
  const words = digestMailTexts[locale]
  const today = dayOf(now(), zone)
  if (dueOn < today) return fill(words.overdue, { dueOn })
  // How many of its days are worked is not published so far.
  if (dueOn > calendar.lastDay) return dueOn
  return fill(words.daysLeft, { dueOn, days: String(calendar.countWorkingDays(today, dueOn)) })
}

const partOf = ({ state, link }: DigestEntry, stage: StageRecord, { locale }: Person, desk: Desk): Part => {
  const words = digestMailTexts[locale]
  const { facts } = mailPhrases[locale]
  const { name } = state.particulars
  const matter = matterOf(state, stage.applicationId, stage.stage, 'matter', locale)
  return {
    heading: fill(link === null ? words.told : words.asked, { matter, assistant: name }),
    rows: [
      [facts.centre, stage.dossier.centre],
      [facts.caseNumber, stage.applicationId ?? state.id],
      [words.since, localTime(stage.openedAt, desk.zone)],
      [words.dueOn, lastDay(stage.dueOn, desk, locale)],
    ],
    action: link === null ? null : { label: stage.stage === 'hand-over' ? words.handOver : words.action, link },
  }
}

/** Writes the one mail a day that lists what waits on someone; `isAll` is false where there is more than it lists. */
export const composeDigest = (
  dutyId: string,
  person: Person,
  entries: readonly DigestEntry[],
  isAll: boolean,
  desk: Desk,
): Promise<Mail> => {
  const { locale } = person
  const words = digestMailTexts[locale]
  const parts = entries.flatMap((entry) => {
    const stage = openStageOf(entry.state)
    return stage === null ? [] : [partOf(entry, stage, person, desk)]
  })
  const facts = { count: String(parts.length), day: dayOf(desk.now(), desk.zone) }
  return writeMail(
    dutyId,
    recipientOf(person),
    {
      subject: fill(words.subject, facts),
      opening: fill(words.opening, facts),
      parts,
      notes: [...(isAll ? [] : [fill(words.more, facts)]), words.linksOnly],
    },
    desk,
  )
}
