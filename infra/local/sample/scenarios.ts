/** What HR states for the relationship-manager standard. */
export const qualifications = {
  examined: {
    yearsInFinance: 3,
    education: 'master',
    lendingQualification: true,
    examination: { passed: true, takenOn: '2024-06-15', grade: 'junior' },
  },
  'by balance': {
    yearsInFinance: 2,
    education: 'bachelor',
    lendingQualification: true,
    averageDailyDeposits: 3_600_000,
  },
  short: {
    yearsInFinance: 1,
    yearsInBank: 0.5,
    education: 'below-college',
    lendingQualification: false,
    examination: { passed: false, takenOn: '2024-06-15' },
    averageDailyDeposits: 800_000,
  },
} as const

/** Something that happens to one assistant of the sample, by a call that HR or an approver makes. */
export type Action =
  | { readonly type: 'file' }
  | { readonly type: 'transfer-early'; readonly grounds: string }
  /** `round` counts how often this stage was asked in the case, from 1. */
  | {
      readonly type: 'decide'
      readonly stage: 'branch' | 'hq' | 'centre-review'
      readonly decision: string
      readonly round?: number
      readonly of?: 'transfer'
    }
  | { readonly type: 'withdraw' }
  | { readonly type: 'amend' }
  /** Mentor and plan. */
  | { readonly type: 'plan' }
  /** So many items of the plan are passed; `retry` has the first of them fail before. */
  | { readonly type: 'assess'; readonly items: number; readonly retry?: true }
  | { readonly type: 'attend' }
  | { readonly type: 'clients'; readonly count: number }
  | { readonly type: 'qualify'; readonly as: keyof typeof qualifications }
  | { readonly type: 'violation'; readonly severity: 'minor' | 'serious' }
  /** All clients but so many get a relationship manager of the centre. */
  | { readonly type: 'hand-over'; readonly left: number }
  /** HR registers the new relationship manager. */
  | { readonly type: 'register-manager' }
  | { readonly type: 'exit'; readonly ground: 'discipline' | 'unfit'; readonly body: 'hq' | 'branch' | 'centre' }

/** An action, so many days after the sample's first. */
export interface Step {
  readonly day: number
  readonly action: Action
}

/** One course that a case can take, and how many assistants of the sample take it, some days apart. */
interface Scenario {
  readonly name: string
  readonly count: number
  /** The day of the first filing; each further assistant's comes `apart` days later. */
  readonly from: number
  readonly apart: number
  /** Days after the filing. */
  readonly steps: readonly Step[]
}

const on = (day: number, action: Action): Step => ({ day, action })
const decide = (stage: 'branch' | 'hq', decision: string, more: object = {}): Action => ({
  type: 'decide',
  stage,
  decision,
  ...more,
})
const review = (decision: string): Action => ({ type: 'decide', stage: 'centre-review', decision })

const filed = [on(0, { type: 'file' })]
const atHq = [...filed, on(1, decide('branch', 'approve'))]
const onPost = [...atHq, on(2, decide('hq', 'approve'))]
/** The training and the clients of an ordinary year. */
const yearWith = (clients: number, as: keyof typeof qualifications): readonly Step[] => [
  on(8, { type: 'plan' }),
  on(15, { type: 'clients', count: clients }),
  on(60, { type: 'attend' }),
  on(120, { type: 'assess', items: 2, retry: true }),
  on(150, { type: 'attend' }),
  on(250, { type: 'assess', items: 4 }),
  on(290, { type: 'qualify', as }),
]
const trained = (clients: number, as: keyof typeof qualifications = 'examined') => [...onPost, ...yearWith(clients, as)]
const transferAt = (day: number) => [
  on(day, decide('branch', 'approve', { of: 'transfer' })),
  on(day + 2, decide('hq', 'approve', { of: 'transfer' })),
  on(day + 3, { type: 'register-manager' }),
]
const early = [
  ...onPost,
  on(8, { type: 'plan' }),
  on(15, { type: 'clients', count: 12 }),
  on(140, { type: 'assess', items: 4 }),
  on(145, { type: 'qualify', as: 'by balance' }),
  on(150, { type: 'transfer-early', grounds: '连续三个季度业绩突出，客户满意度优秀' }),
]

/** The last day of the sample: about fourteen months after its first. */
export const lastDay = 432

