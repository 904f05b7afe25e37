import type { DossierView } from '../../shared/contracts/decisions.ts'
import type { Dossier } from '../../shared/domain/events.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import type { YearRecord } from '../../shared/domain/year-record.ts'
import { dossierLabels, yearLabels } from '../../shared/text/dossier.ts'
import { fill, labelled, listed } from '../../shared/text/locale.ts'
import { terms } from '../../shared/text/terms.ts'

type Facts = DossierView['facts']

const violationFacts = ({ violations }: Dossier, locale: Locale): Facts => {
  const labels = yearLabels[locale]
  return violations.map(({ on, severity, sanctioned, sanctionLiftedOn, description }) => ({
    label: fill(labels.violation, { day: on }),
    value: [
      terms[locale].severity[severity],
      sanctioned ? labels.sanctioned : labels.notSanctioned,
      sanctionLiftedOn === null ? null : fill(labels.lifted, { day: sanctionLiftedOn }),
      description,
    ]
      .filter(Boolean)
      .join(' · '),
  }))
}

/** One row for each item of the plan: what it is, by when, and what came of it. */
const trainingFacts = ({ trainingPlan, assessments, toPass }: YearRecord, locale: Locale): Facts => {
  const labels = yearLabels[locale]
  if (trainingPlan === null) return [{ label: labels.trainingPlan, value: labels.none }]
  return trainingPlan.items.map(({ id, topic, title, dueOn }) => {
    const tries = assessments.filter(({ itemId }) => itemId === id)
    const last = tries.at(-1)
    const result = toPass.includes(id) ? (last === undefined ? labels.notAssessed : labels.notPassed) : labels.passed
    const count = String(tries.length)
    return {
      label: labelled(labels.training, title, locale),
      value: [
        terms[locale].topic[topic],
        fill(labels.dueOn, { day: dueOn }),
        result,
        last === undefined ? null : fill(labels.lastTry, { day: last.takenOn, count }),
        last === undefined || last.score === null ? null : fill(labels.score, { score: String(last.score) }),
      ]
        .filter(Boolean)
        .join(' · '),
    }
  })
}

const inWords = (value: string | number | boolean, locale: Locale): string => {
  const words: Readonly<Record<string, string>> = { ...terms[locale].education, ...yearLabels[locale].answers }
  return words[String(value)] ?? String(value)
}

/** The items that are still to be passed, by their titles: what the criterion itself names are their ids. */
const titlesToPass = ({ trainingPlan, toPass }: YearRecord, locale: Locale): string =>
  listed(
    toPass.map((id) => trainingPlan?.items.find((item) => item.id === id)?.title ?? id),
    locale,
  )

const criterionFacts = (year: YearRecord, locale: Locale): Facts =>
  year.standard.map(({ criterion, standing, from }) => ({
    label: labelled(yearLabels[locale].standard, terms[locale].criterion[criterion], locale),
    value: [
      terms[locale].standing[standing],
      ...Object.entries(from).map(([name, value]) =>
        labelled(
          yearLabels[locale].facts[name] ?? name,
          name === 'toPass' ? titlesToPass(year, locale) : inWords(value, locale),
          locale,
        ),
      ),
    ].join(' · '),
  }))

const yearFacts = (year: YearRecord, locale: Locale): Facts => {
  const labels = yearLabels[locale]
  const { mentor, attendance, performance, clients } = year
  const attended = (['meeting', 'training', 'coaching'] as const).map((kind) =>
    fill(labels.attended, {
      kind: terms[locale].attendance[kind],
      count: String(attendance[kind].count),
      minutes: String(attendance[kind].minutes),
    }),
  )
  return [
    { label: labels.mentor, value: mentor?.name ?? labels.none },
    ...trainingFacts(year, locale),
    { label: labels.attendance, value: attended.join(' · ') },
    ...performance.map(({ period, score }) => ({
      label: fill(labels.performance, { period }),
      value: score === null ? labels.none : fill(labels.score, { score: String(score) }),
    })),
    { label: labels.clients, value: fill(labels.ofCap, { count: String(clients.count), cap: String(clients.cap) }) },
    ...criterionFacts(year, locale),
  ]
}

/** What a dossier holds, in the reader's language and in the order of reading. */
export const factsOf = (dossier: Dossier, locale: Locale): Facts => {
  const labels = dossierLabels[locale]
  const words = terms[locale]
  const known: readonly (readonly [keyof typeof labels, string | null])[] = [
    ['procedure', dossier.procedure && words.procedure[dossier.procedure]],
    ['track', words.track[dossier.assistant.track]],
    ['source', words.source[dossier.source]],
    ['sourceNote', dossier.sourceNote],
    ['centre', dossier.centre],
    ['team', dossier.team],
    ['branch', dossier.branch],
    ['purpose', dossier.purpose],
    ['grounds', dossier.grounds],
    ['note', dossier.note],
    ['filedBy', dossier.filedBy && dossier.filedBy.name],
    ['onPostSince', dossier.onPostSince],
    ['reviewDueOn', dossier.reviewDueOn],
    ['disputedBy', dossier.dispute && dossier.dispute.disputedBy.name],
    ['disputeReason', dossier.dispute && dossier.dispute.reason],
  ]
  const earlier = dossier.earlier.map(({ stage, round, decision, decidedBy, reason, annulled }) => ({
    label: fill(labels.earlier, { stage: words.stage[stage], round: String(round) }),
    value: [words.decision[decision], annulled ? labels.annulled : null, decidedBy.name, reason]
      .filter(Boolean)
      .join(' · '),
  }))
  return [
    ...known.flatMap(([name, value]) => (value ? [{ label: labels[name], value }] : [])),
    ...violationFacts(dossier, locale),
    ...(dossier.year === null ? [] : yearFacts(dossier.year, locale)),
    ...earlier,
  ]
}
