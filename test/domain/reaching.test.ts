import { describe, expect, test } from 'vitest'
import { openStageOf } from '../../shared/domain/assistant.ts'
import type { Command } from '../../shared/domain/commands.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import type { Organisation } from '../../shared/domain/organisation.ts'
import { mailsOf } from '../../shared/domain/owed-mails.ts'
import { Day } from '../../shared/domain/time.ts'
import { waitingOf } from '../../shared/domain/waiting.ts'
import { ask, at, type Bench, done, organisation, people } from '../support/bank.ts'
import {
  alarmed,
  branchOpen,
  conducted,
  decided,
  filed,
  foundUnfit,
  hqOpen,
  reviewCalled,
  transferFiled,
} from '../support/cases.ts'

/** The bank with people away from Monday, 3 March 2025, to the end of the month; each with a delegate or none. */
const away = (absences: Readonly<Record<string, EmployeeNo | null>>, bank: Organisation = organisation) => ({
  ...bank,
  people: new Map(
    [...bank.people].map(([no, person]) => {
      const delegate = absences[no]
      const [from, until] = [Day.parse('2025-03-03'), Day.parse('2025-03-31')]
      return [
        no,
        delegate === undefined ? person : { ...person, delegation: { delegate, from, until, reason: '休假' } },
      ]
    }),
  ),
})

const askedOf = ({ state }: Bench) =>
  openStageOf(state!)?.asked.map(({ approver, onBehalfOf }) => [approver, onBehalfOf])

const typesOf = ({ events }: Bench, last: number) => events.slice(-last).map(({ type }) => type)

const bounced = (bench: Bench, person: EmployeeNo, dutyId = 'duty-1'): Command => ({
  type: 'report-undeliverable',
  undeliverable: {
    dutyId,
    kind: 'bounce',
    to: person,
    applicationId: null,
    approvalId: openStageOf(bench.state!)?.asked.find(({ approver }) => approver === person)?.id ?? null,
  },
})

describe('art. 7: an approver who is away', () => {
  test('without a delegate is not asked: the next one in the list is', () => {
    const bench = conducted({ ...filed(), organisation: away({ B1: null }) })
    expect(askedOf(bench)).toEqual([[people.secondBranch, null]])
    expect(bench.events.at(-1)?.type).toBe('stage-opened')
  })

  test('whose delegate is away too, or may not decide, is not asked either', () => {
    const delegateIsAway = away({ B1: people.outsider, X1: null })
    expect(askedOf(conducted({ ...filed(), organisation: delegateIsAway }))).toEqual([[people.secondBranch, null]])
    expect(askedOf(conducted({ ...filed(), organisation: away({ B1: people.filer }) }))).toEqual([
      [people.secondBranch, null],
    ])
  })

  test('leaving nobody: the level above is told at once, never silence', () => {
    const bench = conducted({ ...filed(), organisation: away({ B1: null, B2: null }) })
    expect(typesOf(bench, 2)).toEqual(['stage-opened', 'stage-escalated'])
    expect(openStageOf(bench.state!)).toMatchObject({ asked: [], told: [people.head] })
    expect(bench.events.at(-1)?.data).toMatchObject({ atOnce: true, to: 'centre' })
    // Its own timetable goes on, and who is back is asked at the next reminder.
    const back = alarmed({ ...bench, organisation })
    expect(askedOf(back)).toEqual([
      [people.branch, null],
      [people.secondBranch, null],
    ])
  })

  test('leaving nobody at a centre without a head: HQ is told', () => {
    const headless = { ...organisation, centre: { ...organisation.centre, head: null } }
    const bench = conducted({ ...filed(), organisation: away({ B1: null, B2: null }, headless) })
    expect(openStageOf(bench.state!)?.told).toEqual([people.hq, people.secondHq])
  })

  test('leaving nobody to review: the branch is told', () => {
    const called = reviewCalled()
    const head = called.organisation.people.get(people.head)!
    const delegation = { delegate: null, from: Day.parse('2026-01-01'), until: Day.parse('2026-12-31'), reason: '休假' }
    const everyone = new Map(called.organisation.people).set(people.head, { ...head, delegation })
    const bench = conducted({ ...called, organisation: { ...called.organisation, people: everyone } })
    expect(openStageOf(bench.state!)).toMatchObject({
      stage: 'centre-review',
      asked: [],
      told: [people.branch, people.secondBranch],
    })
  })
})