export const scenarios: readonly Scenario[] = [
  {
    name: 'transferred after the review',
    count: 4,
    from: 0,
    apart: 6,
    steps: [...trained(24), on(370, review('qualified')), ...transferAt(372)],
  },
  {
    name: 'below the standard',
    count: 2,
    from: 3,
    apart: 9,
    steps: [...trained(8, 'short'), on(372, review('below-standard')), on(380, { type: 'hand-over', left: 0 })],
  },
  {
    name: 'qualified, transfer before the branch',
    count: 2,
    from: 40,
    apart: 5,
    steps: [...trained(20), on(380, review('qualified'))],
  },
  {
    name: 'qualified, transfer before HQ',
    count: 2,
    from: 44,
    apart: 5,
    steps: [
      ...trained(16, 'by balance'),
      on(376, review('qualified')),
      on(378, decide('branch', 'approve', { of: 'transfer' })),
    ],
  },
  { name: 'review overdue', count: 2, from: 34, apart: 8, steps: trained(10, 'short') },
  { name: 'review asked', count: 3, from: 80, apart: 8, steps: trained(32) },
  {
    name: 'in the middle of the year',
    count: 6,
    from: 180,
    apart: 14,
    steps: [...trained(18), on(90, { type: 'violation', severity: 'minor' })],
  },
  { name: 'at the cap', count: 1, from: 264, apart: 0, steps: trained(35) },
  { name: 'without a plan', count: 1, from: 278, apart: 0, steps: onPost },
  { name: 'new on the post', count: 4, from: 418, apart: 2, steps: onPost },
  { name: 'transferred early', count: 1, from: 60, apart: 0, steps: [...early, ...transferAt(152)] },
  {
    name: 'early transfer refused by HQ',
    count: 1,
    from: 160,
    apart: 0,
    steps: [
      ...early,
      on(152, decide('branch', 'approve', { of: 'transfer' })),
      on(154, decide('hq', 'reject', { of: 'transfer' })),
    ],
  },
  { name: 'early transfer under way', count: 1, from: 278, apart: 0, steps: early },
  {
    name: 'discipline',
    count: 1,
    from: 90,
    apart: 0,
    steps: [
      ...onPost,
      on(8, { type: 'plan' }),
      on(15, { type: 'clients', count: 6 }),
      on(120, { type: 'violation', severity: 'serious' }),
      on(124, { type: 'hand-over', left: 0 }),
    ],
  },
  {
    name: 'discipline, clients left',
    count: 1,
    from: 300,
    apart: 0,
    steps: [
      ...onPost,
      on(8, { type: 'plan' }),
      on(15, { type: 'clients', count: 9 }),
      on(110, { type: 'violation', severity: 'serious' }),
      on(112, { type: 'hand-over', left: 4 }),
    ],
  },
  {
    name: 'unfit',
    count: 1,
    from: 110,
    apart: 0,
    steps: [...onPost, on(200, { type: 'exit', ground: 'unfit', body: 'centre' })],
  },
  {
    name: 'rejected by the branch',
    count: 1,
    from: 130,
    apart: 0,
    steps: [...filed, on(2, decide('branch', 'reject'))],
  },
  { name: 'rejected by HQ', count: 1, from: 140, apart: 0, steps: [...atHq, on(3, decide('hq', 'reject'))] },
  { name: 'withdrawn', count: 1, from: 150, apart: 0, steps: [...filed, on(1, { type: 'withdraw' })] },
  { name: 'expired', count: 1, from: 300, apart: 0, steps: filed },
  {
    name: 'returned by the branch, amended, on the post',
    count: 1,
    from: 220,
    apart: 0,
    steps: [
      ...filed,
      on(1, decide('branch', 'return')),
      on(4, { type: 'amend' }),
      on(5, decide('branch', 'approve', { round: 2 })),
      on(6, decide('hq', 'approve')),
    ],
  },
  { name: 'returned by HQ', count: 1, from: 424, apart: 0, steps: [...atHq, on(3, decide('hq', 'return'))] },
  {
    name: 'returned by the branch',
    count: 1,
    from: 426,
    apart: 0,
    steps: [...filed, on(1, decide('branch', 'return'))],
  },
  { name: 'before HQ', count: 3, from: 426, apart: 1, steps: atHq },
  { name: 'before the branch', count: 3, from: 428, apart: 1, steps: filed },
]
