import { expect, test } from 'vitest'
import { decide } from '../../shared/domain/decide.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import type { Command, SetTrainingPlan } from '../../shared/domain/commands.ts'
import { addDays, Day } from '../../shared/domain/time.ts'
import { requiredTopics } from '../../shared/domain/training.ts'
import { policies, policiesOf } from '../../shared/policy/policies.ts'
import { ask, at, type Bench, contextOf, done, people } from '../support/bank.ts'
import {
  alarmed,
  decided,
  onPost,
  passing,
  planItems,
  planned,
  reviewOpen,
  trained,
  transferBranchOpen,
  transferHqOpen,
} from '../support/cases.ts'

const since = Day.parse('2025-03-03')
const items = planItems(since)

const plan = (bench: Bench, given: SetTrainingPlan['items']) =>
  ask(bench, { type: 'set-training-plan', items: given }, people.head)

const assessed = (bench: Bench, more: object = {}) =>
  ask(
    bench,
    {
      type: 'record-assessment',
      itemId: 'item-1',
      takenOn: since,
      assessor: people.mentor,
      score: 59,
      passed: false,
      ...more,
    },
    people.mentor,
  )

const without = (index: number, member: 'dueOn' | 'assessment') =>
  items.map((item, each) => (each === index ? { ...item, [member]: null } : item))

test.each(requiredTopics.map((topic) => [topic]))('art. 5: a plan that lacks %s is refused, and says so', (topic) => {
  const lacking = items.filter((item) => item.topic !== topic)
  expect(plan(onPost(), lacking)).toMatchObject({ refused: 'topics-lacking', facts: { topics: topic } })
})

test('art. 5: every item of a plan has a day within the year and an assessment', () => {
  expect(plan(onPost(), without(1, 'dueOn'))).toMatchObject({ refused: 'day-lacking', pointer: '/items/1/dueOn' })
  expect(plan(onPost(), without(2, 'assessment'))).toMatchObject({
    refused: 'assessment-lacking',
    pointer: '/items/2/assessment',
  })
  const dueOn = (day: string) => items.map((item, index) => (index === 3 ? { ...item, dueOn: Day.parse(day) } : item))
  for (const day of ['2025-03-02', '2026-03-04'])
    expect(plan(onPost(), dueOn(day))).toMatchObject({ refused: 'outside-the-year', pointer: '/items/3/dueOn' })
  for (const day of ['2025-03-03', '2026-03-03'])
    expect(plan(onPost(), dueOn(day))).toMatchObject([{ type: 'training-plan-set' }])
})

test('art. 5: a plan is revised by the next version; the same plan again is none', () => {
  const bench = planned()
  expect(plan(bench, items)).toEqual([])
  expect(plan(bench, items.toReversed())).toMatchObject([{ type: 'training-plan-set', data: { version: 2 } }])
})

test('art. 5: the mentor is a registered colleague', () => {
  const name = (mentor: string) => ask(onPost(), { type: 'name-mentor', mentor: mentor as never }, people.head)
  expect(name(people.assistant)).toMatchObject({ refused: 'not-oneself' })
  expect(name('NOBODY')).toMatchObject({ refused: 'unknown-person' })
  expect(name(people.mentor)).toMatchObject([{ type: 'mentor-named', data: { mentor: people.mentor } }])
})

test('art. 5: every try at an assessment stays on record, numbered by item', () => {
  let bench = planned()
  for (const [itemId, passed] of [
    ['item-1', false],
    ['item-2', true],
    ['item-1', true],
  ] as const)
    bench = done(
      bench,
      { type: 'record-assessment', itemId, takenOn: since, assessor: people.mentor, score: passed ? 60 : 59, passed },
      people.mentor,
    )
  expect(bench.state?.training.assessments.map(({ itemId, attempt, passed }) => [itemId, attempt, passed])).toEqual([
    ['item-1', 1, false],
    ['item-2', 1, true],
    ['item-1', 2, true],
  ])
})

