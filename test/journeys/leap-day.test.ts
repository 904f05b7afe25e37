import { expect, test } from 'vitest'
import { assistantOf, bringOnPost, decide, useBank } from '../support/bank-client.ts'

const bank = useBank()

test('art. 4: on the post since 29 February, the year ends on 28 February', async () => {
  // Late in the evening in UTC it is the next day at the bank.
  await bank.turn({ to: '2024-02-28T16:30:00.000Z' })
  const { id, onPostSince, reviewDueOn } = await bringOnPost(bank, 'L1')
  expect({ onPostSince, reviewDueOn }).toEqual({ onPostSince: '2024-02-29', reviewDueOn: '2025-02-28' })
  await bank.turn({ to: '2025-02-27T15:59:00.000Z' })
  expect(await decide(bank, 'H1', id, 'below-standard', '未达标')).toMatchObject({
    status: 422,
    body: { article: '9' },
  })
  await bank.turn({ advance: 'PT1M' })
  expect(await decide(bank, 'H1', id, 'below-standard', '未达标')).toMatchObject({ status: 200 })
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'exited' })
})
