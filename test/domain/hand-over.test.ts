import { expect, test } from 'vitest'
import { hasEnded, openStageOf } from '../../shared/domain/assistant.ts'
import { dutiesOf } from '../../shared/domain/duties.ts'
import { ClientId } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { ask, type Bench, done, people } from '../support/bank.ts'
import { alarmed, conducted, decided, foundUnfit, liveOf, onPost, reviewOpen, transferFiled } from '../support/cases.ts'
import { at } from '../support/bank.ts'

const ids = ['K1', 'K2', 'K3'].map((id) => ClientId.parse(id))

const serving = (bench: Bench): Bench =>
  done(bench, { type: 'assign-clients', clientIds: ids, mode: 'all-or-nothing' }, people.filer)

const leaving = (bench: Bench = onPost()): Bench => done(serving(bench), foundUnfit, people.branch)

const handingOver = (clientIds: readonly ClientId[], to = people.mentor, approvalId: string | null = null) =>
  ({ type: 'hand-over-clients', clientIds, to, approvalId }) as never

test('art. 9: whoever leaves with clients is exiting; the last client who is handed over completes the exit', () => {
  const bench = leaving()
  expect(bench.state).toMatchObject({
    status: 'exiting',
    exit: { ground: 'unfit', handOver: { round: 1, stage: null } },
  })
  const one = done(bench, handingOver(ids.slice(0, 1)), people.head)
  expect(one.state).toMatchObject({ status: 'exiting' })
  const all = done(one, handingOver(ids.slice(1)), people.head)
  expect(all.state).toMatchObject({ status: 'exited', portfolio: [] })
  expect(all.events.slice(-2).map(({ type }) => type)).toEqual(['clients-handed-over', 'exit-completed'])
})

test('art. 9: whoever leaves without clients has left', () => {
  expect(done(onPost(), foundUnfit, people.branch).state).toMatchObject({ status: 'exited', exit: { handOver: null } })
})

test('art. 9: below the standard with clients to hand over, too', () => {
  const bench = at(serving(reviewOpen()), '2026-03-03T02:00:00.000Z')
  expect(decided(bench, people.head, 'below-standard', 'Short of it.').state).toMatchObject({
    status: 'exiting',
    exit: { ground: 'below-standard' },
  })
})

test('on the post clients are handed over without leaving, and not to oneself', () => {
  const bench = serving(onPost())
  expect(done(bench, handingOver(ids), people.head).state).toMatchObject({ status: 'on-post', portfolio: [] })
  expect(ask(bench, handingOver(ids, people.assistant), people.head)).toMatchObject({ refused: 'unable-to-take' })
  expect(ask(bench, handingOver([ClientId.parse('K9')]), people.head)).toMatchObject({ refused: 'unknown-client' })
})

test('art. 9: no client of someone who leaves is just released', () => {
  expect(ask(leaving(), { type: 'release-clients', clientIds: ids, servedAs: 'assistant' }, people.head)).toMatchObject(
    {
      refused: 'hand-over-needed',
    },
  )
})

test('the exit closes an application under way, and the workflow comes to the hand-over', () => {
  const before = serving(conducted(transferFiled()))
  const bench = done(before, foundUnfit, people.branch)
  expect(bench.state?.applications.at(-1)).toMatchObject({ status: 'withdrawn' })
  expect(nextStep(bench.state!)).toEqual({ applicationId: null, begin: 'hand-over', round: 1 })
  const resumptions = dutiesOf(before.state, bench.events.slice(before.events.length), bench.organisation).filter(
    ({ kind }) => kind === 'resume-workflow',
  )
  expect(resumptions).toMatchObject([
    { ended: { stage: 'branch' }, setback: 'exited', next: null },
    { ended: null, setback: null, next: { begin: 'hand-over' } },
  ])
  expect(new Set(resumptions.map(({ id }) => id)).size).toBe(2)
})

test('art. 9: the centre head is asked who takes the clients, reminded, and it goes up while clients have nobody', () => {
  let bench = conducted(leaving())
  expect(openStageOf(bench.state!)).toMatchObject({ stage: 'hand-over', dueOn: '2025-03-10' })
  expect(openStageOf(bench.state!)?.asked.map(({ approver }) => approver)).toEqual([people.head])
  for (let count = 0; count < 5; count += 1) bench = alarmed(bench)
  expect(
    bench.events.slice(-5).map(({ type, at: when, data }) => [type, when.slice(0, 10), 'to' in data ? data.to : null]),
  ).toEqual([
    ['stage-reminded', '2025-03-05', null],
    ['stage-reminded', '2025-03-07', null],
    ['stage-escalated', '2025-03-11', 'branch'],
    ['stage-escalated', '2025-03-18', 'hq'],
    ['stage-escalated', '2025-03-25', 'hq'],
  ])
  const [approval] = openStageOf(bench.state!)!.asked
  const named = handingOver(ids, people.mentor, approval!.id)
  expect(ask(bench, named, people.branch)).toMatchObject({ refused: 'unknown-approval' })
  const over = done(bench, named, people.head)
  expect(over.state).toMatchObject({ status: 'exited', exit: { handOver: { stage: { status: 'completed' } } } })
  expect(ask(over, named, people.head)).toMatchObject({ refused: 'unknown-approval' })
})