test('art. 5: an assessment is of an item of the plan, not in the future, by somebody else, and says what its score says', () => {
  expect(assessed(onPost())).toMatchObject({ refused: 'no-training-plan' })
  const bench = planned()
  expect(assessed(bench, { itemId: 'item-9' })).toMatchObject({ refused: 'unknown-item', pointer: '/itemId' })
  expect(assessed(bench, { takenOn: '2025-03-04' })).toMatchObject({ refused: 'date-in-future' })
  expect(assessed(bench, { assessor: people.assistant })).toMatchObject({ refused: 'not-oneself' })
  expect(assessed(bench, { passed: true })).toMatchObject({ refused: 'score-contradicts' })
  expect(assessed(bench, { score: 60 })).toMatchObject({ refused: 'score-contradicts' })
  expect(assessed(bench)).toMatchObject([{ type: 'assessment-recorded', data: { attempt: 1 } }])
})

test('art. 5: attendance at meetings, trainings and coaching is counted', () => {
  let bench = onPost()
  for (const minutes of [90, null, 30])
    bench = done(
      bench,
      { type: 'record-attendance', kind: 'coaching', on: since, title: 'Weekly', minutes },
      people.head,
    )
  expect(bench.state?.training.attendance).toEqual({
    meeting: { count: 0, minutes: 0 },
    training: { count: 0, minutes: 0 },
    coaching: { count: 3, minutes: 120 },
  })
})

const transfer = (bench: Bench) =>
  ask(
    bench,
    { type: 'file-transfer', early: true, grounds: 'Best of the year.', filedBy: people.filer, note: null },
    people.filer,
  )

test('art. 5: nobody transfers without a plan, or with an item that is not passed, which is named', () => {
  expect(transfer(onPost())).toMatchObject({ refused: 'no-training-plan' })
  const [first, ...others] = passing(since, since)
  let bench = planned()
  for (const command of others) bench = done(bench, command, people.mentor)
  expect(transfer(bench)).toMatchObject({ refused: 'training-not-passed', facts: { missing: 'Training 1 (item-1)' } })
  expect(transfer(done(bench, first!, people.mentor))).toMatchObject([{ type: 'transfer-filed' }])
})

test('art. 5: the review finds nobody qualified whose revised plan has an item that is not passed', () => {
  const bench = reviewOpen()
  const added = { ...items[0]!, id: 'item-5', title: 'Added' }
  const revised = done(bench, { type: 'set-training-plan', items: [...items, added] }, people.head)
  expect(() => decided(revised, people.head, 'qualified')).toThrow('training-not-passed')
  expect(decided(bench, people.head, 'qualified').events.at(-1)).toMatchObject({ type: 'transfer-filed' })
})

test('art. 5: nobody consents to a transfer while the plan, revised meanwhile, has an item that is not passed', () => {
  const added = { ...items[0]!, id: 'item-5', title: 'Added' }
  const revise = { type: 'set-training-plan', items: [...items, added] } as const
  for (const [bench, approver] of [
    [transferBranchOpen(), people.branch],
    [transferHqOpen(), people.hq],
  ] as const) {
    const revised = done(bench, revise, people.head)
    expect(() => decided(revised, approver, 'approve')).toThrow('training-not-passed')
    const passed = done(revised, { ...passing(since, since)[0]!, itemId: 'item-5' } as Command, people.mentor)
    expect(decided(passed, approver, 'approve').events.at(-1)).toMatchObject({ type: 'stage-decided' })
    expect(decided(revised, approver, 'return', 'Train on.').events.at(-1)).toMatchObject({ type: 'stage-decided' })
  }
})

const reminders = (bench: Bench) =>
  bench.events.flatMap((event) => (event.type === 'training-reminded' ? [[event.at, event.data] as const] : []))

test('art. 5: until plan and mentor are on file the centre head is reminded after ten working days, then weekly, then the branch too', () => {
  let bench = onPost()
  for (let count = 0; count < 4; count += 1) bench = alarmed(bench)
  expect(reminders(bench).map(([when, { told, missing }]) => [when, told, missing])).toEqual([
    ['2025-03-17T01:00:00.000Z', [people.head], ['plan', 'mentor']],
    ['2025-03-24T01:00:00.000Z', [people.head], ['plan', 'mentor']],
    ['2025-03-31T01:00:00.000Z', [people.head, people.branch, people.secondBranch], ['plan', 'mentor']],
    ['2025-04-08T01:00:00.000Z', [people.head, people.branch, people.secondBranch], ['plan', 'mentor']],
  ])
  const mentored = done(bench, { type: 'name-mentor', mentor: people.mentor }, people.head)
  expect(reminders(alarmed(mentored)).at(-1)?.[1].missing).toEqual(['plan'])
})

