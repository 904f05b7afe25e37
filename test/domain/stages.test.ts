import { expect, test } from 'vitest'
import { openStageOf } from '../../shared/domain/assistant.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import { Day, Instant } from '../../shared/domain/time.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { stageTimetable } from '../../shared/domain/timetable.ts'
import { mainlandCalendar } from '../../shared/policy/mainland-calendar.ts'
import { policies } from '../../shared/policy/policies.ts'
import { ask, at, type Bench, done, emptyBench, monday, onboarding, organisation, people } from '../support/bank.ts'
import {
  alarmed,
  branchOpen,
  conducted,
  decided,
  filed,
  hqOpen,
  hqPending,
  liveOf,
  returnedByBranch,
  returnedByHq,
  transferReturned,
} from '../support/cases.ts'

const approversAre = (bench: Bench, branch: readonly EmployeeNo[], hq: readonly EmployeeNo[]): Bench => ({
  ...bench,
  organisation: {
    ...organisation,
    branch: { ...organisation.branch, approvers: branch },
    hq: { ...organisation.hq, approvers: hq },
  },
})

const asked = ({ state }: Bench) => (state === null ? [] : (openStageOf(state)?.asked ?? []))
const askedPeople = (bench: Bench) => asked(bench).map(({ approver }) => approver)

test('art. 7: all approvers of the branch are asked, save the filer and the assistant', () => {
  const everyone = [people.filer, people.branch, people.assistant, people.secondBranch]
  expect(askedPeople(conducted(approversAre(filed(), everyone, [people.hq])))).toEqual([
    people.branch,
    people.secondBranch,
  ])
})

test('art. 7: whoever decided for the branch is not asked for HQ', () => {
  const bench = approversAre(hqPending(), [people.branch], [people.branch, people.hq])
  expect(askedPeople(conducted(bench))).toEqual([people.hq])
})

test('art. 7: someone who is an approver no longer may not decide, though asked', () => {
  const bench = branchOpen()
  const approvalId = asked(bench)[0]!.id
  const removed = approversAre(bench, [people.secondBranch], [people.hq])
  const answer = ask(
    removed,
    { type: 'decide-stage', stepUp: 'mail-code', approvalId, decision: 'approve', reason: null },
    people.branch,
  )
  expect(answer).toMatchObject({ refused: 'unknown-approval' })
})

test('an approver named since is asked with the next reminder', () => {
  const bench = approversAre(branchOpen(), [people.branch, people.outsider], [people.hq])
  expect(askedPeople(alarmed(bench))).toEqual([people.branch, people.secondBranch, people.outsider])
})

const absentUntil = (until: string): Bench['organisation'] => ({
  ...organisation,
  people: new Map(
    [...organisation.people].map(([no, person]) =>
      no === people.branch
        ? [
            no,
            {
              ...person,
              delegation: {
                delegate: people.outsider,
                from: Day.parse('2025-03-01'),
                until: Day.parse(until),
                reason: 'Leave',
              },
            },
          ]
        : [no, person],
    ),
  ),
})

test('art. 7: during an absence the delegate is asked, for the approver, up to the last day', () => {
  const during = conducted({ ...filed(), organisation: absentUntil('2025-03-03') })
  expect(asked(during).map(({ approver, onBehalfOf }) => [approver, onBehalfOf])).toEqual([
    [people.outsider, people.branch],
    [people.secondBranch, null],
  ])
  const after = conducted({ ...filed(), organisation: absentUntil('2025-03-02') })
  expect(askedPeople(after)).toEqual([people.branch, people.secondBranch])
})

test('art. 7: a delegate who filed is not asked, and neither is one who stands in for the decider of the other stage', () => {
  const filerStandsIn = {
    ...organisation,
    people: new Map(
      [...absentUntil('2025-03-03').people].map(([no, person]) => [
        no,
        person.delegation === null
          ? person
          : { ...person, delegation: { ...person.delegation, delegate: people.filer } },
      ]),
    ),
  }
  expect(askedPeople(conducted({ ...filed(), organisation: filerStandsIn }))).toEqual([people.secondBranch])
  const delegated = conducted({ ...filed(), organisation: absentUntil('2025-03-03') })
  const byDelegate = done(
    delegated,
    {
      type: 'decide-stage',
      stepUp: 'mail-code',
      approvalId: asked(delegated)[0]!.id,
      decision: 'approve',
      reason: null,
    },
    people.outsider,
  )
  const hq = approversAre(byDelegate, [people.branch], [people.outsider, people.branch, people.hq])
  expect(askedPeople(conducted(hq))).toEqual([people.hq])
})

test.each([
  ['reject', 'reason-required'],
  ['return', 'reason-required'],
] as const)('%s needs a reason', (decision, refused) => {
  const bench = branchOpen()
  const approvalId = asked(bench)[0]!.id
  expect(
    ask(bench, { type: 'decide-stage', stepUp: 'mail-code', approvalId, decision, reason: null }, people.branch),
  ).toMatchObject({
    refused,
  })
})

const amendment = (bench: Bench, changes: object = {}) =>
  done(
    bench,
    {
      type: 'amend',
      applicationId: liveOf(bench).id,
      changes: { particulars: changes, purpose: null, grounds: null },
      note: null,
    },
    people.filer,
  )

test.each([
  ['branch', returnedByBranch],
  ['hq', returnedByHq],
] as const)('returned by %s and amended, the application comes back to it in the next round', (stage, returned) => {
  const bench = conducted(amendment(returned(), { name: 'Corrected' }))
  expect(liveOf(bench)).toMatchObject({ status: 'open', stage, round: 2 })
  expect(openStageOf(bench.state!)).toMatchObject({ stage, round: 2, status: 'open' })
  expect(bench.state?.particulars.name).toBe('Corrected')
})

