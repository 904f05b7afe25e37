import { describe, expect, test } from 'vitest'
import { liveDispute, openStageOf } from '../../shared/domain/assistant.ts'
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
  punished,
  returnedByBranch,
  transferHqOpen,
  transferred,
} from '../support/cases.ts'
import {
  askedOf,
  dispute,
  disputed,
  interruptedConsent,
  lastDecision,
  newest,
  reviewed,
  settled,
} from '../support/disputes.ts'

const left = (bench: Bench): Bench => done(bench, foundUnfit, people.branch)
const withdrawal = (bench: Bench): Command => ({
  type: 'withdraw',
  applicationId: liveOf(bench).id,
  reason: 'Changed.',
})
const withdrawn = (bench: Bench): Bench => done(bench, withdrawal(bench), people.filer)

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
    [
      'of a review, once a violation was punished',
      () => done(reviewed('qualified'), punished(foundUnfit.decidedOn), people.filer),
    ],
    ['of a consent to what the filer has withdrawn', () => withdrawn(hqOpen())],
    ['of a return of what the filer has withdrawn', () => withdrawn(returnedByBranch())],
  ])('not %s: neither an exit nor a withdrawal falls with it', (_, make) => {
    const bench = make()
    expect(ask(bench, dispute(bench), lastDecision(bench).by)).toMatchObject({ refused: 'dispute-moot' })
  })

  test.each<readonly [string, (bench: Bench) => Command, EmployeeNo]>([
    ['a decision', interruptedConsent, people.hq],
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

test('a case that ended by what is disputed is no case for a new filing of its own', () => {
  expect(ask(disputed(notAppointed()), onboarding, people.filer)).toMatchObject({ refused: 'already-live' })
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
