import type { Locale } from '../domain/organisation.ts'
import type { Refusal } from '../domain/refusal.ts'
import { fill, listed } from './locale.ts'
import { type ProblemText, refusalTexts } from './refusals.ts'
import { terms } from './terms.ts'

/** Facts that are codes, or lists of nothing but codes, are read as words; whatever else people wrote stays as it is. */
const inWords = (facts: Readonly<Record<string, string>>, locale: Locale): Readonly<Record<string, string>> => {
  const words: Readonly<Record<string, string>> = {
    ...terms[locale].status,
    ...terms[locale].decision,
    ...terms[locale].stage,
    ...terms[locale].procedure,
    ...terms[locale].track,
    ...terms[locale].topic,
  }
  const asWords = (value: string): string => {
    const known = value.split(', ').map((code) => words[code])
    return known.every((word) => word !== undefined) ? listed(known, locale) : value
  }
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, asWords(value)]))
}

/** What people read of a refusal, with its facts. */
export const explain = ({ refused, facts }: Omit<Refusal, 'pointer'>, locale: Locale): ProblemText => {
  const { title, detail } = refusalTexts[locale][refused]
  return { title, detail: fill(detail, inWords(facts, locale)) }
}
