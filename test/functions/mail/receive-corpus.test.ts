import { beforeEach, describe, expect, test } from 'vitest'
import type { Mail } from '../../../infra/local/mailbox.ts'
import { people } from '../../support/bank.ts'
import { shareBank, type TestBank, useEngines } from '../../support/engines.ts'
import type { Facts } from '../../support/raw-mails.ts'
import { corpus, type CorpusMail, type Reply } from '../../support/reply-corpus.ts'
import { caseId, register, trail } from '../support.ts'
import {
  answersAmong,
  branchAskedAlone,
  decisionsOn,
  deliver,
  factsOf,
  linkIn,
  replyOf,
  tellsSecret,
} from './replies.ts'

/** As HR writes it: mail servers and replies may fold its case. */
const registered = 'Wang.Fang@mail.bank.test'

const openBank = useEngines()
const bank = shareBank(async (atEnd): Promise<TestBank> => {
  const opened = await openBank(atEnd)
  const { directory } = opened.system
  await register(directory)
  const person = await directory.person(people.branch)
  await directory.putPerson({ ...person!, email: registered, post: 'staff', centreId: null, teamId: null })
  return opened
})

let number = 0
let facts: Facts
const secrets: string[] = []

/** Each mail answers a request of its own; half a day lies between two, for answers are counted by the day. */
beforeEach(async () => {
  number += 1
  bank().clock.pass(12 * 60)
  await branchAskedAlone(bank(), number)
  facts = await factsOf(bank().system, number, people.branch)
  secrets.push(facts.secret.toLowerCase())
})

const send = ({ mail }: CorpusMail, id?: string) => deliver(bank(), mail(facts), id)

const of = (kind: CorpusMail['kind']) => corpus.filter((mail) => mail.kind === kind)

/** An answer to a machine would come back, and so on for ever. */
const expectNoLoop = async (answer: Mail): Promise<void> => {
  expect(answer.headers).toMatchObject({ 'auto-submitted': 'auto-replied', 'x-auto-response-suppress': 'All' })
  expect(answer.headers['reply-to']).toBeUndefined()
  expect(answer.from.endsWith(`@${facts.inboundDomain}`)).toBe(false)
  const [reader = ''] = answer.to
  const reader1 = { ...facts, sender: reader.toLowerCase() }
  const absent = replyOf(reader1, 'I am away.', { headers: { 'Auto-Submitted': 'auto-replied' } })
  const unmarked = replyOf(reader1, '我正在休假。', { subject: `自动回复: ${answer.subject}` })
  const bounced = replyOf(reader1, answer.text, { envelope: { returnPath: '' } })
  const itself = { ...absent, raw: Buffer.from(answer.raw) }
  for (const mail of [absent, unmarked, bounced, itself]) expect(await deliver(bank(), mail)).toEqual([])
}

/** Who is to be told: whoever was asked where the secret was right and it is not certain that somebody else wrote. */
const readerOf = (expected: Partial<Reply>): 'approver' | 'author' => {
  const isRight = expected.approval === undefined
  const isOther = expected.isAuthentic !== false && expected.from !== undefined
  return isRight && !isOther ? 'approver' : 'author'
}

describe('a genuine mail decides, and is not answered', () => {
  test.each(of('genuine'))('$name', async (mail) => {
    const sent = await send(mail)
    const { answer } = mail.expected(facts) as Reply
    expect(answer.type).toBe('decision')
    const { decision, reason } = answer as Extract<Reply['answer'], { type: 'decision' }>
    expect(await decisionsOn(bank().system, number)).toMatchObject([
      {
        by: people.branch,
        channel: 'reply',
        data: { approvalId: facts.approvalId, decision, reason, stepUp: 'reply' },
      },
    ])
    expect(answersAmong(sent)).toEqual([])
  })
})

describe('an automatic mail changes nothing and is answered by silence', () => {
  test.each(of('automatic'))('$name', async (mail) => {
    const before = await bank().items()
    const logged = bank().logged.length
    expect(await send(mail)).toEqual([])
    expect(await bank().items()).toEqual(before)
    expect(bank().logged.slice(logged)).toMatchObject([mail.expected(facts)])
  })
})

describe('a polite mail changes nothing, and is answered once, to no machine', () => {
  test.each(of('polite'))('$name', async (mail) => {
    const before = await trail(bank().system, caseId(number))
    const sent = await send(mail, `polite-${number}`)
    const expected = mail.expected(facts) as Partial<Reply>
    expect(sent).toHaveLength(1)
    const [answer] = sent
    const isApprover = readerOf(expected) === 'approver'
    expect(answer!.to).toEqual([isApprover ? registered : (expected.from ?? facts.sender)])
    expect([tellsSecret(answer!, facts), linkIn(answer!, facts.approvalId) !== null]).toEqual([isApprover, isApprover])
    expect(answer!.text.includes(caseId(number))).toBe(isApprover)
    expect(await send(mail, `polite-${number}`)).toEqual([])
    await expectNoLoop(answer!)
    expect(await trail(bank().system, caseId(number))).toEqual(before)
  })
})

test('nothing is logged of whoever wrote, and no secret', () => {
  const logged = JSON.stringify(bank().logged)
  expect(bank().logged.length).toBeGreaterThan(corpus.length)
  for (const said of ['@', 'Wang', '王芳', '同意', 'mallory', 'Person']) expect(logged).not.toContain(said)
  expect(logged).not.toMatch(/[\w-]{43}/)
})

test('nothing kept holds a secret, nor the address of a stranger once a mail to it is forgotten', async () => {
  const kept = JSON.stringify((await bank().items()).filter(({ sk }) => !sk.startsWith('DUTY#')))
  expect(kept).toContain('ANSWERED#')
  expect(kept).not.toContain('mallory')
  const all = JSON.stringify([await bank().items(), bank().logged]).toLowerCase()
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([])
})
