import { describe, expect, test } from 'vitest'
import { delegate } from '../../../functions/absence.ts'
import { execute } from '../../../functions/execute.ts'
import { sweepDue } from '../../../functions/sweep-due.ts'
import { Day } from '../../../shared/domain/time.ts'
import { answerReasonTexts } from '../../../shared/text/answer-reasons.ts'
import { replyTexts } from '../../../shared/text/reply.ts'
import { organisation, people } from '../../support/bank.ts'
import { replyTo } from '../../support/raw-mails.ts'
import { useApi } from '../http/client.ts'
import { branchAsked, byHr, caseId, command, decide, done, hqAsked, load, onPost, trail } from '../support.ts'
import {
  addressOf,
  answersAmong,
  decisionsOn,
  deliver,
  expectSaid,
  factsOf,
  from,
  linkIn,
  replyOf,
  tellsSecret,
  withRequest,
} from './replies.ts'

const openBank = useApi()

const id = caseId(1)

const setUp = async () => withRequest(await openBank())

describe('a reply to the request itself', () => {
  test('decides at the branch, from the address that the request gives', async () => {
    const { bank, facts } = await setUp()
    const request = bank.mails.find(({ to }) => to.includes(facts.sender))
    expect(request?.headers['reply-to']).toBe(replyTo(facts))
    expect(request?.text).toContain(replyTexts['zh-CN'].decides)
    const quoted = request!.text.replaceAll(/^/gm, '> ')
    await deliver(bank, replyOf(facts, `同意\n\n在 2025年3月3日，示例银行 写道：\n\n${quoted}`))
    await bank.states.idle()
    expect(await trail(bank.system, id)).toEqual(['onboarding-filed', 'stage-opened', 'stage-decided', 'stage-opened'])
    expect(await decisionsOn(bank.system, 1)).toMatchObject([
      { by: people.branch, onBehalfOf: null, channel: 'reply', data: { decision: 'approve', stepUp: 'reply' } },
    ])
  })

  test('is known even where a gateway folded the case of its address', async () => {
    for (const fold of ['toLowerCase', 'toUpperCase'] as const) {
      const { bank, facts } = await setUp()
      await deliver(bank, replyOf(facts, '同意', { envelope: { recipients: [replyTo(facts)[fold]()] } }))
      expect(await decisionsOn(bank.system, 1)).toHaveLength(1)
    }
  })

  test('of a delegate decides for the approver who is away; the approver can not answer in the place of the delegate', async () => {
    const bank = await openBank()
    const days = { from: Day.parse('2025-03-01'), until: Day.parse('2025-03-31') }
    await delegate(bank.system, people.branch, { delegate: people.outsider, ...days, reason: 'Away' }, byHr)
    await branchAsked(bank, 1)
    const facts = await factsOf(bank.system, 1, people.outsider)
    const other = await deliver(bank, replyOf(facts, '同意', from(addressOf(people.branch))))
    expect(other.map(({ to }) => to)).toEqual([[addressOf(people.branch)]])
    expect(await decisionsOn(bank.system, 1)).toEqual([])
    await deliver(bank, replyOf(facts, '同意'))
    expect(await decisionsOn(bank.system, 1)).toMatchObject([
      { by: people.outsider, onBehalfOf: people.branch, channel: 'reply' },
    ])
  })
})

