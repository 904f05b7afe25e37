import { expect, test } from 'vitest'
import { assistantOf, bringOnPost, decide, useBank, trailOf } from '../support/bank-client.ts'

const bank = useBank()

test('art. 4: an overdue review never lapses: it goes to the branch, then to HQ, and shows as overdue', async () => {
  const { id, reviewDueOn } = await bringOnPost(bank, 'O1')
  expect(reviewDueOn).toBe('2025-01-02')
  await bank.turn({ to: '2025-01-20T01:00:00.000Z' })
  expect(await assistantOf(bank, id)).toMatchObject({
    status: 'on-post',
    reviewOverdue: true,
    review: { status: 'open' },
  })
  const escalations = (await trailOf(bank, id)).filter(({ type }) => type === 'stage-escalated')
  expect(escalations.map(({ at, data }) => [at.slice(0, 16), data['to']])).toEqual([
    ['2025-01-03T01:00', 'branch'],
    ['2025-01-10T01:00', 'hq'],
    ['2025-01-17T01:00', 'hq'],
  ])
  const told = (await bank.mails()).filter(({ text }) => /【升级提醒】|Escalated:/.test(text) && text.includes(id))
  expect(told.flatMap(({ to }) => to.map((address) => address.slice(0, 2))).toSorted()).toEqual([
    'b1',
    'b2',
    'q1',
    'q1',
    'q2',
    'q2',
  ])
  await decide(bank, 'H1', id, 'below-standard', '未通过考核')
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'exited', reviewOverdue: false })
})