test('art. 5: mentor and assistant are reminded a week before an item is due, the day after, and weekly while it is overdue', () => {
  // Due on 2, 3, 4 and 5 May; the first three are passed.
  let bench = planned()
  for (const command of passing(since, since).slice(0, 3)) bench = done(bench, command, people.mentor)
  for (let count = 0; count < 3; count += 1) bench = alarmed(bench)
  const told = [people.mentor, 'assistant']
  expect(reminders(bench).map(([when, data]) => [when.slice(0, 10), data.told, data.due, data.overdue])).toEqual([
    [addDays(items[3]!.dueOn!, -7), told, ['item-4'], []],
    [addDays(items[3]!.dueOn!, 1), told, [], ['item-4']],
    ['2025-05-13', told, [], ['item-4']],
  ])
  const passed = done(at(bench, '2025-05-14T01:00:00.000Z'), passing(since, since)[3]!, people.mentor)
  expect(alarmOf(passed.state!)).toBe(passed.state?.reviewCallAt)
})

test('art. 5: an occasion that a changed policy gives no more is let pass, and the one that it gives is kept', () => {
  const bench = at(planned(), `${addDays(items[0]!.dueOn!, -7)}T01:00:00.000Z`)
  const old = policies.on(since)
  const later = { ...old, version: '2025-2', from: addDays(since, 1), training: { ...old.training, remindBefore: 3 } }
  const passTime: Command = { type: 'pass-time' }
  const context = { ...contextOf(bench, passTime, people.outsider), policies: policiesOf([old, later]) }
  expect(alarmOf(bench.state!)).toBe(bench.now)
  expect(decide(passTime, bench.state, context)).toMatchObject([
    {
      type: 'training-reminded',
      data: { due: [], told: [], remindAt: `${addDays(items[0]!.dueOn!, -3)}T01:00:00.000Z` },
    },
  ])
})

const failedTry = (itemId: string, takenOn: string): Command => ({
  type: 'record-assessment',
  itemId,
  takenOn: Day.parse(takenOn),
  assessor: people.mentor,
  score: 40,
  passed: false,
})

test('art. 5: what is put on record meanwhile puts off no reminder of what is overdue', () => {
  let bench = planned()
  while (reminders(bench).at(-1)?.[1].overdue.length !== 4) bench = alarmed(bench)
  expect([bench.now.slice(0, 10), alarmOf(bench.state!)]).toEqual(['2025-05-06', '2025-05-13T01:00:00.000Z'])
  for (const day of ['2025-05-08', '2025-05-12'])
    bench = done(at(bench, `${day}T02:00:00.000Z`), failedTry('item-1', day), people.mentor)
  expect(alarmOf(bench.state!)).toBe('2025-05-13T01:00:00.000Z')
  const mentored = at(onPost(), '2025-03-20T02:00:00.000Z')
  const reminded = done({ ...mentored, now: alarmOf(mentored.state!)! }, { type: 'pass-time' }, people.outsider)
  const named = done(
    at(reminded, '2025-03-20T02:00:00.000Z'),
    { type: 'name-mentor', mentor: people.mentor },
    people.head,
  )
  expect(alarmOf(named.state!)).toBe('2025-03-24T01:00:00.000Z')
})

test('art. 5: what is put on record as a reminder falls due takes its place only where it settles it', () => {
  let bench = planned()
  for (const command of passing(since, since).slice(1)) bench = done(bench, command, people.mentor)
  const due = { ...bench, now: alarmOf(bench.state!)! }
  expect(due.now.slice(0, 10)).toBe('2025-04-25')
  const failed = done(due, failedTry('item-1', '2025-04-25'), people.mentor)
  expect(alarmOf(failed.state!)).toBe(due.now)
  expect(reminders(alarmed(failed)).at(-1)?.[1]).toMatchObject({
    due: ['item-1'],
    remindAt: '2025-05-03T01:00:00.000Z',
  })
  expect(done(due, passing(since, since)[0]!, people.mentor).state?.training.remindAt).toBeNull()
})

test('art. 5: nobody is reminded of a training that is passed', () => {
  expect(trained().state?.training.remindAt).toBeNull()
})
