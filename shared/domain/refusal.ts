/** The articles of the regulation that forbid something. */
export type Article = '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** Every reason for which the domain refuses a command, and how HTTP says it. */
export const refusals = {
  'unknown-assistant': { status: 404 },
  'unknown-application': { status: 404 },
  'unknown-approval': { status: 404 },
  'already-live': { status: 409 },
  'already-decided': { status: 409 },
  'application-in-progress': { status: 409 },
  'not-on-post': { status: 409 },
  'not-open': { status: 409 },
  'not-pending': { status: 409 },
  'not-returned': { status: 409 },
  'not-amendable': { status: 400 },
  'review-open': { status: 409 },
  'nothing-due': { status: 409 },
  'no-approver': { status: 409 },
  frozen: { status: 409 },
  'already-disputed': { status: 409 },
  'dispute-too-late': { status: 409 },
  'dispute-moot': { status: 409 },
  'unknown-client': { status: 404 },
  'client-taken': { status: 409 },
  'dossier-changed': { status: 409 },
  'too-many': { status: 409 },
  'no-scoring-rules': { status: 409 },
  'case-full': { status: 409 },
  'unknown-person': { status: 400 },
  'date-in-future': { status: 400 },
  'sanction-contradicts': { status: 400 },
  'unknown-centre': { status: 400 },
  'decision-not-allowed': { status: 400 },
  'reason-required': { status: 400 },
  'code-required': { status: 400 },
  'not-the-filer': { status: 422 },
  'four-eyes': { status: 422, article: '7' },
  'clerical-purpose': { status: 422, article: '2' },
  'source-unexplained': { status: 422, article: '3' },
  'grounds-required': { status: 422, article: '4' },
  'year-not-over': { status: 422, article: '4' },
  'not-oneself': { status: 422, article: '5' },
  'topics-lacking': { status: 422, article: '5' },
  'day-lacking': { status: 422, article: '5' },
  'assessment-lacking': { status: 422, article: '5' },
  'outside-the-year': { status: 422, article: '5' },
  'no-training-plan': { status: 422, article: '5' },
  'unknown-item': { status: 422, article: '5' },
  'score-contradicts': { status: 422, article: '5' },
  'training-not-passed': { status: 422, article: '5' },
  'client-cap': { status: 422, article: '6' },
  'not-assessed': { status: 422, article: '8' },
  'team-required': { status: 422, article: '8' },
  'unknown-team': { status: 422, article: '8' },
  'only-by-review': { status: 422, article: '9' },
  'review-not-due': { status: 422, article: '9' },
  'unable-to-take': { status: 422, article: '9' },
  'hand-over-needed': { status: 422, article: '9' },
  'decided-in-future': { status: 422, article: '9' },
} as const satisfies Record<string, { status: 400 | 404 | 409 | 422; article?: Article }>

export type RefusalCode = keyof typeof refusals

/** A business "no": a value, never thrown. `facts` fill the sentence that people read. */
export interface Refusal {
  readonly refused: RefusalCode
  /** JSON pointer of the member of the request that caused it, where there is one. */
  readonly pointer?: string
  readonly facts: Readonly<Record<string, string>>
}

export const refuse = (code: RefusalCode, facts: Readonly<Record<string, string>> = {}, pointer?: string): Refusal => ({
  refused: code,
  facts,
  ...(pointer === undefined ? {} : { pointer }),
})

export const isRefusal = (value: object): value is Refusal => 'refused' in value
