import { describe, expect, test } from 'vitest'
import { liveApplication, liveDispute, liveReview, openStageOf, stagesOf } from '../../shared/domain/assistant.ts'
import type { Command } from '../../shared/domain/commands.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { ask, at, type Bench, done, onboarding, people } from '../support/bank.ts'
import {
  alarmed,
  conducted,
  consented,
  decided,
  foundUnfit,
  hqOpen,
  hqPending,
  liveOf,
  notAppointed,
  onPost,
  returnedByBranch,
  reviewOpen,
  trained,
  transferConsented,
  transferred,
  transferHqOpen,
} from '../support/cases.ts'

/** The approval by which the newest decision was made. */
const lastDecision = ({ events }: Bench) => {
  const event = events.findLast(({ type, data }) => type === 'stage-decided' && data.stage !== 'dispute')
  if (event?.type !== 'stage-decided') throw new Error('Nothing was decided.')
  return { approvalId: event.data.approvalId, by: event.by as EmployeeNo }
}

const dispute = (bench: Bench): Command => ({
  type: 'dispute-decision',
  approvalId: lastDecision(bench).approvalId,
  reason: 'I was on a plane.',
})

/** The newest decision, disputed by the one in whose name it was made. */
const disputed = (bench: Bench): Bench => done(bench, dispute(bench), lastDecision(bench).by)

const settled = (bench: Bench, decision: 'uphold' | 'annul', by: EmployeeNo = people.secondHq): Bench =>
  decided(disputed(bench), by, decision, 'Looked into it.')

const askedOf = ({ state }: Bench) => openStageOf(state!)?.asked.map(({ approver }) => approver)
const newest = ({ events }: Bench, count: number) => events.slice(-count).map(({ type }) => type)
const stagesNow = ({ state }: Bench) =>
  liveOf({ state } as Bench).stages.map(({ stage, round, status }) => `${stage} ${round} ${status}`)

const left = (bench: Bench): Bench => done(bench, foundUnfit, people.branch)
const withdrawal = (bench: Bench): Command => ({
  type: 'withdraw',
  applicationId: liveOf(bench).id,
  reason: 'Changed.',
})
const withdrawn = (bench: Bench): Bench => done(bench, withdrawal(bench), people.filer)

/** Monday, 3 March 2026: the anniversary, on which a review can go either way. */
const anniversary = '2026-03-03T02:00:00.000Z'
const reviewed = (decision: 'qualified' | 'below-standard') =>
  decided(at(reviewOpen(), anniversary), people.head, decision, 'As seen.')

const punished: Command = {
  type: 'record-violation',
  violation: {
    reportedBy: people.filer,
    on: foundUnfit.decidedOn,
    severity: 'serious',
    sanctioned: true,
    sanctionLiftedOn: null,
    description: 'Sold what was not approved.',
    evidence: 'The file.',
  },
}

