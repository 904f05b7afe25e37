import { expect, test } from 'vitest'
import { dutiesOf } from '../../shared/domain/duties.ts'
import type { Duty } from '../../shared/domain/duty.ts'
import { evolve } from '../../shared/domain/evolve.ts'
import type { AssistantCase } from '../../shared/domain/assistant.ts'
import { type Bench, done, people } from '../support/bank.ts'
import {
  alarmed,
  branchOpen,
  consented,
  decided,
  exited,
  filed,
  hqOpen,
  hqPending,
  liveOf,
  notAppointed,
  onPost,
  returnedByHq,
  reviewOpen,
} from '../support/cases.ts'

/** The duties that the newest events of a case cause, `last` of them. */
const dutiesAfter = ({ events, organisation }: Bench, last = 1): readonly Duty[] => {
  let before: AssistantCase | null = null
  for (const event of events.slice(0, -last)) before = evolve(before, event)
  return dutiesOf(before, events.slice(-last), organisation)
}

const mails = (duties: readonly Duty[]) =>
  duties.flatMap((duty) => {
    if (duty.kind === 'send-digest') return [`digest > ${duty.to}`]
    return duty.kind === 'send-mail' ? [`${duty.notice} > ${duty.to}`] : []
  })

const resumption = (duties: readonly Duty[]) => {
  const [resume] = duties.filter((duty) => duty.kind === 'resume-workflow')
  if (resume === undefined) return null
  const { ended, setback, next } = resume
  return { ended: ended?.stage ?? null, setback, next: next?.begin ?? null }
}

test('a filing starts the workflow and mails nobody yet', () => {
  const duties = dutiesAfter(filed())
  expect(resumption(duties)).toEqual({ ended: null, setback: null, next: 'branch' })
  expect(mails(duties)).toEqual([])
})

test('an opened stage asks each approver by a mail with an approval of their own', () => {
  const duties = dutiesAfter(branchOpen())
  expect(mails(duties)).toEqual(['decision-request > B1', 'decision-request > B2'])
  expect(new Set(duties.flatMap((duty) => (duty.kind === 'send-mail' ? [duty.approvalId] : []))).size).toBe(2)
  expect(resumption(duties)).toBeNull()
})

test('whoever answers for the unit no more is not reminded of what they can not decide; who took their place is asked', () => {
  const open = branchOpen()
  const branch = { ...open.organisation.branch, approvers: [people.secondBranch, people.outsider] }
  const reassigned = alarmed({ ...open, organisation: { ...open.organisation, branch } })
  expect(mails(dutiesAfter(reassigned))).toEqual(['decision-request > X1', 'digest > B2'])
})

test('an approval answers the waiting task and names what comes next', () => {
  expect(resumption(dutiesAfter(hqPending()))).toEqual({ ended: 'branch', setback: null, next: 'hq' })
  expect(resumption(dutiesAfter(consented()))).toEqual({ ended: 'hq', setback: null, next: 'effect' })
})

test('a rejection ends the task by its error, and tells the filer and the centre head', () => {
  const duties = dutiesAfter(notAppointed())
  expect(resumption(duties)).toEqual({ ended: 'branch', setback: 'rejected', next: null })
  expect(mails(duties)).toEqual(['receipt > B1', 'decided > B2', 'rejected > F1', 'rejected > H1'])
})

test('a return tells the filer; the amendment starts the workflow at the stage that returned', () => {
  expect(mails(dutiesAfter(returnedByHq()))).toEqual(['receipt > Q1', 'decided > Q2', 'returned > F1'])
  expect(resumption(dutiesAfter(returnedByHq()))).toEqual({ ended: 'hq', setback: 'returned', next: null })
  const bench = returnedByHq()
  const changes = { particulars: {}, purpose: null, grounds: null }
  const amended = done(bench, { type: 'amend', applicationId: liveOf(bench).id, changes, note: null }, people.filer)
  expect(resumption(dutiesAfter(amended))).toEqual({ ended: null, setback: null, next: 'hq' })
})