describe('at HQ a reply', () => {
  const atHq = async () => {
    const bank = await openBank()
    await hqAsked(bank, 1)
    return { bank, facts: await factsOf(bank.system, 1, people.hq) }
  }

  test('has a code mailed, with a link that fills the page in, and the code decides', async () => {
    const { bank, facts } = await atHq()
    const request = bank.mails.find(({ to }) => to.includes(facts.sender))
    expect(request?.text).toContain(replyTexts['zh-CN'].needsCode)
    const sent = await deliver(bank, replyOf(facts, '不同意 编制已满'))
    expect(sent.map(({ to }) => to)).toEqual([[facts.sender]])
    expect(await decisionsOn(bank.system, 1)).toHaveLength(1)
    const link = linkIn(sent[0]!, facts.approvalId)
    const [secret, filledIn] = link!.hash.slice(1).split(/&(.*)/)
    const { code, ...given } = Object.fromEntries(new URLSearchParams(filledIn))
    expect([secret, given]).toEqual([facts.secret, { decision: 'reject', reason: '编制已满' }])
    const answer = await bank.call('POST', link!.pathname, { secret, code, ...given })
    expect(answer).toMatchObject({ status: 200, body: { decision: 'reject', decidedBy: people.hq, channel: 'page' } })
  })

  test('that is delivered twice has one code mailed, which stays good; another reply has another', async () => {
    const { bank, facts } = await atHq()
    const reply = replyOf(facts, '同意')
    const first = await deliver(bank, reply, 'same')
    expect(await deliver(bank, reply, 'same')).toEqual([])
    const code = first[0]!.text.match(/\b\d{6}\b/)?.[0]
    const second = await deliver(bank, reply, 'other')
    expect(second).toHaveLength(1)
    expect(second[0]!.text.match(/\b\d{6}\b/)?.[0]).not.toBe(code)
  })

  test('after too many codes is answered with that', async () => {
    const { bank, facts } = await atHq()
    for (const _ of [1, 2, 3, 4, 5]) expect(answersAmong(await deliver(bank, replyOf(facts, '同意')))).toEqual([])
    expectSaid(await deliver(bank, replyOf(facts, '同意')), /一小时内最多可获取五次验证码/)
  })

  test('that would be refused anyway has no code mailed', async () => {
    const { bank, facts } = await atHq()
    expectSaid(await deliver(bank, replyOf(facts, '不同意')), /作出“不同意”的决定须填写理由/)
    expect((await bank.items()).filter(({ sk }) => sk.startsWith('CODE#'))).toEqual([])
  })
})

describe('what a reply came too late for, is told', () => {
  const late = async (words = '同意') => {
    const { bank, facts } = await setUp()
    return { bank, facts, reply: () => deliver(bank, replyOf(facts, words)) }
  }

  test('a decision, with who made it, when, and by which way', async () => {
    const { bank, facts, reply } = await late()
    const second = await factsOf(bank.system, 1, people.secondBranch)
    await deliver(bank, replyOf(second, '退回 来源不清'))
    bank.clock.pass(60)
    const sent = await reply()
    expectSaid(sent, /已由 Person B2 于 2025-03-03 09:00 作出决定：退回补正/)
    expect(sent[0]!.text).toContain('途径：邮件回复')
    expect(sent[0]!.subject).toContain('分行审批')
    expect(sent[0]!.headers['in-reply-to']).toMatch(/^<.+@bank\.test>$/)
    expect(linkIn(sent[0]!, facts.approvalId)).not.toBeNull()
    expect(await decisionsOn(bank.system, 1)).toHaveLength(1)
  })

  test('the same decision of the same approver is no news, however often it arrives', async () => {
    const { bank, facts, reply } = await late()
    const mail = replyOf(facts, '同意')
    for (const name of ['same', 'same', 'other']) expect(answersAmong(await deliver(bank, mail, name))).toEqual([])
    await bank.states.idle()
    expect(answersAmong(await reply())).toEqual([])
    expect(await decisionsOn(bank.system, 1)).toHaveLength(1)
  })

  test('words that are no answer get the receipt too, once it is decided', async () => {
    const { bank, reply } = await late('谢谢')
    done(await decide(bank.system, id, people.branch, 'approve'))
    expect(await decisionsOn(bank.system, 1)).toHaveLength(1)
    expectSaid(await reply(), /已由 Person B1 于 2025-03-03 09:00 作出决定：同意[^]*途径：审批页面/)
  })

  test('a withdrawal', async () => {
    const { bank, facts, reply } = await late()
    const [application] = (await load(bank.system, id)).applications
    done(await command(bank.system, id, { type: 'withdraw', applicationId: application!.id, reason: 'Changed.' }))
    const sent = await reply()
    expectSaid(sent, /已由申请方撤回/)
    expect(linkIn(sent[0]!, facts.approvalId)).toBeNull()
  })

  test('the last day, whether or not its end has been recorded', async () => {
    const { bank, reply } = await late()
    bank.clock.moveTo('2025-03-18T01:00:00.000Z')
    expectSaid(await reply(), /已逾期失效/)
    await sweepDue(bank.system, () => true)
    expect(await trail(bank.system, id)).toContain('application-expired')
    expectSaid(await reply(), /已逾期失效/)
  })

  test('that somebody else approves now', async () => {
    const { bank, facts, reply } = await late()
    await bank.system.directory.putBranch({ ...organisation.branch, approvers: [people.secondBranch] })
    const sent = await reply()
    expectSaid(sent, /已改由他人审批/)
    expect(tellsSecret(sent[0]!, facts)).toBe(false)
    expect(await decisionsOn(bank.system, 1)).toEqual([])
  })

  test('whatever the words are', async () => {
    const { bank, facts, reply } = await late('请问编制情况？')
    const { branch } = organisation
    await bank.system.directory.putBranch({ ...branch, approvers: [people.secondBranch] })
    const sent = await reply()
    expectSaid(sent, /已改由他人审批/)
    expect(tellsSecret(sent[0]!, facts)).toBe(false)
    await bank.system.directory.putBranch(branch)
    bank.clock.moveTo('2025-03-18T01:00:00.000Z')
    expectSaid(await reply(), /已逾期失效/)
  })

  test('the round before: its address decides nothing of the next', async () => {
    const { bank, reply } = await late('不同意 编制已满')
    done(await decide(bank.system, id, people.branch, 'return', '来源不清'))
    await bank.states.idle()
    const [application] = (await load(bank.system, id)).applications
    const changes = { particulars: {}, purpose: null, grounds: null }
    done(await command(bank.system, id, { type: 'amend', applicationId: application!.id, changes, note: null }))
    await bank.states.idle()
    const before = await trail(bank.system, id)
    expect(before.at(-1)).toBe('stage-opened')
    expectSaid(await reply(), /作出决定：退回补正/)
    expect(await trail(bank.system, id)).toEqual(before)
    await deliver(bank, replyOf(await factsOf(bank.system, 1, people.branch), '同意'))
    expect(await decisionsOn(bank.system, 1)).toMatchObject([{ data: { round: 1 } }, { data: { round: 2 } }])
  })
})

