import { describe, expect, test } from 'vitest'
import { sweepDue } from '../../../functions/sweep-due.ts'
import { reportUndeliverable } from '../../../functions/undeliverable.ts'
import type { EmployeeNo } from '../../../shared/domain/ids.ts'
import type { Locale } from '../../../shared/domain/organisation.ts'
import { answerMailTexts } from '../../../shared/text/answer-mail.ts'
import { answerReasonTexts } from '../../../shared/text/answer-reasons.ts'
import { explain } from '../../../shared/text/explain.ts'
import { replyTexts } from '../../../shared/text/reply.ts'
import { people } from '../../support/bank.ts'
import { type TestBank, useEngines } from '../../support/engines.ts'
import { replyTo } from '../../support/raw-mails.ts'
import { caseId, command, decide, done, load, register } from '../support.ts'
import {
  addressOf,
  decisionsOn,
  deliver,
  expectSaid,
  factsOf,
  forged,
  from,
  linkIn,
  replyOf,
  tellsSecret,
  withRequest,
} from './replies.ts'

const openBank = useEngines()

const id = caseId(1)

const setUp = async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  return withRequest(bank)
}

const speak = async ({ system: { directory } }: TestBank, employeeNo: EmployeeNo, locale: Locale) => {
  const person = await directory.person(employeeNo)
  await directory.putPerson({ ...person!, locale, post: 'staff', centreId: null, teamId: null })
}

