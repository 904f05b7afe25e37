import type { Context } from 'hono'
import type { ProblemView } from '../../shared/contracts/resources.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import { type Refusal, refusals } from '../../shared/domain/refusal.ts'
import { fill, localeOf } from '../../shared/text/locale.ts'
import { type CallProblem, callProblems, callProblemTexts } from '../../shared/text/problems.ts'
import { type ProblemText, refusalTexts } from '../../shared/text/refusals.ts'
import { terms } from '../../shared/text/terms.ts'

export const readerLocale = (c: Context): Locale => localeOf(c.req.header('accept-language'))

/** Facts that are codes are read as words. */
const inWords = (facts: Readonly<Record<string, string>>, locale: Locale): Readonly<Record<string, string>> => {
  const words: Readonly<Record<string, string>> = {
    ...terms[locale].status,
    ...terms[locale].decision,
    ...terms[locale].stage,
    ...terms[locale].procedure,
  }
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, words[value] ?? value]))
}

type Extra = Partial<Pick<ProblemView, 'article' | 'errors'>> & Readonly<Record<string, unknown>>

const problem = (
  code: string,
  status: number,
  { title, detail }: ProblemText,
  facts: Readonly<Record<string, string>>,
  extra: Extra,
): ProblemView => ({
  type: `urn:zhuli:problem:${code}`,
  title,
  status,
  detail: fill(detail, facts),
  code,
  ...extra,
})

/** What a refusal of the domain is to the caller. */
export const problemOfRefusal = (
  { refused, facts, pointer }: Refusal,
  locale: Locale,
  extra: Extra = {},
): ProblemView => {
  const kind = refusals[refused]
  const text = refusalTexts[locale][refused]
  const words = inWords(facts, locale)
  return problem(refused, kind.status, text, words, {
    ...('article' in kind ? { article: kind.article } : {}),
    ...(pointer === undefined ? {} : { errors: [{ pointer, detail: fill(text.detail, words) }] }),
    ...extra,
  })
}

/** What a call that never came to the domain is to the caller. */
export const problemOfCall = (
  code: CallProblem,
  locale: Locale,
  facts: Readonly<Record<string, string>> = {},
  extra: Extra = {},
): ProblemView => problem(code, callProblems[code], callProblemTexts[locale][code], facts, extra)

/** A status, headers and a body of text: an answer that can be kept. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export const jsonReply = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
})

export const problemReply = (view: ProblemView, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: view.status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
  body: JSON.stringify(view),
})

export const respond = ({ status, headers, body }: Reply): Response =>
  new Response(body === '' ? null : body, { status, headers })