test('art. 8: an amendment is held to the same rules as the filing', () => {
  const bench = returnedByBranch()
  const changes = { particulars: { source: 'other' as const }, purpose: null, grounds: null }
  const answer = ask(bench, { type: 'amend', applicationId: liveOf(bench).id, changes, note: null }, people.filer)
  expect(answer).toMatchObject({ refused: 'source-unexplained', pointer: '/changes/sourceNote' })
})

test('a returned application that nobody amends expires after 20 working days', () => {
  const bench = returnedByBranch()
  expect(liveOf(bench)).toMatchObject({ amendBy: '2025-03-31' })
  const expired = alarmed(bench)
  expect(expired.now).toBe('2025-03-31T16:00:00.000Z')
  expect(expired.state).toMatchObject({ status: 'not-appointed', applications: [{ status: 'expired' }] })
})

test('a stage is reminded, escalated and expires in working days: the National Day week and its moved Sunday counted right', () => {
  // Friday, 26 September 2025; Sunday the 28th is worked, 1 to 8 October are not, Saturday the 11th is.
  const bench = conducted(done(at(emptyBench, '2025-09-26T02:00:00.000Z'), onboarding, people.filer))
  const stage = openStageOf(bench.state!)
  expect(stage?.dueOn).toBe('2025-10-16')
  expect(stage?.timetable.map(({ at: when, act, to }) => `${when.slice(0, 16)} ${act} ${to}`)).toEqual([
    '2025-09-29T01:00 remind branch',
    '2025-10-09T01:00 remind branch',
    '2025-10-10T01:00 escalate centre',
    '2025-10-11T01:00 remind branch',
    '2025-10-14T01:00 escalate hq',
    '2025-10-16T16:00 expire branch',
  ])
})

test('silence is not consent: every step of the timetable happens, and at its end the application expires', () => {
  let bench = hqOpen()
  const types: string[] = []
  while (bench.state !== null && alarmOf(bench.state) !== null) {
    bench = alarmed(bench)
    types.push(bench.events.at(-1)?.type ?? '')
  }
  expect(types).toEqual([
    'stage-reminded',
    'stage-reminded',
    'stage-escalated',
    'stage-reminded',
    'stage-escalated',
    'application-expired',
  ])
  expect(bench.state).toMatchObject({
    status: 'not-appointed',
    applications: [{ status: 'expired', effectiveAt: null }],
  })
})

test('the last day is a whole day: a decision at its last moment counts, at the next it is too late', () => {
  const bench = branchOpen()
  const last = at(bench, '2025-03-17T15:59:59.999Z')
  expect(decided(last, people.branch, 'approve').state).toMatchObject({ applications: [{ stage: 'hq' }] })
  expect(alarmOf(last.state!) !== null).toBe(true)
  expect(Instant.parse('2025-03-17T16:00:00.000Z')).toBe(openStageOf(bench.state!)?.timetable.at(-1)?.at)
})

test('art. 7: a delegation that ended takes the decision from the delegate', () => {
  const bench = conducted({ ...filed(), organisation: absentUntil('2025-03-04') })
  const command = {
    type: 'decide-stage',
    stepUp: 'mail-code',
    approvalId: asked(bench)[0]!.id,
    decision: 'approve',
    reason: null,
  } as const
  expect(ask(at(bench, '2025-03-04T01:00:00.000Z'), command, people.outsider)).toMatchObject([
    { type: 'stage-decided' },
  ])
  expect(ask(at(bench, '2025-03-05T01:00:00.000Z'), command, people.outsider)).toMatchObject({
    refused: 'unknown-approval',
  })
})

test('a delegate who is an approver too is asked once', () => {
  const { people: everyone, ...rest } = absentUntil('2025-03-03')
  const toColleague = new Map(
    [...everyone].map(([no, person]) => [
      no,
      person.delegation === null
        ? person
        : { ...person, delegation: { ...person.delegation, delegate: people.secondBranch } },
    ]),
  )
  expect(askedPeople(conducted({ ...filed(), organisation: { ...rest, people: toColleague } }))).toEqual([
    people.secondBranch,
  ])
})

test('an amendment keeps to what the procedure is about', () => {
  const bench = returnedByBranch()
  const changes = { particulars: {}, purpose: null, grounds: 'Excellent.' }
  const answer = ask(bench, { type: 'amend', applicationId: liveOf(bench).id, changes, note: null }, people.filer)
  expect(answer).toMatchObject({ refused: 'not-amendable', pointer: '/changes/grounds' })
  const transfer = transferReturned()
  const amend = (particulars: object, purpose: string | null) =>
    ask(
      transfer,
      {
        type: 'amend',
        applicationId: liveOf(transfer).id,
        changes: { particulars, purpose, grounds: null },
        note: null,
      },
      people.filer,
    )
  expect(amend({ name: 'Other' }, null)).toMatchObject({ refused: 'not-amendable', pointer: '/changes/name' })
  expect(amend({}, 'Training')).toMatchObject({ refused: 'not-amendable', pointer: '/changes/purpose' })
})

test('on the day of the escalation nobody is reminded besides', () => {
  const policy = policies.on(Day.parse('2025-03-03'))
  const everyFifth = {
    ...policy,
    stages: {
      ...policy.stages,
      branch: { remindEvery: 5, escalate: [{ after: 5, to: 'hq' as const }], expireAfter: 10 },
    },
  }
  const { timetable } = stageTimetable('branch', monday, {
    zone: 'Asia/Shanghai',
    calendar: mainlandCalendar,
    policy: everyFifth,
  })
  expect(timetable.map(({ act }) => act)).toEqual(['escalate', 'expire'])
})
