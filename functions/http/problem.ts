import type { ProblemView } from '../../shared/contracts/resources.ts'
import type { Locale } from '../../shared/domain/organisation.ts'
import { type Refusal, refusals, refuse } from '../../shared/domain/refusal.ts'
import { explain } from '../../shared/text/explain.ts'
import { fill } from '../../shared/text/locale.ts'
import { type CallProblem, callProblems, callProblemTexts } from '../../shared/text/problems.ts'
import type { ProblemText } from '../../shared/text/refusals.ts'

type Extra = Partial<Pick<ProblemView, 'article' | 'errors'>> & Readonly<Record<string, unknown>>

const problem = (code: string, status: number, { title, detail }: ProblemText, extra: Extra): ProblemView => ({
  type: `urn:zhuli:problem:${code}`,
  title,
  status,
  detail,
  code,
  ...extra,
})

/** What a refusal of the domain is to the caller. */
export const problemOfRefusal = (refusal: Refusal, locale: Locale, extra: Extra = {}): ProblemView => {
  const { refused, pointer } = refusal
  const kind = refusals[refused]
  const text = explain(refusal, locale)
  return problem(refused, kind.status, text, {
    ...('article' in kind ? { article: kind.article } : {}),
    ...(pointer === undefined ? {} : { errors: [{ pointer, detail: text.detail }] }),
    ...extra,
  })
}

/** What a call that never came to the domain is to the caller. */
export const problemOfCall = (
  code: CallProblem,
  locale: Locale,
  facts: Readonly<Record<string, string>> = {},
  extra: Extra = {},
): ProblemView => {
  const { title, detail } = callProblemTexts[locale][code]
  return problem(code, callProblems[code], { title, detail: fill(detail, facts) }, extra)
}

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

/** Of what is taken away. */
export const noContent: Reply = { status: 204, headers: {}, body: '' }

/** Of what is put. */
export const statusOf = { created: 201, replaced: 200 } as const

export const problemReply = (view: ProblemView, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: view.status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
  body: JSON.stringify(view),
})

/** Of a link whose secret opens nothing, or nothing any more: which of it, nobody is told. */
export const deadLink = (locale: Locale): Reply => problemReply(problemOfRefusal(refuse('unknown-approval'), locale))