describe('the answer to a mail that decided nothing', () => {
  test.each(['zh-CN', 'en'] as const)('spells out in %s how to answer', async (locale) => {
    const { bank, facts } = await setUp()
    await speak(bank, people.branch, locale)
    for (const words of ['Dear all', '同意\n退回 请补充', '不同意']) {
      const [sent, ...more] = await deliver(bank, replyOf(facts, words))
      expect(more).toEqual([])
      for (const [, exact] of replyTexts[locale].answers) expect(sent!.text).toContain(exact)
      expect(sent!.subject).toContain(`[${id}-1]`)
      for (const text of [sent!.subject, sent!.text]) expect(text).not.toMatch(/\{\w+\}|undefined|null/)
      expect(linkIn(sent!, facts.approvalId)?.hash).toBe(`#${facts.secret}`)
    }
  })

  test('says that a dispute holds the case up, and not how to answer, while nobody can', async () => {
    const { bank, facts } = await setUp()
    done(await decide(bank.system, id, people.branch, 'approve'))
    await bank.states.idle()
    const hq = await factsOf(bank.system, 1, people.hq)
    const deny = { type: 'dispute-decision', approvalId: facts.approvalId, reason: null } as const
    done(await command(bank.system, id, deny, people.branch))
    for (const words of ['Dear all', '同意\n退回 请补充', '同意']) {
      const sent = await deliver(bank, replyOf(hq, words))
      expectSaid(sent, explain({ refused: 'frozen', facts: {} }, 'zh-CN').detail)
      for (const [, exact] of replyTexts['zh-CN'].answers) expect(sent[0]!.text).not.toContain(exact)
    }
  })

  test('goes to the approver alone where a mail came in the name of somebody, and names no mail', async () => {
    const { bank, facts } = await setUp()
    for (const author of [addressOf(people.branch), 'mallory@elsewhere.test']) {
      const sent = await deliver(bank, replyOf(facts, '同意', { ...forged, ...from(author) }))
      expectSaid(sent, answerReasonTexts['zh-CN'].reasons['not-authentic'])
      expect(sent[0]).toMatchObject({ to: [facts.sender] })
      expect(sent[0]!.headers['in-reply-to']).toBeUndefined()
      expect(linkIn(sent[0]!, facts.approvalId)?.hash).toBe(`#${facts.secret}`)
    }
    expect(await decisionsOn(bank.system, 1)).toEqual([])
  })

  test('to somebody who was not asked is in both languages, and tells nothing of the case', async () => {
    const { bank, facts } = await setUp()
    const mallory = 'mallory@elsewhere.test'
    for (const [recipient, reason] of [
      [replyTo(facts), 'not-asked'],
      [replyTo({ ...facts, secret: 'A'.repeat(43) }), 'not-addressed'],
    ] as const) {
      const difference = { ...from(mallory), envelope: { recipients: [recipient] } }
      const [sent] = await deliver(bank, replyOf(facts, '同意', difference))
      expect(sent).toMatchObject({ to: [mallory] })
      for (const locale of ['zh-CN', 'en'] as const)
        expect(sent!.text).toContain(answerMailTexts[locale].strangers[reason])
      for (const fact of [id, 'Assistant', 'Person', 'Centre', 'Branch', '/decide/', '/absence/', '上岗'])
        expect(`${sent!.subject}${sent!.text}`).not.toContain(fact)
      expect(tellsSecret(sent!, facts)).toBe(false)
    }
  })

  test('is alike for a wrong secret and for an approval that never was', async () => {
    const { bank, facts } = await setUp()
    const secret = 'A'.repeat(43)
    const wrong = [facts.approvalId, `${id}zzz`, '00000099001'].map((approvalId) => ({ ...facts, approvalId, secret }))
    const sent = []
    for (const one of wrong) {
      const recipients = [replyTo(one as typeof facts)]
      sent.push(...(await deliver(bank, replyOf(facts, '同意', { envelope: { recipients } }))))
      expect(await deliver(bank, replyOf(facts, '同意', { envelope: { ...forged.envelope, recipients } }))).toEqual([])
    }
    expect(sent).toHaveLength(3)
    expect(new Set(sent.map(({ to, subject, text }) => JSON.stringify([to, subject, text]))).size).toBe(1)
  })

  test('is given once for a mail that is delivered again and again, even at once', async () => {
    const { bank, facts } = await setUp()
    const before = bank.mails.length
    for (const mail of [replyOf(facts, '好的'), replyOf(facts, '好的', from('mallory@elsewhere.test'))]) {
      const name = `again-${mail.raw.length}`
      await Promise.all([1, 2, 3].map(() => deliver(bank, mail, name)))
      bank.clock.pass(24 * 60)
      await deliver(bank, mail, name)
    }
    expect(bank.mails).toHaveLength(before + 2)
  })

  test('ends for the day after ten, for each approval and each address: two machines fall silent', async () => {
    const { bank, facts } = await setUp()
    const tallies = async () => {
      const [toApprover, toStranger] = [[], []] as [unknown[], unknown[]]
      for (let round = 0; round < 15; round += 1) {
        toApprover.push(...(await deliver(bank, replyOf(facts, 'Thank you for your mail.'))))
        toStranger.push(...(await deliver(bank, replyOf(facts, 'Thank you.', from('robot@elsewhere.test')))))
      }
      return [toApprover.length, toStranger.length]
    }
    expect(await tallies()).toEqual([10, 10])
    expect(await deliver(bank, replyOf(facts, 'Hello', from('human@elsewhere.test')))).toHaveLength(1)
    bank.clock.pass(24 * 60)
    expect(await tallies()).toEqual([10, 10])
  })

  test('that could not be sent is left to the sweep, and sent once', async () => {
    const { bank, facts } = await setUp()
    const before = bank.mails.length
    bank.ses.pauseSending()
    await deliver(bank, replyOf(facts, '好的'))
    await deliver(bank, replyOf(facts, '好的', from('mallory@elsewhere.test')))
    expect(bank.mails).toHaveLength(before)
    bank.ses.resumeSending()
    for (const _ of [1, 2, 3]) {
      bank.clock.pass(10)
      await sweepDue(bank.system, () => true)
    }
    const sent = bank.mails.slice(before)
    expect(sent.flatMap(({ to }) => to).toSorted()).toEqual([facts.sender, 'mallory@elsewhere.test'])
  })

  test('to an address that no mail reaches is given up after about a day', async () => {
    const { bank, facts } = await setUp()
    bank.ses.pauseSending()
    await deliver(bank, replyOf(facts, '好的', from('mallory@elsewhere.test')))
    const isOpen = async () =>
      (await bank.items()).some(({ pk, duePartition }) => pk.startsWith('MAIL#') && duePartition !== undefined)
    for (let hours = 0; hours < 16; hours += 6) {
      expect(await isOpen()).toBe(true)
      bank.clock.pass(6 * 60)
      await sweepDue(bank.system, () => true)
    }
    for (let hours = 0; hours < 72; hours += 6) {
      bank.clock.pass(6 * 60)
      await sweepDue(bank.system, () => true)
    }
    expect(await isOpen()).toBe(false)
  })

  test('that comes back counts against its approver, and against nobody where a stranger got it', async () => {
    const { bank, facts } = await setUp()
    const [own] = await deliver(bank, replyOf(facts, '好的'))
    const [strange] = await deliver(bank, replyOf(facts, '好的', from('mallory@elsewhere.test')))
    for (const mail of [own, strange]) {
      const dutyId = mail!.headers['x-zhuli-duty']!
      expect(dutyId).toMatch(/^[\w.@-]{1,64}$/)
      expect(await bank.system.duties.find(dutyId)).toMatchObject({ kind: 'send-answer', id: dutyId })
      await reportUndeliverable(bank.system, { dutyId, kind: 'bounce' })
    }
    expect((await load(bank.system, id)).undelivered).toMatchObject([
      { to: people.branch, approvalId: facts.approvalId, dutyId: own!.headers['x-zhuli-duty'] },
    ])
    const noted = (await bank.items()).filter(({ undelivered }) => undelivered !== undefined)
    expect(noted).toHaveLength(2)
    await reportUndeliverable(bank.system, { dutyId: 'reply-unknown', kind: 'bounce' })
  })
})
