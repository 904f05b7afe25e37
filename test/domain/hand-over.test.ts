import { expect, test } from 'vitest'
import { openStageOf } from '../../shared/domain/assistant.ts'
import { dutiesOf } from '../../shared/domain/duties.ts'
import { ClientId } from '../../shared/domain/ids.ts'
import { nextStep } from '../../shared/domain/next-step.ts'
import { ask, type Bench, done, people } from '../support/bank.ts'
import { alarmed, conducted, decided, foundUnfit, onPost, reviewOpen, transferFiled } from '../support/cases.ts'
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
