import type { Policies, Policy } from '../domain/policy.ts'
import { Day } from '../domain/time.ts'

/**
 * Every version of the rules that was ever in force, oldest first. To change a rule, add a version with the day from
 * which it applies; never edit one that has been in force, because running and closed cases refer to it.
 */
const versions: readonly Policy[] = [
  {
    version: '2024-1',
    from: Day.parse('2024-01-01'),
    stepUp: 'mail-code',
    replySuffices: { branch: true, hq: false, 'centre-review': false, 'hand-over': false, dispute: false },
    officeOpens: '09:00',
    officeCloses: '18:00',
    stages: {
      branch: {
        remindEvery: 2,
        escalate: [
          { after: 5, to: 'centre' },
          { after: 8, to: 'hq' },
        ],
        expireAfter: 10,
      },
      hq: {
        remindEvery: 3,
        escalate: [
          { after: 8, to: 'centre' },
          { after: 12, to: 'hq' },
        ],
        expireAfter: 15,
      },
    },
    amendWithin: 20,
    review: { askBefore: 60, remindBefore: [30, 7], escalateEvery: 5 },
    dispute: { within: 24, settleWithin: 2 },
    clientCaps: { 'private-bank': 35, diamond: 100 },
    clientWarning: 0.9,
    training: { remindAfter: 10, remindEvery: 5, escalateAfter: 20, remindBefore: 7 },
    handOver: { within: 5, remindEvery: 2, escalateEvery: 5 },
    standard: {
      yearsInFinance: 2,
      yearsInBank: 1,
      education: 'college',
      sanctionFreeYears: 2,
      averageDailyDeposits: 3_000_000,
    },
    retention: { mailYears: 5 },
  },
]

/** @throws Error for a day before the first version, or a version that never was: both are faults of this file. */
export const policiesOf = (all: readonly Policy[]): Policies => ({
  on: (day) => {
    const policy = all.findLast(({ from }) => from <= day)
    if (policy === undefined) throw new Error(`No policy is in force on ${day}.`)
    return policy
  },
  version: (version) => {
    const policy = all.find((candidate) => candidate.version === version)
    if (policy === undefined) throw new Error(`There is no policy ${version}.`)
    return policy
  },
  all,
})

export const policies = policiesOf(versions)
