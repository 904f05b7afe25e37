import { expect, test } from 'vitest'
import { openStageOf } from '../../shared/domain/assistant.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import type { Organisation } from '../../shared/domain/organisation.ts'
import { Day } from '../../shared/domain/time.ts'
import { ask, at, type Bench, done, organisation, people } from '../support/bank.ts'
import {
  alarmed,
  branchOpen,
  conducted,
  decided,
  filed,
  hqOpen,
  hqPending,
  reviewCalled,
  trained,
} from '../support/cases.ts'

interface Absence {
  readonly of: EmployeeNo
  readonly delegate: EmployeeNo
  readonly from: string
  readonly until: string
}

const away = (base: Organisation, { of, delegate, from, until }: Absence): Organisation => {
  const person = base.people.get(of)
  if (person === undefined) throw new Error(`${of} is not on record.`)
  const delegation = { delegate, from: Day.parse(from), until: Day.parse(until), reason: 'Leave' }
  return { ...base, people: new Map(base.people).set(of, { ...person, delegation }) }
}

const withApprovers = (branch: readonly EmployeeNo[], hq: readonly EmployeeNo[]): Organisation => ({
  ...organisation,
  branch: { ...organisation.branch, approvers: branch },
  hq: { ...organisation.hq, approvers: hq },
})

const headedBy = (head: EmployeeNo | null): Organisation => ({
  ...organisation,
  centre: { ...organisation.centre, head },
})

const asked = ({ state }: Bench) => (state === null ? [] : (openStageOf(state)?.asked ?? []))
const askedPeople = (bench: Bench) => asked(bench).map(({ approver }) => approver)

const answer = (bench: Bench, to: EmployeeNo, by: EmployeeNo) => {
  const approvalId = asked(bench).find(({ approver }) => approver === to)!.id
  return ask(bench, { type: 'decide-stage', stepUp: 'mail-code', approvalId, decision: 'approve', reason: null }, by)
}

test('art. 7: an answer counts from the one who was asked alone, not from the filer who got hold of it', () => {
  expect(answer(branchOpen(), people.branch, people.filer)).toHaveProperty('refused')
})

test('art. 7: who filed may not decide, even where a record says that they were asked', () => {
  const bench = branchOpen()
  const state = {
    ...bench.state!,
    applications: bench.state!.applications.map((application) => ({
      ...application,
      filedBy: people.branch,
    })),
  }
  expect(answer({ ...bench, state }, people.branch, people.branch)).toMatchObject({
    refused: 'four-eyes',
    facts: { person: people.branch },
  })
})

test('art. 7: the delegate of someone who decided for the branch is not asked for HQ in their name', () => {
  const decidedByB1 = decided(branchOpen(), people.branch, 'approve')
  const bank = away(withApprovers([people.branch], [people.branch, people.hq]), {
    of: people.branch,
    delegate: people.outsider,
    from: '2025-03-01',
    until: '2025-03-31',
  })
  expect(askedPeople(conducted({ ...decidedByB1, organisation: bank }))).toEqual([people.hq])
})

test('art. 7: who decided an earlier round for the branch has no part at HQ either', () => {
  const returned = decided(branchOpen(), people.branch, 'return', 'Say more.')
  const { id } = returned.state!.applications[0]!
  const changes = { particulars: {}, purpose: null, grounds: null }
  const amended = conducted(done(returned, { type: 'amend', applicationId: id, changes, note: null }, people.filer))
  const consented = decided(amended, people.secondBranch, 'approve')
  const both = [people.branch, people.secondBranch]
  const bench = conducted({
    ...consented,
    organisation: withApprovers(both, [...both, people.hq]),
  })
  expect(askedPeople(bench)).toEqual([people.hq])
})

test('art. 4: nobody reviews themselves, not even as head of the centre', () => {
  const bench = conducted({ ...reviewCalled(), organisation: headedBy(people.assistant) })
  expect(askedPeople(bench)).toEqual([])
  expect(askedPeople(alarmed({ ...bench, organisation: headedBy(people.head) }))).toEqual([people.head])
})