describe('a dispute', () => {
  test("freezes the case and puts the decision before HQ's approvers who had no part in it", () => {
    const bench = disputed(consented())
    expect(newest(bench, 2)).toEqual(['decision-disputed', 'stage-opened'])
    expect(askedOf(bench)).toEqual([people.secondHq])
    expect(openStageOf(bench.state!)?.stage).toBe('dispute')
    expect(nextStep(bench.state!)).toBeNull()
    expect(alarmOf(bench.state!)).not.toBeNull()
  })

  test.each([
    ['before HQ was asked', hqPending, 'held-back'],
    ['while HQ is asked', hqOpen, 'held-back'],
    ['after both consents, before the effect', consented, 'held-back'],
    ['after the effect', onPost, 'begun'],
    ['after a rejection', notAppointed, 'begun'],
    ['after a return', returnedByBranch, 'begun'],
    ['after a transfer took effect', transferred, 'begun'],
    ['of a review that found the assistant qualified', () => reviewed('qualified'), 'held-back'],
    ['of a review that ended the post', () => reviewed('below-standard'), 'begun'],
  ] as const)('%s: the effect is %s', (_, make, effect) => {
    expect(disputed(make()).state?.disputes).toMatchObject([{ effect }])
  })

  test('within 24 hours, not a moment longer', () => {
    const bench = consented()
    const until = (moment: string) => ask(at(bench, moment), dispute(bench), people.hq)
    expect(until('2025-03-04T01:00:00.000Z')).toMatchObject([{ type: 'decision-disputed' }, {}])
    expect(until('2025-03-04T01:00:00.001Z')).toMatchObject({ refused: 'dispute-too-late' })
  })

  test('by nobody but those in whose name it was decided', () => {
    const bench = consented()
    for (const person of [people.secondHq, people.branch, people.filer, people.head, people.assistant]) {
      expect(ask(bench, dispute(bench), person)).toMatchObject({ refused: 'unknown-approval' })
    }
    const other = openStageOf(hqOpen().state!)!.asked[1]!.id
    const astray: Command = { type: 'dispute-decision', approvalId: other, reason: null }
    expect(ask(bench, astray, people.secondHq)).toMatchObject({ refused: 'unknown-approval' })
  })

  test('once, and not of what a dispute has settled', () => {
    const bench = disputed(consented())
    expect(ask(bench, dispute(bench), people.hq)).toMatchObject({ refused: 'already-disputed' })
    const upheld = decided(bench, people.secondHq, 'uphold')
    expect(ask(upheld, dispute(upheld), people.hq)).toMatchObject({ refused: 'already-disputed' })
    const settlement = upheld.state!.disputes[0]!.stage!.asked[0]!.id
    const again: Command = { type: 'dispute-decision', approvalId: settlement, reason: null }
    expect(ask(upheld, again, people.secondHq)).toMatchObject({ refused: 'unknown-approval' })
  })

  test('not of a decision on which a newer round was built', () => {
    const returned = returnedByBranch()
    const changes = { particulars: {}, purpose: null, grounds: null }
    const amended = done(
      returned,
      { type: 'amend', applicationId: liveOf(returned).id, changes, note: null },
      people.filer,
    )
    const again = conducted(amended)
    expect(ask(again, dispute(again), people.branch)).toMatchObject({ refused: 'dispute-moot' })
  })

  test.each<readonly [string, () => Bench]>([
    [
      'of a refused transfer, once the post was ended',
      () => left(decided(transferHqOpen(), people.hq, 'reject', 'No.')),
    ],
    ['of a consent to a transfer that an exit closed', () => left(transferHqOpen())],
    ['of the consent to a post that was ended since', () => left(onPost())],
    ['of a review, once the post was ended', () => left(reviewed('qualified'))],
    ['of a review, once a violation was punished', () => done(reviewed('qualified'), punished, people.filer)],
    ['of a consent to what the filer has withdrawn', () => withdrawn(hqOpen())],
    ['of a return of what the filer has withdrawn', () => withdrawn(returnedByBranch())],
  ])('not %s: neither an exit nor a withdrawal falls with it', (_, make) => {
    const bench = make()
    expect(ask(bench, dispute(bench), lastDecision(bench).by)).toMatchObject({ refused: 'dispute-moot' })
  })

  test.each<readonly [string, (bench: Bench) => Command, EmployeeNo]>([
    ['a decision', (bench) => ({ ...decisionOf(bench), type: 'decide-stage' }), people.hq],
    ['a withdrawal', withdrawal, people.filer],
    [
      'the workflow',
      (bench) => ({ type: 'open-stage', applicationId: liveOf(bench).id, begin: 'hq', round: 1 }),
      people.filer,
    ],
    ['a policy', () => ({ type: 'adopt-policy' }), people.filer],
  ])('holds up %s', (_, command, by) => {
    const bench = disputed(hqOpen())
    expect(ask(bench, command(bench), by)).toMatchObject({ refused: 'frozen' })
  })

  test('never lapses: HQ is told again and again, and whoever is named since is asked', () => {
    let bench = disputed(consented())
    for (const _ of [1, 2, 3]) {
      bench = alarmed(bench)
      expect(bench.events.at(-1)).toMatchObject({ type: 'stage-escalated', data: { stage: 'dispute', to: 'hq' } })
      expect(liveDispute(bench.state!)).not.toBeNull()
    }
    const hq = { ...bench.organisation.hq, approvers: [...bench.organisation.hq.approvers, people.outsider] }
    expect(askedOf(alarmed({ ...bench, organisation: { ...bench.organisation, hq } }))).toContain(people.outsider)
  })

  test('leaving nobody at HQ who had no part in it is escalated at once, and waits', () => {
    const bench = consented()
    const alone = { ...bench.organisation, hq: { ...bench.organisation.hq, approvers: [people.hq] } }
    const waiting = disputed({ ...bench, organisation: alone })
    expect(newest(waiting, 3)).toEqual(['decision-disputed', 'stage-opened', 'stage-escalated'])
    expect(alarmOf(waiting.state!)).not.toBeNull()
  })
})

