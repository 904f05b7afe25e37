import { expect, test } from 'vitest'
import { CalendarNotPublished } from '../../../shared/domain/working-calendar.ts'
import { replyTexts } from '../../../shared/text/reply.ts'
import { people } from '../../support/bank.ts'
import { replyTo } from '../../support/raw-mails.ts'
import { useApi } from '../http/client.ts'
import { branchAsked, caseId } from '../support.ts'
import { answersAmong, decisionsOn, deliver, expectSaid, factsOf, forged, replyOf, withRequest } from './replies.ts'

const openBank = useApi()

const setUp = async () => withRequest(await openBank())

test('a link, a reply and the reply of another approver at once make one decision, and the losers are told', async () => {
  const bank = await openBank()
  for (const number of [1, 2, 3, 4]) {
    await branchAsked(bank, number)
    const first = await factsOf(bank.system, number, people.branch)
    const second = await factsOf(bank.system, number, people.secondBranch)
    const code = await bank.system.codes.issue(
      { assistantId: caseId(number), to: people.branch, subject: first.approvalId },
      null,
      null,
      bank.clock.now(),
    )
    const digits = await bank.system.secrets.code(first.approvalId, code!.duty.issue)
    const before = bank.mails.length
    const [page] = await Promise.all([
      bank.call('POST', `/decide/${first.approvalId}`, { secret: first.secret, code: digits, decision: 'approve' }),
      deliver(bank, replyOf(first, '不同意 编制已满')),
      deliver(bank, replyOf(second, '退回 来源不清')),
    ])
    const [decision, ...others] = await decisionsOn(bank.system, number)
    expect(others).toEqual([])
    const losers = [
      ...(decision?.channel === 'reply' && decision.by === people.branch ? [] : [first.sender]),
      ...(decision?.by === people.secondBranch ? [] : [second.sender]),
    ]
    expect(page.status).toBe(decision?.channel === 'page' ? 200 : 409)
    const told = answersAmong(bank.mails.slice(before))
    expect(told.flatMap(({ to }) => to).toSorted()).toEqual(losers.toSorted())
    for (const { text } of told) expect(text).toContain(`已由 Person ${decision?.by} 于`)
    await bank.states.idle()
  }
})

test('a thousand wrong secrets by mail change nothing', async () => {
  const { bank, facts } = await setUp()
  const before = await bank.items()
  const wrong = (index: number) => {
    const letter = 'ABCDEFGHIJ'[index % 10] ?? ''
    const at = index % 43
    const secret =
      facts.secret.slice(0, at) +
      (facts.secret.charAt(at).toUpperCase() === letter ? '_' : letter) +
      facts.secret.slice(at + 1)
    return replyTo({ ...facts, secret: index < 500 ? secret : Buffer.alloc(32, index).toString('base64url') })
  }
  for (let index = 0; index < 1000; index += 1) {
    const envelope = { ...(index % 2 === 0 ? forged.envelope : {}), recipients: [wrong(index)] }
    await deliver(bank, replyOf(facts, '同意', { envelope }))
  }
  const after = await bank.items()
  expect(after.filter(({ pk }) => !pk.startsWith('MAIL#'))).toEqual(before)
  expect(answersAmong(bank.mails)).toHaveLength(10)
  await deliver(bank, replyOf(facts, '同意'))
  expect(await decisionsOn(bank.system, 1)).toHaveLength(1)
})

test('a failure of the store or of KMS is thrown, so that the mail is delivered again, and then has its effect', async () => {
  const { bank, facts } = await setUp()
  const { secrets, record, correspondence } = bank.system
  const fail = () => Promise.reject(new Error('Throttled'))
  const failing = [
    { ...bank.system, secrets: { ...secrets, matchesFolded: fail } },
    { ...bank.system, record: { ...record, load: fail } },
    { ...bank.system, record: { ...record, commit: fail } },
  ]
  for (const system of failing)
    await expect(deliver({ ...bank, system }, replyOf(facts, '同意'), 'one')).rejects.toThrow('Throttled')
  const unsure = { ...bank.system, correspondence: { ...correspondence, put: fail } }
  await expect(deliver({ ...bank, system: unsure }, replyOf(facts, '好的'), 'two')).rejects.toThrow('Throttled')
  expect(await deliver(bank, replyOf(facts, '好的'), 'two')).toHaveLength(1)
  await deliver(bank, replyOf(facts, '同意'), 'one')
  expect(await decisionsOn(bank.system, 1)).toHaveLength(1)
})

test('an answer whose consequence lies beyond the published calendar is returned, and counts later', async () => {
  const { bank, facts } = await setUp()
  const { calendar } = bank.system
  const addWorkingDays = () => {
    throw new CalendarNotPublished()
  }
  const system = { ...bank.system, calendar: { ...calendar, addWorkingDays } }
  expectSaid(await deliver({ ...bank, system }, replyOf(facts, '同意')), new RegExp(calendar.lastDay))
  expect(await decisionsOn(bank.system, 1)).toEqual([])
  await deliver(bank, replyOf(facts, '同意'))
  expect(await decisionsOn(bank.system, 1)).toHaveLength(1)
})

test('the place that the request leaves for the reason is no reason', async () => {
  const { bank, facts } = await setUp()
  for (const { answers } of Object.values(replyTexts))
    for (const [, words] of answers.slice(1)) expectSaid(await deliver(bank, replyOf(facts, words)), /的决定须填写理由/)
  expect(await decisionsOn(bank.system, 1)).toEqual([])
})
