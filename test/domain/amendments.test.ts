import { expect, test } from 'vitest'
import { openStageOf } from '../../shared/domain/assistant.ts'
import type { Changes, Command } from '../../shared/domain/commands.ts'
import { type EmployeeNo, TeamId } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { ask, at, type Bench, done, organisation, people } from '../support/bank.ts'
import {
  alarmed,
  branchOpen,
  conducted,
  decided,
  filed,
  hqOpen,
  liveOf,
  returnedByBranch,
  returnedByHq,
  reviewCalled,
  reviewOpen,
  transferBranchOpen,
  transferReturned,
} from '../support/cases.ts'

const none: Changes = { particulars: {}, purpose: null, grounds: null }

const amend = (bench: Bench, changes: Partial<Changes>, note: string | null = null): Command => ({
  type: 'amend',
  applicationId: liveOf(bench).id,
  changes: { ...none, ...changes },
  note,
})

const amended = (bench: Bench, changes: Partial<Changes> = {}, note: string | null = null): Bench =>
  done(bench, amend(bench, changes, note), people.filer)

const withdraw = (bench: Bench): Command => ({
  type: 'withdraw',
  applicationId: liveOf(bench).id,
  reason: 'Changed.',
})

test('an amendment puts its purpose and note in the place of the old, and takes the time limit away', () => {
  const before = liveOf(returnedByBranch())
  const application = liveOf(amended(returnedByBranch(), { purpose: '培养为私钻客户经理' }, 'Corrected.'))
  expect(application).toMatchObject({
    purpose: '培养为私钻客户经理',
    note: 'Corrected.',
    amendBy: null,
    amendmentEnds: null,
  })
  expect(liveOf(amended(returnedByBranch()))).toMatchObject({
    purpose: before.purpose,
    note: before.note,
  })
})

test('art. 4: an amendment can better the grounds of an early transfer', () => {
  expect(liveOf(amended(transferReturned(), { grounds: 'First in every examination.' }))).toMatchObject({
    early: true,
    grounds: 'First in every examination.',
  })
  expect(liveOf(amended(transferReturned()))).toMatchObject({ grounds: 'Best of the year.' })
})

test('art. 8: a transfer is amended by whoever has no team, for it can not give them one', () => {
  const bench = transferReturned()
  const team = { id: TeamId.parse('T1'), name: 'Team 1', leader: people.outsider }
  const withTeams = { ...organisation, centre: { ...organisation.centre, teams: [team] } }
  expect(liveOf(amended({ ...bench, organisation: withTeams }, { grounds: 'First in all.' }))).toMatchObject({
    grounds: 'First in all.',
  })
})

test('art. 2: an amendment may not make a clerk of the assistant', () => {
  expect(ask(returnedByBranch(), amend(returnedByBranch(), { purpose: '行政助理' }), people.filer)).toMatchObject({
    refused: 'clerical-purpose',
    pointer: '/changes/purpose',
  })
})

test('what an amendment leaves out of the particulars stays as it was', () => {
  const before = returnedByBranch().state!.particulars
  expect(amended(returnedByBranch(), { particulars: { name: 'Corrected' } }).state?.particulars).toEqual({
    ...before,
    name: 'Corrected',
  })
})

test('art. 7: rounds are counted by the stage: HQ is asked in its first, however often the branch was', () => {
  const twiceReturned = decided(conducted(amended(returnedByBranch())), people.branch, 'return', 'Still unclear.')
  const thirdRound = conducted(amended(twiceReturned))
  expect(openStageOf(thirdRound.state!)).toMatchObject({ stage: 'branch', round: 3 })
  const atHq = conducted(decided(thirdRound, people.branch, 'approve'))
  expect(openStageOf(atHq.state!)).toMatchObject({ stage: 'hq', round: 1 })
})

test('art. 7: after an amendment for HQ the consent of the branch stands, and HQ alone is asked again', () => {
  const bench = conducted(amended(returnedByHq()))
  expect(liveOf(bench).stages.map(({ stage, round, status }) => `${stage} ${round} ${status}`)).toEqual([
    'branch 1 approved',
    'hq 1 returned',
    'hq 2 open',
  ])
})

test.each([
  ['the assistant', people.assistant],
  ['an approver', people.branch],
  ['the centre head', people.head],
])('only the filer withdraws or amends, not %s', (_, by: EmployeeNo) => {
  expect(ask(branchOpen(), withdraw(branchOpen()), by)).toMatchObject({
    refused: 'not-the-filer',
    pointer: '/by',
  })
  expect(ask(returnedByHq(), amend(returnedByHq(), {}), by)).toMatchObject({
    refused: 'not-the-filer',
  })
})

test.each([
  ['while the branch is still to be asked', filed],
  ['while the branch is asked', branchOpen],
  ['while HQ is asked', hqOpen],
  ['while returned', returnedByBranch],
])('a withdrawal ends the candidacy: %s', (_, make) => {
  const after = done(make(), withdraw(make()), people.filer)
  expect(after.state).toMatchObject({
    status: 'not-appointed',
    applications: [{ status: 'withdrawn', amendBy: null }],
  })
  expect(openStageOf(after.state!)).toBeNull()
})

