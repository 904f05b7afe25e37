import * as z from 'zod/mini'
import type { AssistantCase } from './assistant.ts'
import type { Policy, Standard } from './policy.ts'
import { addYears, Day } from './time.ts'
import { hasPassedTraining, itemsToPass } from './training.ts'

/** From the lowest to the highest. */
export const Education = z.enum(['below-college', 'college', 'bachelor', 'master', 'doctorate'])
export type Education = z.infer<typeof Education>

/** The grades of relationship managers; the provisional one is for those who come by the balance route. */
export const Grade = z.enum(['provisional-junior', 'junior', 'intermediate', 'senior'])
export type Grade = z.infer<typeof Grade>

/** What HR knows of someone that the relationship-manager standard asks for; null where it is not known. */
export const Qualifications = z.object({
  yearsInFinance: z.nullable(z.number()),
  yearsInBank: z.nullable(z.number()),
  education: z.nullable(Education),
  /** Whether they are qualified for lending business. */
  lendingQualification: z.nullable(z.boolean()),
  /** The examination for relationship managers, and the grade that it found. */
  examination: z.nullable(z.object({ passed: z.boolean(), takenOn: Day, grade: z.nullable(Grade) })),
  /** Average daily deposits that they brought in, in yuan. */
  averageDailyDeposits: z.nullable(z.number()),
})
export type Qualifications = z.infer<typeof Qualifications>

export const CriterionName = z.enum([
  'training',
  'experience',
  'education',
  'lending-qualification',
  'conduct',
  'examination',
])
export type CriterionName = z.infer<typeof CriterionName>

/** One criterion of the standard: how it stands, and the facts that say so by their names. */
export const Criterion = z.object({
  criterion: CriterionName,
  standing: z.enum(['met', 'not-met', 'unknown']),
  from: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
export type Criterion = z.infer<typeof Criterion>

type Facts = Readonly<Record<string, string | number | boolean | null>>

const known = (facts: Facts): Criterion['from'] =>
  Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))

/** How a criterion stands; `isMet` is null where the facts don't tell. */
const criterion = (name: CriterionName, isMet: boolean | null, facts: Facts): Criterion => ({
  criterion: name,
  standing: isMet === null ? 'unknown' : isMet ? 'met' : 'not-met',
  from: known(facts),
})

/** Met by any of several; unknown while none is met and one is not known. */
const anyOf = (...ways: readonly (boolean | null)[]): boolean | null =>
  ways.includes(true) ? true : ways.includes(null) ? null : false

const atLeast = (value: number | null, least: number): boolean | null => (value === null ? null : value >= least)

const training = ({ training: state }: AssistantCase): Criterion => {
  const toPass = itemsToPass(state).map(({ id }) => id)
  return criterion('training', hasPassedTraining(state), {
    planVersion: state.plan?.version ?? null,
    toPass: toPass.length === 0 ? null : toPass.join(', '),
  })
}

const experience = (
  { yearsInFinance, yearsInBank }: Qualifications,
  { yearsInFinance: finance, yearsInBank: bank }: Standard,
): Criterion =>
  criterion('experience', anyOf(atLeast(yearsInFinance, finance), atLeast(yearsInBank, bank)), {
    yearsInFinance,
    yearsInBank,
  })

const education = ({ education: has }: Qualifications, { education: least }: Standard): Criterion => {
  const order = Education.options
  return criterion('education', has === null ? null : order.indexOf(has) >= order.indexOf(least), { education: has })
}

/** Nobody under a sanction, or whose sanction was lifted less than so many years ago. */
const conduct = ({ violations }: AssistantCase, { sanctionFreeYears }: Standard, today: Day): Criterion => {
  const sanctions = violations.filter(({ sanctioned }) => sanctioned)
  const standing = sanctions.find(
    ({ sanctionLiftedOn }) =>
      sanctionLiftedOn === null ||
      // Asked first: from the last years of four digits no years can be counted on.
      sanctionLiftedOn > today ||
      addYears(sanctionLiftedOn, sanctionFreeYears) >= today,
  )
  const last = standing ?? sanctions.at(-1)
  return criterion('conduct', standing === undefined, {
    sanctions: sanctions.length,
    violationOn: last?.on ?? null,
    sanctionLiftedOn: last?.sanctionLiftedOn ?? null,
  })
}

const examination = (
  { examination: exam, averageDailyDeposits }: Qualifications,
  { averageDailyDeposits: least }: Standard,
): Criterion =>
  criterion('examination', anyOf(exam?.passed ?? null, atLeast(averageDailyDeposits, least)), {
    examinationPassed: exam?.passed ?? null,
    examinationTakenOn: exam?.takenOn ?? null,
    averageDailyDeposits,
  })

/** Before HR has stated anything. */
export const nothingKnown: Qualifications = {
  yearsInFinance: null,
  yearsInBank: null,
  education: null,
  lendingQualification: null,
  examination: null,
  averageDailyDeposits: null,
}

/** How someone stands to the relationship-manager standard on a day, criterion by criterion. */
export const standingTo = (state: AssistantCase, { standard }: Policy, today: Day): Criterion[] => {
  const facts = state.qualifications ?? nothingKnown
  const { lendingQualification } = facts
  return [
    training(state),
    experience(facts, standard),
    education(facts, standard),
    criterion('lending-qualification', lendingQualification, { lendingQualification }),
    conduct(state, standard, today),
    examination(facts, standard),
  ]
}

/** The grade at which someone begins as a relationship manager: that of the examination, else by the balance route. */
export const gradeOf = (qualifications: Qualifications | null, { standard }: Policy): Grade | null => {
  const { examination: exam, averageDailyDeposits } = qualifications ?? nothingKnown
  if (exam?.passed === true) return exam.grade ?? 'junior'
  return atLeast(averageDailyDeposits, standard.averageDailyDeposits) === true ? 'provisional-junior' : null
}