describe('an absence that becomes known while the stage is open', () => {
  const reassess = { type: 'reassess-stage' } as const

  test('asks the delegate at once, for whom is on record; the absent may still answer', () => {
    const bench = done({ ...branchOpen(), organisation: away({ B1: people.outsider }) }, reassess, people.outsider)
    expect(askedOf(bench)?.at(-1)).toEqual([people.outsider, people.branch])
    expect(decided(bench, people.outsider, 'approve').state?.applications[0]?.stages[0]).toMatchObject({
      decidedBy: people.outsider,
      onBehalfOf: people.branch,
    })
    expect(decided(bench, people.branch, 'approve').state?.applications[0]).toMatchObject({ stage: 'hq' })
  })

  test('changes nothing while a colleague is there', () => {
    const bench = { ...branchOpen(), organisation: away({ B1: null }) }
    expect(ask(bench, reassess, people.outsider)).toMatchObject({ refused: 'nothing-due' })
  })

  test('tells the level above where nobody is left, once', () => {
    const bench = done({ ...branchOpen(), organisation: away({ B1: null, B2: null }) }, reassess, people.outsider)
    expect(bench.events.at(-1)).toMatchObject({ type: 'stage-escalated', data: { atOnce: true } })
    expect(ask(bench, reassess, people.outsider)).toMatchObject({ refused: 'nothing-due' })
  })

  test('tells nobody where nobody is left at any level', () => {
    const units = { centre: { ...organisation.centre, head: null }, hq: { ...organisation.hq, approvers: [] } }
    const empty = away({ B1: null, B2: null }, { ...organisation, ...units })
    expect(ask({ ...branchOpen(), organisation: empty }, reassess, people.outsider)).toMatchObject({
      refused: 'nothing-due',
    })
  })

  test('concerns no case that waits for nobody', () => {
    expect(ask(filed(), reassess, people.outsider)).toMatchObject({ refused: 'nothing-due' })
  })
})

describe('a mail that did not arrive', () => {
  test('is on record once, however often it is reported', () => {
    const bench = branchOpen()
    const reported = done(bench, bounced(bench, people.branch), people.outsider)
    expect(reported.state?.undelivered).toMatchObject([{ dutyId: 'duty-1', kind: 'bounce', to: people.branch }])
    expect(ask(reported, bounced(bench, people.branch), people.outsider)).toMatchObject({ refused: 'nothing-due' })
  })

  test('counts as absence: with a colleague there nothing more happens', () => {
    const bench = branchOpen()
    const reported = done(bench, bounced(bench, people.branch), people.outsider)
    expect(typesOf(reported, 1)).toEqual(['mail-undeliverable'])
    expect(openStageOf(reported.state!)?.unreachable).toEqual([people.branch])
  })

  test('to the last who could answer tells the level above at once', () => {
    let bench = branchOpen()
    bench = done(bench, bounced(bench, people.branch, 'duty-1'), people.outsider)
    bench = done(bench, bounced(bench, people.secondBranch, 'duty-2'), people.outsider)
    expect(typesOf(bench, 2)).toEqual(['mail-undeliverable', 'stage-escalated'])
    expect(waitingOf(bench.state!).at(-1)).toMatchObject({ person: people.head, approvalId: null })
  })

  test('to an approver who has a delegate asks the delegate', () => {
    const bench = { ...branchOpen(), organisation: away({ B1: people.outsider }) }
    const reported = done(bench, bounced(bench, people.branch), people.outsider)
    expect(typesOf(reported, 2)).toEqual(['mail-undeliverable', 'approvers-added'])
    expect(askedOf(reported)?.at(-1)).toEqual([people.outsider, people.branch])
  })

  test('about a stage that is over is recorded and has no other effect', () => {
    const open = branchOpen()
    const report = bounced(open, people.secondBranch)
    const bench = decided(open, people.branch, 'approve')
    expect(typesOf(done(bench, report, people.outsider), 1)).toEqual(['mail-undeliverable'])
    expect(done(bench, report, people.outsider).state?.undelivered[0]?.applicationId).toBe(
      bench.state?.applications[0]?.id,
    )
  })

  test('keeps the case going by its timetable', () => {
    const bench = branchOpen()
    const reported = done(at(bench, '2025-03-04T01:00:00.000Z'), bounced(bench, people.branch), people.outsider)
    expect(openStageOf(reported.state!)?.timetable).toEqual(openStageOf(bench.state!)?.timetable)
  })
})