test('a withdrawal leaves what was decided as it was decided', () => {
  const after = done(returnedByHq(), withdraw(returnedByHq()), people.filer)
  expect(after.state?.applications[0]?.stages.map(({ status }) => status)).toEqual(['approved', 'returned'])
})

test('art. 4: a transfer withdrawn or let lapse before the time of the review leaves the assistant on the post', () => {
  const types = (bench: Bench) => bench.events.slice(-1).map(({ type }) => type)
  expect(types(done(transferBranchOpen(), withdraw(transferBranchOpen()), people.filer))).toEqual([
    'application-withdrawn',
  ])
  expect(types(alarmed(transferReturned()))).toEqual(['application-expired'])
})

test('art. 4: a transfer withdrawn in the time of the review goes back to the review', () => {
  const put = conducted(decided(reviewOpen(), people.head, 'qualified'))
  const after = done(put, withdraw(put), people.head)
  expect(after.events.slice(-2)).toMatchObject([
    { type: 'application-withdrawn' },
    { type: 'review-called', data: { round: 2 } },
  ])
  expect(after.state?.status).toBe('on-post')
})

test('art. 4: a returned transfer that nobody amends in the time of the review goes back to the review', () => {
  const put = conducted(decided(reviewOpen(), people.head, 'qualified'))
  const lapsed = alarmed(decided(put, people.branch, 'return', 'Say more.'))
  expect(lapsed.events.slice(-2)).toMatchObject([
    { type: 'application-expired' },
    { type: 'review-called', data: { round: 2 } },
  ])
})

test('art. 4: the time of the review begins at the very moment of its call', () => {
  const filedLate = done(
    at(done(transferReturned(), withdraw(transferReturned()), people.filer), '2025-12-31T02:00:00.000Z'),
    {
      type: 'file-transfer',
      early: true,
      grounds: 'Excellent.',
      filedBy: people.filer,
      note: null,
    },
    people.filer,
  )
  const rejectedAt = (now: string) =>
    decided(at(conducted(filedLate), now), people.branch, 'reject', 'Not yet.').events.at(-1)?.type
  expect(rejectedAt('2026-01-02T00:59:59.999Z')).toBe('stage-decided')
  expect(rejectedAt('2026-01-02T01:00:00.000Z')).toBe('review-called')
})

test('the workflow opens no step but the one that the case has come to', () => {
  const refusedIn = (bench: Bench) => {
    const step = nextStep(bench.state!)!
    if (step.begin === 'effect') throw new Error('No stage waits.')
    const own = { applicationId: step.applicationId, begin: step.begin, round: step.round }
    const others = [
      { ...own, round: own.round + 1 },
      { ...own, begin: own.begin === 'hq' ? ('branch' as const) : ('hq' as const) },
      {
        ...own,
        applicationId: own.applicationId === null ? reviewCalled().state!.applications[0]!.id : null,
      },
    ]
    return others.map((other) => {
      const answer = ask(bench, { type: 'open-stage', ...other }, people.outsider)
      return 'refused' in answer ? answer.refused : 'done'
    })
  }
  for (const bench of [filed(), amended(returnedByHq()), reviewCalled()]) {
    expect(refusedIn(bench)).toEqual(['not-pending', 'not-pending', 'not-pending'])
  }
})

test('art. 9: below the standard must be explained', () => {
  const bench = at(reviewOpen(), '2026-03-03T02:00:00.000Z')
  const approvalId = openStageOf(bench.state!)!.asked[0]!.id
  const command = {
    type: 'decide-stage',
    stepUp: 'mail-code',
    approvalId,
    decision: 'below-standard',
    reason: null,
  } as const
  expect(ask(bench, command, people.head)).toMatchObject({
    refused: 'reason-required',
    pointer: '/reason',
  })
})

test('art. 9: the last day of the year is not yet over the year: below the standard waits for the anniversary', () => {
  const approvalId = openStageOf(reviewOpen().state!)!.asked[0]!.id
  const command = {
    type: 'decide-stage',
    stepUp: 'mail-code',
    approvalId,
    decision: 'below-standard',
    reason: 'Failed.',
  } as const
  // The anniversary is 3 March 2026; it begins at 16:00 UTC the day before.
  expect(ask(at(reviewOpen(), '2026-03-02T15:59:59.999Z'), command, people.head)).toMatchObject({
    refused: 'review-not-due',
    facts: { dueOn: '2026-03-03' },
  })
  expect(ask(at(reviewOpen(), '2026-03-02T16:00:00.000Z'), command, people.head)).toMatchObject([
    { type: 'stage-decided' },
    { type: 'assistant-exited' },
  ])
})

test('art. 7: the effect comes once', () => {
  let bench = conducted(decided(branchOpen(), people.branch, 'approve'))
  bench = decided(bench, people.hq, 'approve')
  const command: Command = { type: 'take-effect', applicationId: liveOf(bench).id }
  expect(ask(bench, command, people.outsider)).toMatchObject([{ type: 'onboarding-took-effect' }])
  expect(ask(conducted(bench), command, people.outsider)).toMatchObject({ refused: 'not-pending' })
  expect(ask(hqOpen(), command, people.outsider)).toMatchObject({ refused: 'not-pending' })
})
