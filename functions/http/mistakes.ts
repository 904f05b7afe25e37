import type * as z from 'zod'
import chinese from 'zod/v4/locales/zh-CN.js'
import type { Locale } from '../../shared/domain/organisation.ts'
import { type Mistake, mistakeTexts } from '../../shared/text/mistakes.ts'
import { fill, listed } from '../../shared/text/locale.ts'
import { problemOfCall, problemReply, type Reply } from './problem.ts'

/** One member of a request that is wrong, by a JSON pointer, and how. */
export interface PointedMistake {
  readonly pointer: string
  readonly detail: string
}

type Issue = z.core.$ZodIssue

const inChinese = chinese().localeError

const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const isOurs = (text: string): text is Mistake => text in mistakeTexts.en

/** What is too small or too large, by what is counted of it. */
const bounds: Readonly<Record<string, { readonly too_small: Mistake; readonly too_big: Mistake }>> = {
  string: { too_small: 'too-short', too_big: 'too-long' },
  array: { too_small: 'too-few', too_big: 'too-many' },
  number: { too_small: 'too-low', too_big: 'too-high' },
  int: { too_small: 'too-low', too_big: 'too-high' },
}

/** What the schema library finds wrong and we say in words of our own, and what fills those; null for the rest. */
const inOurWords = (
  issue: Issue,
  locale: Locale,
): { readonly mistake: Mistake; readonly facts: Record<string, string> } | null => {
  if (issue.code === 'invalid_value')
    return { mistake: 'one-of', facts: { values: listed(issue.values.map(String), locale) } }
  // Of a union told apart by a member, that member is what is wrong.
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return { mistake: 'one-of', facts: { values: listed(issue.options.map(String), locale) } }
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return null
  const mistake = issue.inclusive === false ? undefined : bounds[issue.origin]?.[issue.code]
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum
  return mistake === undefined ? null : { mistake, facts: { limit: String(limit) } }
}

const sentence = (issue: Issue, locale: Locale): string => {
  const ours = mistakeTexts[locale]
  if (isOurs(issue.message)) return ours[issue.message]
  const known = inOurWords(issue, locale)
  if (known !== null) return fill(ours[known.mistake], known.facts)
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return ours.missing
  // What a check of the embedded system says by itself is in English alone, and says more than that something is wrong.
  if (locale === 'en' || issue.code === 'custom') return issue.message
  const said = issue.code === 'invalid_type' ? `须为 ${issue.expected}` : inChinese(issue as never)
  return typeof said === 'string' ? said : (said?.message ?? issue.message)
}

/** Every mistake that a schema found, in the reader's language; `at` is where the checked value stands. */
export const mistakesIn = (error: z.core.$ZodError, locale: Locale, at = ''): readonly PointedMistake[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: at + pointerTo([...issue.path, key]),
          detail: mistakeTexts[locale]['unknown-member'],
        }))
      : [{ pointer: at + pointerTo(issue.path), detail: sentence(issue, locale) }],
  )

export const invalidRequest = (errors: readonly PointedMistake[], locale: Locale): Reply =>
  problemReply(problemOfCall('invalid-request', locale, { count: String(errors.length) }, { errors: [...errors] }))

/** A request with one mistake that no schema can find. */
export const oneMistake = (pointer: string, mistake: Mistake, locale: Locale): Reply =>
  invalidRequest([{ pointer, detail: mistakeTexts[locale][mistake] }], locale)