/** The decision of HQ's first approver on the stage that a dispute has interrupted. */
const decisionOf = ({ state }: Bench) => ({
  approvalId: stagesOf(state!).findLast(({ stage }) => stage === 'hq')!.asked[0]!.id,
  decision: 'approve' as const,
  reason: null,
  stepUp: 'mail-code' as const,
})

describe('upheld', () => {
  test('the decision stands, and the case goes on from where it was', () => {
    const bench = settled(consented(), 'uphold')
    expect(newest(bench, 2)).toEqual(['stage-decided', 'decision-upheld'])
    expect(nextStep(bench.state!)).toMatchObject({ begin: 'effect' })
    expect(conducted(bench).state).toMatchObject({ status: 'on-post' })
  })

  test('the stage that was interrupted gets its time anew', () => {
    const frozen = at(disputed(hqOpen()), '2025-03-12T02:00:00.000Z')
    const bench = decided(frozen, people.secondHq, 'uphold')
    expect(openStageOf(bench.state!)).toMatchObject({ stage: 'hq', status: 'open', dueOn: '2025-04-02' })
    expect(decided(bench, people.hq, 'approve').state?.applications[0]?.status).toBe('approved')
  })
})

test('a returned application that was upheld gets its time for the amendment anew', () => {
  const frozen = at(disputed(returnedByBranch()), '2025-03-12T02:00:00.000Z')
  const bench = decided(frozen, people.secondHq, 'uphold')
  expect(liveOf(bench)).toMatchObject({ status: 'returned', amendBy: '2025-04-10' })
  expect(alarmOf(bench.state!)).toBe('2025-04-10T16:00:00.000Z')
})

test('the link of an annulled decision is dead', () => {
  const open = hqOpen()
  const old = stagesOf(open.state!)[0]!.asked
  const bench = settled(open, 'annul')
  for (const { id: approvalId, approver } of old) {
    const again: Command = { ...decisionOf(open), type: 'decide-stage', approvalId }
    expect(ask(bench, again, approver)).toMatchObject({ refused: 'unknown-approval' })
  }
})