test('a mail that did not arrive counts as absence too once the dispute is settled that froze the stage', () => {
  const asked = hqOpen()
  const approvalId = asked.state!.applications[0]!.stages[0]!.asked[0]!.id
  const report = bounced(asked, people.hq)
  const disputed = done(asked, { type: 'dispute-decision', approvalId, reason: null }, people.branch)
  const reported = done(disputed, report, people.outsider)
  expect(typesOf(reported, 1)).toEqual(['mail-undeliverable'])
  expect(openStageOf(reported.state!)).toMatchObject({ stage: 'dispute', unreachable: [] })
  const upheld = decided(reported, people.secondHq, 'uphold')
  expect(openStageOf(upheld.state!)).toMatchObject({ stage: 'hq', unreachable: [people.hq] })
})

describe('who was asked in a place that they have no more', () => {
  const reassess = { type: 'reassess-stage' } as const
  const units = (approvers: readonly EmployeeNo[]) => ({
    ...organisation,
    branch: { ...organisation.branch, approvers },
  })

  test('is asked anew as an approver, who stood in for one before', () => {
    const stoodIn = conducted({ ...filed(), organisation: away({ B1: people.outsider }, units([people.branch])) })
    expect(askedOf(stoodIn)).toEqual([[people.outsider, people.branch]])
    const successor = done({ ...stoodIn, organisation: units([people.outsider]) }, reassess, people.outsider)
    expect(askedOf(successor)?.at(-1)).toEqual([people.outsider, null])
    const approvalId = openStageOf(successor.state!)!.asked.at(-1)!.id
    const approve = {
      type: 'decide-stage',
      stepUp: 'mail-code',
      approvalId,
      decision: 'approve',
      reason: null,
    } as const
    expect(done(successor, approve, people.outsider).state?.applications[0]?.stages[0]).toMatchObject({
      decidedBy: people.outsider,
      onBehalfOf: null,
    })
    expect(ask(successor, reassess, people.outsider)).toMatchObject({ refused: 'nothing-due' })
  })

  test('is asked anew as a delegate, who was an approver before', () => {
    const asked = conducted({ ...filed(), organisation: units([people.outsider]) })
    const standsIn = { ...asked, organisation: away({ B1: people.outsider }, units([people.branch])) }
    expect(askedOf(alarmed(standsIn))?.at(-1)).toEqual([people.outsider, people.branch])
  })

  test('is told like anybody of the level to which it is escalated', () => {
    const stoodIn = conducted({ ...filed(), organisation: away({ B1: people.head }) })
    let back: Bench = { ...stoodIn, organisation }
    while (back.events.at(-1)?.type !== 'stage-escalated') back = alarmed(back)
    expect(back.events.at(-1)?.data).toMatchObject({ to: 'centre', told: [people.head] })
  })

  test('hears that an exit ended what they were asked, and so does who filed it', () => {
    const asked = conducted({ ...transferFiled(), organisation: away({ B1: people.outsider }) })
    const { state, events } = done(asked, foundUnfit, people.branch)
    const told = mailsOf(events.at(-1)!, asked.state, state!, organisation).map(({ to }) => to)
    const members = [people.hq, people.secondHq, people.branch, people.secondBranch, people.head]
    expect(told.toSorted()).toEqual([...members, people.outsider, people.filer].toSorted())
  })

  test('is told once what another decided', () => {
    const asked = conducted({ ...filed(), organisation: units([people.outsider, people.secondBranch]) })
    const both = [people.branch, people.secondBranch]
    const bench = alarmed({ ...asked, organisation: away({ B1: people.outsider }, units(both)) })
    const { state, events } = decided(bench, people.secondBranch, 'approve')
    const told = mailsOf(events.at(-1)!, null, state!, bench.organisation).filter(({ to }) => to === people.outsider)
    expect(told).toEqual([
      expect.objectContaining({ notice: 'decided', approvalId: state!.applications[0]?.stages[0]?.asked.at(-1)?.id }),
    ])
  })
})
