import type * as z from 'zod'
import chinese from 'zod/v4/locales/zh-CN.js'
import type { Locale } from '../../shared/domain/organisation.ts'
import { type Mistake, mistakeTexts } from '../../shared/text/mistakes.ts'
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

const sentence = (issue: Issue, locale: Locale): string => {
  const ours = mistakeTexts[locale]
  if (isOurs(issue.message)) return ours[issue.message]
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return ours.missing
  if (locale === 'en') return issue.message
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
