import { expect, test } from 'vitest'
import {
  applicationOf,
  assistantOf,
  bringTrained,
  decide,
  decideAt,
  file,
  linkTo,
  useBank,
} from '../support/bank-client.ts'

const bank = useBank()

/** The path and secret of a link: the port changes with every start, in the tests alone. */
const answer = (link: URL, decision: string, reason: string | null = null) =>
  decideAt(bank, link.pathname, { secret: link.hash.slice(1), decision, reason })

test('a restart in the middle of each stage: the mails, the clock and the cases are there, and every case goes on', async () => {
  const atBranch = await file(bank, 'R1')
  const atHq = await file(bank, 'R2')
  await decide(bank, 'B1', atHq.id, 'approve')
  const returned = await file(bank, 'R3')
  await decide(bank, 'B1', returned.id, 'return', '请补充')
  const onPost = await bringTrained(bank, 'R4')
  const links = {
    branch: await linkTo(bank, 'B1', atBranch.id),
    hq: await linkTo(bank, 'Q1', atHq.id),
  }
  const before = await bank.now()

  await bank.restart()

  expect((await bank.now()) >= before).toBe(true)
  expect(await answer(links.branch, 'approve')).toMatchObject({ status: 200 })
  expect(await answer(links.hq, 'approve')).toMatchObject({ status: 200 })
  expect(await applicationOf(bank, atBranch.id)).toMatchObject({ status: 'open', stage: 'hq' })
  expect(await assistantOf(bank, atHq.assistantId)).toMatchObject({ status: 'on-post' })
  await bank.call('POST', `/v1/applications/${returned.id}/amendment`, { by: 'F1', changes: {} })
  expect(await applicationOf(bank, returned.id)).toMatchObject({
    status: 'open',
    stages: [{}, { round: 2, status: 'open' }],
  })

  await bank.turn({ to: '2024-11-10T01:00:00.000Z' })
  const review = await linkTo(bank, 'H1', onPost.id)
  await bank.restart()
  expect(await answer(review, 'qualified')).toMatchObject({ status: 200 })
  const { applications } = await assistantOf(bank, onPost.id)
  const transfer = applications.at(-1) ?? ''
  expect(await applicationOf(bank, transfer)).toMatchObject({ procedure: 'transfer', stage: 'branch' })

  await decide(bank, 'B1', transfer, 'approve')
  const consent = await linkTo(bank, 'Q1', transfer)
  await bank.restart()
  expect(await answer(consent, 'approve')).toMatchObject({ status: 200 })
  expect(await assistantOf(bank, onPost.id)).toMatchObject({ status: 'transferred' })
})