describe('annulled', () => {
  test("the branch's consent is asked again in the next round, and what was built upon it falls", () => {
    const bench = settled(hqOpen(), 'annul')
    expect(newest(bench, 2)).toEqual(['stage-decided', 'decision-annulled'])
    expect(nextStep(bench.state!)).toMatchObject({ begin: 'branch', round: 2 })
    const again = conducted(bench)
    expect(stagesNow(again)).toEqual(['branch 1 annulled', 'hq 1 closed', 'branch 2 open'])
    expect(askedOf(again)).toEqual([people.branch, people.secondBranch])
  })

  test("after HQ's consent to it, that consent falls too", () => {
    const consentedByBoth = consented()
    const branchApproval = stagesOf(consentedByBoth.state!)[0]!.asked[0]!.id
    const command: Command = { type: 'dispute-decision', approvalId: branchApproval, reason: null }
    const bench = decided(done(consentedByBoth, command, people.branch), people.secondHq, 'annul', 'Not theirs.')
    const again = conducted(decided(conducted(bench), people.secondBranch, 'approve'))
    expect(stagesNow(again)).toEqual(['branch 1 annulled', 'hq 1 annulled', 'branch 2 approved', 'hq 2 open'])
    expect(again.state).toMatchObject({ status: 'candidate' })
  })

  test('an onboarding that had its effect: the person is a candidate again, and HQ is asked again', () => {
    const bench = settled(onPost(), 'annul')
    expect(bench.state).toMatchObject({
      status: 'candidate',
      onPostSince: null,
      reviewDueOn: null,
      reviewCallAt: null,
      applications: [{ status: 'open', stage: 'hq', round: 2, effectiveAt: null }],
    })
    const again = conducted(decided(conducted(bench), people.secondHq, 'approve'))
    expect(again.state).toMatchObject({ status: 'on-post', applications: [{ status: 'approved' }] })
  })

  test('an onboarding whose training was on file: once it takes effect again nobody is reminded of nothing', () => {
    const bench = decided(conducted(settled(trained(), 'annul')), people.secondHq, 'approve')
    expect(conducted(bench).state?.training.remindAt).toBeNull()
  })

  test.each([
    ['a transfer that had its effect', transferred],
    ['a transfer that had not', transferConsented],
  ])('%s: the assistant is on the post, and HQ is asked again', (_, make) => {
    const bench = settled(make(), 'annul')
    expect(bench.state?.status).toBe('on-post')
    expect(nextStep(bench.state!)).toMatchObject({ begin: 'hq', round: 2 })
    expect(conducted(decided(conducted(bench), people.secondHq, 'approve')).state?.status).toBe('transferred')
  })

  test('a rejection: the application is open again, whoever it was that had ended', () => {
    const bench = settled(notAppointed(), 'annul')
    expect(bench.state).toMatchObject({
      status: 'candidate',
      applications: [{ status: 'open', stage: 'branch', round: 2 }],
    })
    const transfer = settled(decided(transferHqOpen(), people.hq, 'reject', 'No.'), 'annul')
    expect(transfer.state?.status).toBe('on-post')
    expect(nextStep(transfer.state!)).toMatchObject({ begin: 'hq', round: 2 })
  })

  test('a return: the filer has nothing to amend, the stage is asked again', () => {
    const bench = settled(returnedByBranch(), 'annul')
    expect(liveApplication(bench.state!)).toMatchObject({
      status: 'open',
      amendBy: null,
      amendmentEnds: null,
      round: 2,
    })
  })

  test('a review that found the assistant qualified: the transfer ends, and the review is called again', () => {
    const bench = settled(reviewed('qualified'), 'annul')
    expect(bench.state).toMatchObject({ status: 'on-post' })
    expect(bench.state?.applications.at(-1)).toMatchObject({ procedure: 'transfer', status: 'withdrawn' })
    expect(liveReview(bench.state!)?.round).toBe(2)
    expect(askedOf(conducted(bench))).toEqual([people.head])
  })

  test('a review that ended the post: the assistant is back, and the review is called again', () => {
    const bench = settled(reviewed('below-standard'), 'annul')
    expect(bench.state).toMatchObject({ status: 'on-post', exit: null })
    expect(nextStep(bench.state!)).toMatchObject({ begin: 'centre-review', round: 2 })
  })

  test('a transfer refused after the anniversary: the review that followed is over', () => {
    const qualified = conducted(reviewed('qualified'))
    const refused = decided(qualified, people.branch, 'reject', 'Not yet.')
    expect(liveReview(refused.state!)).not.toBeNull()
    const bench = settled(conducted(refused), 'annul')
    expect(liveReview(bench.state!)).toBeNull()
    expect(nextStep(bench.state!)).toMatchObject({ begin: 'branch', round: 2 })
  })

  test('a transfer refused after the anniversary, and below the standard since: the assistant is back', () => {
    const refused = decided(conducted(reviewed('qualified')), people.branch, 'reject', 'Not yet.')
    const below = decided(conducted(refused), people.head, 'below-standard', 'As seen.')
    expect(below.state?.status).toBe('exited')
    const { approvalId } = lastDecision(refused)
    const disputing = done(below, { type: 'dispute-decision', approvalId, reason: null }, people.branch)
    const bench = decided(disputing, people.hq, 'annul', 'Looked into it.')
    expect(bench.state).toMatchObject({ status: 'on-post', exit: null })
    expect(nextStep(bench.state!)).toMatchObject({ begin: 'branch', round: 2 })
  })

  test('needs a reason, and nobody who had a part in it may settle it', () => {
    const bench = disputed(consented())
    const [approval] = openStageOf(bench.state!)!.asked
    const annul: Command = {
      type: 'decide-stage',
      stepUp: 'mail-code',
      approvalId: approval!.id,
      decision: 'annul',
      reason: null,
    }
    expect(ask(bench, annul, people.secondHq)).toMatchObject({ refused: 'reason-required' })
    expect(ask(bench, { ...annul, decision: 'approve', reason: 'x' }, people.secondHq)).toMatchObject({
      refused: 'decision-not-allowed',
    })
  })
})

test('an annulled consent bars nobody from the other stage: it was not theirs', () => {
  const bench = settled(hqOpen(), 'annul')
  const same = { ...bench.organisation, hq: { ...bench.organisation.hq, approvers: [people.branch, people.hq] } }
  const again = conducted(decided(conducted({ ...bench, organisation: same }), people.secondBranch, 'approve'))
  expect(askedOf(again)).toEqual([people.branch, people.hq])
})

test('a case that ended by what is disputed is no case for a new filing of its own', () => {
  expect(ask(disputed(notAppointed()), onboarding, people.filer)).toMatchObject({ refused: 'already-live' })
})