test('a withdrawal tells those who were asked', () => {
  const bench = branchOpen()
  const withdrawn = done(bench, { type: 'withdraw', applicationId: liveOf(bench).id, reason: 'Changed.' }, people.filer)
  expect(mails(dutiesAfter(withdrawn))).toEqual(['withdrawn > B1', 'withdrawn > B2'])
  expect(resumption(dutiesAfter(withdrawn))).toEqual({ ended: 'branch', setback: 'withdrawn', next: null })
})

test('an escalation reminds those asked and tells the unit head, then HQ, each in the digest of the day', () => {
  let bench = branchOpen()
  while (bench.events.at(-1)?.type !== 'stage-escalated') bench = alarmed(bench)
  expect(mails(dutiesAfter(bench))).toEqual(['digest > B1', 'digest > B2', 'digest > H1'])
  do bench = alarmed(bench)
  while (bench.events.at(-1)?.type !== 'stage-escalated')
  expect(mails(dutiesAfter(bench))).toEqual(['B1', 'B2', 'Q1', 'Q2'].map((person) => `digest > ${person}`))
})

test('an escalation to those who are asked already is one mail each', () => {
  let bench = hqOpen()
  for (let escalations = 0; escalations < 2;) {
    bench = alarmed(bench)
    if (bench.events.at(-1)?.type === 'stage-escalated') escalations += 1
  }
  expect(mails(dutiesAfter(bench))).toEqual(['digest > Q1', 'digest > Q2'])
})

test('an expiry tells the filer and the centre head', () => {
  let bench = branchOpen()
  while (bench.events.at(-1)?.type !== 'application-expired') bench = alarmed(bench)
  expect(mails(dutiesAfter(bench))).toEqual(['expired > F1', 'expired > H1'])
  expect(resumption(dutiesAfter(bench))).toEqual({ ended: 'branch', setback: 'expired', next: null })
})

test('art. 7: the effect is told to the filer, the centre head and the assistant', () => {
  expect(mails(dutiesAfter(onPost()))).toEqual(['took-effect > F1', 'took-effect > H1', 'took-effect > assistant'])
})

test('art. 4: who is qualified goes on in the same execution, to the branch', () => {
  const bench = decided({ ...reviewOpen(), now: '2026-03-03T02:00:00.000Z' as never }, people.head, 'qualified')
  const duties = dutiesAfter(bench, 2)
  expect(duties.filter(({ kind }) => kind === 'resume-workflow')).toHaveLength(1)
  expect(resumption(duties)).toEqual({ ended: 'centre-review', setback: null, next: 'branch' })
})

test('art. 9: an exit is told to HQ, branch and centre', () => {
  expect(mails(dutiesAfter(exited()))).toEqual(['Q1', 'Q2', 'B1', 'B2', 'H1'].map((person) => `exited > ${person}`))
})

const publications = (duties: readonly Duty[]) =>
  duties.flatMap((duty) => (duty.kind === 'publish-events' ? [[duty.id, duty.upTo]] : []))

test('what the outside hears of is published by one duty a commit, up to the last such event', () => {
  expect(publications(dutiesAfter(branchOpen(), 2))).toEqual([['7k3m9q2d-2-p', 2]])
  const reminded = alarmed(branchOpen())
  expect(reminded.events.at(-1)?.type).toBe('stage-reminded')
  expect(publications(dutiesAfter(reminded))).toEqual([])
  expect(publications(dutiesAfter(reminded, 2))).toEqual([['7k3m9q2d-2-p', 2]])
})

test('every duty has an id of its own, made from the event that caused it', () => {
  const ids = dutiesAfter(branchOpen(), 2).map(({ id }) => id)
  expect(ids).toEqual(['7k3m9q2d-1-w', '7k3m9q2d-2-m1', '7k3m9q2d-2-m2', '7k3m9q2d-2-p'])
})