test('art. 7: an early transfer is not filed where nobody could consent to it', () => {
  const bench = { ...trained(), organisation: withApprovers([people.branch], [people.filer]) }
  const command = {
    type: 'file-transfer',
    early: true,
    grounds: 'Excellent.',
    filedBy: people.filer,
    note: null,
  } as const
  expect(ask(bench, command, people.filer)).toMatchObject({ refused: 'no-approver' })
})

test('art. 7: a head who alone could consent may not put the assistant forward, for who files never decides', () => {
  const bench = conducted({
    ...reviewCalled(),
    organisation: withApprovers([people.branch], [people.head]),
  })
  const approvalId = asked(bench)[0]!.id
  const command = {
    type: 'decide-stage',
    stepUp: 'mail-code',
    approvalId,
    decision: 'qualified',
    reason: null,
  } as const
  expect(ask(bench, command, people.head)).toMatchObject({ refused: 'no-approver' })
})

test('art. 7: a head in whose name a delegate put the assistant forward has filed as well, and decides no stage', () => {
  const absence = { of: people.head, delegate: people.outsider, from: '2025-03-01', until: '2026-12-31' }
  const putForward = (branch: readonly EmployeeNo[]) => {
    const bank = away(withApprovers(branch, [people.hq]), absence)
    return decided(conducted({ ...reviewCalled(), organisation: bank }), people.outsider, 'qualified')
  }
  const branch = [people.head, people.branch]
  const bench = { ...putForward(branch), organisation: withApprovers(branch, [people.hq]) }
  expect(bench.state?.applications.at(-1)).toMatchObject({ filedBy: people.outsider })
  expect(askedPeople(conducted(bench))).toEqual([people.branch])
  expect(() => putForward([people.head])).toThrow('no-approver')
})

test('an absence begins with its first day', () => {
  const absence = { of: people.branch, delegate: people.outsider, until: '2025-03-31' }
  const asOf = (from: string) => conducted({ ...filed(), organisation: away(organisation, { ...absence, from }) })
  expect(askedPeople(asOf('2025-03-03'))).toEqual([people.outsider, people.secondBranch])
  expect(askedPeople(asOf('2025-03-04'))).toEqual([people.branch, people.secondBranch])
})

test('a delegate who cannot be mailed is not asked, nor is the absent approver: the next one in the list is', () => {
  const bank = away(organisation, {
    of: people.branch,
    delegate: people.outsider,
    from: '2025-03-01',
    until: '2025-03-31',
  })
  const known = new Map([...bank.people].filter(([no]) => no !== people.outsider))
  expect(askedPeople(conducted({ ...filed(), organisation: { ...bank, people: known } }))).toEqual([
    people.secondBranch,
  ])
})

test('art. 7: an approver who stood in for a colleague still decides in their own right when the absence is over', () => {
  const absence = {
    of: people.branch,
    delegate: people.secondBranch,
    from: '2025-03-01',
    until: '2025-03-03',
  }
  const bench = conducted({ ...filed(), organisation: away(organisation, absence) })
  const dayAfter = at(bench, '2025-03-04T01:00:00.000Z')
  expect(answer(dayAfter, people.secondBranch, people.secondBranch)).toMatchObject([{ type: 'stage-decided' }])
})

test('art. 7: while HQ is asked, the answer that the branch gave stands', () => {
  const approvalId = branchOpen().state!.applications[0]!.stages[0]!.asked[0]!.id
  for (const bench of [hqPending(), hqOpen()]) {
    const command = {
      type: 'decide-stage',
      stepUp: 'mail-code',
      approvalId,
      decision: 'reject',
      reason: 'On second thoughts.',
    } as const
    expect(ask(bench, command, people.branch)).toMatchObject({
      refused: 'already-decided',
      facts: { decision: 'approve' },
    })
  }
})

test('the second of two approvers learns that the first has answered', () => {
  const bench = branchOpen()
  const approvalId = asked(bench).find(({ approver }) => approver === people.secondBranch)!.id
  const after = decided(bench, people.branch, 'reject', 'No vacancy.')
  const command = { type: 'decide-stage', stepUp: 'mail-code', approvalId, decision: 'approve', reason: null } as const
  expect(ask(after, command, people.secondBranch)).toMatchObject({
    refused: 'already-decided',
    facts: { decision: 'reject' },
  })
})
