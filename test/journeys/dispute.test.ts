import { expect, test } from 'vitest'
import type { DisputableView } from '../../shared/contracts/decisions.ts'
import {
  applicationOf,
  assistantOf,
  bringOnPost,
  decide,
  linkTo,
  type Message,
  trailOf,
  useBank,
} from '../support/bank-client.ts'

const bank = useBank()

/** The link in someone's newest receipt. */
const denialIn = (mails: readonly Message[], address: string): URL => {
  const receipt = mails.findLast(({ to, subject }) => to.includes(address) && subject.startsWith('【决定回执】'))
  return new URL(receipt?.text.match(/https?:\/\/\S+\/dispute\/\S+/)?.[0] ?? 'missing:')
}

/** What the page behind the link posts. */
const deny = async (link: URL, reason: string) => {
  const [employeeNo, secret] = link.hash.slice(1).split('.')
  return bank.call<DisputableView>('POST', link.pathname, { employeeNo, secret, reason })
}

test('"that was not me": after the effect, HQ annuls its consent, is asked again, and consents', async () => {
  const { id, applications } = await bringOnPost(bank, 'D1')
  const number = applications[0]!
  expect((await assistantOf(bank, id)).status).toBe('on-post')

  expect(await deny(denialIn(await bank.mails(), 'q1@bank.example'), '当时我不在岗')).toMatchObject({
    status: 200,
    body: { decision: 'approve', dispute: { disputedBy: 'Q1', effect: 'begun', status: 'open' } },
  })
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'on-post', disputed: true })
  const withdrawal = { by: 'F1', reason: '人选变更' }
  expect(await bank.call('POST', `/v1/applications/${number}/withdrawal`, withdrawal)).toMatchObject({
    status: 409,
    body: { code: 'frozen' },
  })

  // HQ's other approver settles it by a link of their own, with a code.
  expect(await decide(bank, 'Q2', number, 'annul', '经核实，非本人操作')).toMatchObject({ status: 200 })
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'candidate', onPostSince: null, disputed: false })

  expect(await decide(bank, 'Q2', number, 'approve')).toMatchObject({ status: 200 })
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'on-post' })
  expect((await applicationOf(bank, number)).stages.map(({ stage, round, status }) => [stage, round, status])).toEqual([
    ['branch', 1, 'approved'],
    ['hq', 1, 'annulled'],
    ['hq', 2, 'approved'],
  ])
  expect((await trailOf(bank, id)).map(({ type }) => type)).toEqual([
    'onboarding-filed',
    'stage-opened',
    'stage-decided',
    'stage-opened',
    'stage-decided',
    'onboarding-took-effect',
    'decision-disputed',
    'stage-opened',
    'stage-decided',
    'decision-annulled',
    'stage-opened',
    'stage-decided',
    'onboarding-took-effect',
  ])
})

test('a dispute outlives silence: HQ is told until it settles it, and the case goes on', async () => {
  const { id, applications } = await bringOnPost(bank, 'D2')
  await deny(denialIn(await bank.mails(), 'q1@bank.example'), '')
  await bank.turn({ advance: 'P14D' })
  expect(await assistantOf(bank, id)).toMatchObject({ disputed: true })
  const reminders = (await bank.mails()).filter(({ to, text }) => to.includes('q2@bank.example') && text.includes(id))
  expect(reminders.length).toBeGreaterThan(3)
  await linkTo(bank, 'Q2', applications[0]!)
  expect(await decide(bank, 'Q2', applications[0]!, 'uphold')).toMatchObject({ status: 200 })
  expect(await assistantOf(bank, id)).toMatchObject({ status: 'on-post', disputed: false })
})