test('a reply to a request whose decision was annulled decides nothing, and is sent to the newest mail', async () => {
  const { bank, facts } = await setUp()
  done(await decide(bank.system, id, people.branch, 'approve'))
  await bank.states.idle()
  const origin = { by: people.branch, onBehalfOf: null, channel: 'page', client: null } as const
  const denial = { type: 'dispute-decision', approvalId: facts.approvalId, reason: null } as const
  done(await execute(bank.system, { assistantId: id, command: denial, origin }))
  expectSaid(await deliver(bank, replyOf(facts, '不同意 反悔')), /作出决定：同意/)
  done(await decide(bank.system, id, people.hq, 'annul', 'Not theirs.'))
  await bank.states.idle()
  expectSaid(await deliver(bank, replyOf(facts, '同意')), /请使用最新邮件中的链接/)
  expect((await load(bank.system, id)).applications[0]).toMatchObject({ stage: 'branch', round: 2, status: 'open' })
})

test('a dispute is not settled by mail: whatever is replied gets the link, and no answers that do not fit', async () => {
  const { bank, facts } = await setUp()
  done(await decide(bank.system, id, people.branch, 'approve'))
  const origin = { by: people.branch, onBehalfOf: null, channel: 'page', client: null } as const
  const denial = { type: 'dispute-decision', approvalId: facts.approvalId, reason: null } as const
  done(await execute(bank.system, { assistantId: id, command: denial, origin }))
  const asked = await factsOf(bank.system, 1, people.hq)
  const sent = await deliver(bank, replyOf(asked, '已阅'))
  expectSaid(sent, answerReasonTexts['zh-CN'].reasons['page-only'])
  expect(sent[0]!.text).not.toContain('第一行')
  expectSaid(await deliver(bank, replyOf(asked, '同意')), /只能选择：/)
})

describe('the review', () => {
  test('is not decided by mail: whatever is replied gets the link', async () => {
    const bank = await openBank()
    await onPost(bank, 1)
    bank.clock.moveTo('2026-01-05T01:00:00.000Z')
    await sweepDue(bank.system, () => true)
    await bank.states.idle()
    const facts = await factsOf(bank.system, 1, people.head)
    const request = bank.mails.findLast(({ to, subject }) => to.includes(facts.sender) && subject.includes('请审批'))
    expect(request?.headers['reply-to']).toContain(replyTo(facts))
    expect(request?.text).not.toContain('第一行')
    const before = await trail(bank.system, id)
    for (const [words, said] of [
      ['同意', /只能选择：达到客户经理标准、未达到客户经理标准/],
      ['qualified', answerReasonTexts['zh-CN'].reasons['page-only']],
    ] as const) {
      const sent = await deliver(bank, replyOf(facts, words))
      expectSaid(sent, said)
      expect(linkIn(sent[0]!, facts.approvalId)?.hash).toBe(`#${facts.secret}`)
      expect(sent[0]!.text).not.toContain('第一行')
    }
    expect(await trail(bank.system, id)).toEqual(before)
  })
})
