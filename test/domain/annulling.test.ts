import { describe, expect, test } from 'vitest'
import { liveApplication, liveReview, openStageOf, stagesOf } from '../../shared/domain/assistant.ts'
import type { Command } from '../../shared/domain/commands.ts'
import { ClientId } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { Day } from '../../shared/domain/time.ts'
import { ask, at, type Bench, done, people } from '../support/bank.ts'
import {
  conducted,
  consented,
  decided,
  hqOpen,
  liveOf,
  notAppointed,
  onPost,
  punished,
  returnedByBranch,
  reviewOpen,
  trained,
  transferConsented,
  transferred,
  transferHqOpen,
} from '../support/cases.ts'
import { askedOf, disputed, interruptedConsent, lastDecision, newest, reviewed, settled } from '../support/disputes.ts'

const stagesNow = ({ state }: Bench) =>
  liveOf({ state } as Bench).stages.map(({ stage, round, status }) => `${stage} ${round} ${status}`)

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

  describe('art. 9: whoever is back, and was punished for a violation', () => {
    /** Below the standard, with a client to hand over, punished since, and back by word of HQ. */
    const back = (violatedOn: string): Bench => {
      const serving: Command = { type: 'assign-clients', clientIds: [ClientId.parse('K1')], mode: 'all-or-nothing' }
      const open = at(done(reviewOpen(), serving, people.filer), '2026-03-03T02:00:00.000Z')
      const below = decided(open, people.head, 'below-standard', 'As seen.')
      return settled(done(below, punished(Day.parse(violatedOn)), people.hq), 'annul')
    }

    test('in the time on the post leaves it for that', () => {
      const bench = back('2026-02-02')
      expect(newest(bench, 2)).toEqual(['decision-annulled', 'exit-begun'])
      expect(bench.state).toMatchObject({ status: 'exiting', exit: { ground: 'discipline' } })
      expect(nextStep(bench.state!)).toMatchObject({ begin: 'hand-over' })
    })

    test('of before, which HQ knew of, stays', () => {
      expect(back('2025-03-02').state).toMatchObject({ status: 'on-post', exit: null })
    })
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

test('the link of an annulled decision is dead', () => {
  const open = hqOpen()
  const old = stagesOf(open.state!)[0]!.asked
  const bench = settled(open, 'annul')
  for (const { id: approvalId, approver } of old) {
    const again: Command = { ...interruptedConsent(open), approvalId }
    expect(ask(bench, again, approver)).toMatchObject({ refused: 'unknown-approval' })
  }
})

test('an annulled consent bars nobody from the other stage: it was not theirs', () => {
  const bench = settled(hqOpen(), 'annul')
  const same = { ...bench.organisation, hq: { ...bench.organisation.hq, approvers: [people.branch, people.hq] } }
  const again = conducted(decided(conducted({ ...bench, organisation: same }), people.secondBranch, 'approve'))
  expect(askedOf(again)).toEqual([people.branch, people.hq])
})
