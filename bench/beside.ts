import { costOf, type Usage } from './prices.ts'

// What else one would take for two consents, counted from its own definition, and from what is written about it.

/** Seconds that Lambda bills for an invocation: an assumption, and a high one, since most begin with a cold start. */
export const billedSeconds = 1

const mebibytesInGb = 1024

/** What invocations with so much memory take. */
export const invoked = (count: number, memoryMiB: number) =>
  ({ invocations: count, gbSeconds: (count * billedSeconds * memoryMiB) / mebibytesInGb }) satisfies Usage

/**
 * AWS's tutorial of a human approval, for one approval. Its execution enters these states; a function mails the links
 * by SNS, and another, called through the API, answers the task.
 */
const sample = {
  states: ['Lambda Callback', 'ManualApprovalChoiceState', 'ApprovedPassState'],
  functions: ['LambdaHumanApprovalSendEmailFunction', 'LambdaApprovalFunction'],
  /** Lambda's own, since the template names none. */
  memoryMiB: 128,
  calls: 1,
  mails: 1,
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/tutorial-human-approval.html',
} as const

const ofSample = (approvals: number) =>
  ({
    transitions: approvals * sample.states.length,
    ...invoked(approvals * sample.functions.length, sample.memoryMiB),
    calls: approvals * sample.calls,
    published: approvals * sample.mails,
    notifications: approvals * sample.mails,
  }) satisfies Usage

/** Of one approval: the activity that asks, the timer of its deadline, the signal that decides, the activity that records it. */
const actionsOfApproval = 4

/** A lifecycle as one would write it on Temporal, in the actions that it takes. */
const actions = {
  /** The start, two approvals, and activities for the effect and for those who hear of it. */
  application: 1 + 2 * actionsOfApproval + 2,
  /** Signals for mentor, plan and four passes; a timer and a mail for each of three reminders; the timer of the review. */
  year: 6 + 3 * 2 + 1,
  review: actionsOfApproval,
  transfer: 2 * actionsOfApproval + 2,
} as const

/** How large the history of a case is, in GB, and for how many hours it is open: assumptions. */
const history = { gb: 50e-6, days: 365 } as const
/** What the plan without a base fee adds to the usage. */
const planShare = 0.1

/** The bill for so many cases, and how much of it is for keeping histories open. */
const ofTemporal = (count: number, days: number, cases: number) => {
  const activeGbHours = history.gb * days * 24
  return {
    usd: costOf({ actions: count, activeGbHours }, cases * (1 + planShare)),
    historyUsd: costOf({ activeGbHours }, cases * (1 + planShare)),
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

/** Days for which an application is open, by a rough guess. */
const applicationDays = 14

/** In US dollars for so many cases. */
export const beside = (cases: number) => ({
  sample: {
    source: sample.source,
    application: ofSample(2),
    applicationUsd: costOf(ofSample(2), cases),
    /** Two approvals, the review, two approvals more. */
    wholeUsd: costOf(ofSample(5), cases),
  },
  temporal: {
    source: 'https://github.com/temporalio/documentation/blob/24afc58/docs/evaluate/cloud/actions.mdx',
    actions: { application: actions.application, whole: sum(Object.values(actions)) },
    application: ofTemporal(actions.application, applicationDays, cases),
    whole: ofTemporal(sum(Object.values(actions)), history.days, cases),
  },
})