test('an annulled review undoes the exit that it brought, and the hand-over with it', () => {
  const bench = at(serving(reviewOpen()), '2026-03-03T02:00:00.000Z')
  const below = conducted(decided(bench, people.head, 'below-standard', 'Short of it.'))
  const approvalId = below.state!.reviews.at(-1)!.stage!.asked[0]!.id
  const disputed = done(below, { type: 'dispute-decision', approvalId, reason: null }, people.head)
  expect(ask(disputed, handingOver(ids), people.head)).toMatchObject({ refused: 'frozen' })
  const annulled = decided(disputed, people.hq, 'annul', 'Not theirs.')
  expect(annulled.state).toMatchObject({ status: 'on-post', exit: null, portfolio: [{}, {}, {}] })
  expect(nextStep(annulled.state!)).toMatchObject({ begin: 'centre-review' })
  const again = decided(conducted(annulled), people.head, 'below-standard', 'Short of it.')
  expect(nextStep(again.state!)).toEqual({ applicationId: null, begin: 'hand-over', round: 2 })
})

/** On the post with clients, and a candidate again: HQ's consent is annulled, and HQ is asked once more. */
const candidate = (): Bench => {
  const bench = serving(onPost())
  const consent = bench.state!.applications[0]!.stages.at(-1)!
  const approvalId = consent.asked.find(({ approver }) => approver === consent.decidedBy)!.id
  const disputed = done(bench, { type: 'dispute-decision', approvalId, reason: null }, people.hq)
  return conducted(decided(disputed, people.secondHq, 'annul', 'Not theirs.'))
}

const rejected = (): Bench => decided(candidate(), people.hq, 'reject', 'Not now.')

const lapsed = (): Bench => {
  let bench = candidate()
  while (bench.state?.status === 'candidate') bench = alarmed(bench)
  return bench
}

const withdrawn = (): Bench => {
  const bench = candidate()
  return done(bench, { type: 'withdraw', applicationId: liveOf(bench).id, reason: 'Changed.' }, people.filer)
}

const resumptionsOf = ({ state }: Bench, bench: Bench) =>
  dutiesOf(state, bench.events.slice(state!.version), bench.organisation).filter(
    ({ kind }) => kind === 'resume-workflow',
  )

test.each([
  ['rejected', rejected],
  ['expired', lapsed],
  ['withdrawn', withdrawn],
] as const)(
  'art. 9: the clients of a candidate whose application is %s after all are handed over, too',
  (setback, failed) => {
    const bench = failed()
    expect(bench.state).toMatchObject({ status: 'not-appointed', exit: null, portfolio: [{}, {}, {}] })
    expect(hasEnded(bench.state!)).toBe(false)
    expect(resumptionsOf(candidate(), bench)).toMatchObject([
      { ended: { stage: 'hq', round: 2 }, setback },
      { ended: null, next: { applicationId: null, begin: 'hand-over', round: 1 } },
    ])
    expect(ask(bench, { type: 'release-clients', clientIds: ids, servedAs: 'assistant' }, people.head)).toMatchObject({
      refused: 'hand-over-needed',
    })

    let asked = conducted(bench)
    expect(openStageOf(asked.state!)).toMatchObject({ stage: 'hand-over', asked: [{ approver: people.head }] })
    for (let count = 0; count < 4; count += 1) asked = alarmed(asked)
    expect(asked.events.slice(-4).map(({ type, data }) => [type, 'to' in data ? data.to : null])).toEqual([
      ['stage-reminded', null],
      ['stage-reminded', null],
      ['stage-escalated', 'branch'],
      ['stage-escalated', 'hq'],
    ])

    const one = done(asked, handingOver(ids.slice(0, 1)), people.head)
    expect(hasEnded(one.state!)).toBe(false)
    const all = done(one, handingOver(ids.slice(1)), people.head)
    expect(all.state).toMatchObject({ status: 'not-appointed', handOver: { stage: { status: 'completed' } } })
    expect(hasEnded(all.state!)).toBe(true)
    expect(nextStep(all.state!)).toBeNull()
    expect(resumptionsOf(one, all)).toMatchObject([{ ended: { stage: 'hand-over' }, setback: 'exited', next: null }])
  },
)

test('an annulled rejection of a candidate with clients ends their hand-over, and a later one has its own number', () => {
  const asked = conducted(rejected())
  const { id: approvalId } = asked
    .state!.applications[0]!.stages.at(-1)!
    .asked.find(({ approver }) => approver === people.hq)!
  const disputed = done(asked, { type: 'dispute-decision', approvalId, reason: null }, people.hq)
  const again = decided(disputed, people.secondHq, 'annul', 'Not theirs.')
  expect(again.state).toMatchObject({ status: 'candidate', handOver: null })
  expect(nextStep(again.state!)).toMatchObject({ begin: 'hq', round: 3 })
  const anew = decided(conducted(again), people.hq, 'reject', 'Not now.')
  expect(nextStep(anew.state!)).toEqual({ applicationId: null, begin: 'hand-over', round: 2 })
  const upheld = done(
    conducted(anew),
    {
      type: 'dispute-decision',
      approvalId: anew.state!.applications[0]!.stages.at(-1)!.asked.find(({ approver }) => approver === people.hq)!.id,
      reason: null,
    },
    people.hq,
  )
  expect(openStageOf(decided(upheld, people.secondHq, 'uphold').state!)).toMatchObject({
    stage: 'hand-over',
    status: 'open',
  })
})
