import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAnswer } from '../../../functions/mail/answer.ts'
import { parseMail } from '../../../functions/mail/parsed-mail.ts'
import { type Reading, readReply } from '../../../functions/mail/read-reply.ts'
import { ApprovalId } from '../../../shared/domain/ids.ts'
import { plain } from '../../support/mail-clients.ts'
import { type Facts, rawMail, received } from '../../support/raw-mails.ts'
import { corpus, type CorpusMail, type Reply } from '../../support/reply-corpus.ts'

const facts: Facts = {
  approvalId: ApprovalId.parse('7k3m9q2d001'),
  secret: 'aB3_-xYz0123456789ABCDEFGHIJKLMNopqrstuvwxy',
  sender: 'wang.fang@mail.bank.test',
  inboundDomain: 'reply.zhuli.test',
}

const read = ({ mail }: CorpusMail): Promise<Reading> => readReply(mail(facts), facts.inboundDomain)

/** Whether a reading would decide, given that the approver's address and the secret are these. */
const decides = (reading: Reading): boolean =>
  reading.type === 'reply' &&
  reading.isAuthentic &&
  reading.isToApproval &&
  reading.from === facts.sender &&
  reading.approval?.approvalId === facts.approvalId &&
  reading.approval.secret === facts.secret &&
  reading.answer.type === 'decision' &&
  (reading.answer.decision === 'approve' || reading.answer.reason !== null)

const ordinary: Omit<Reply, 'answer' | 'messageId' | 'isToApproval'> = {
  type: 'reply',
  from: facts.sender,
  isAuthentic: true,
  approval: { approvalId: facts.approvalId, secret: facts.secret },
}

test('the corpus has many mails of every kind, each under its own name', () => {
  const kinds = ['genuine', 'automatic', 'polite'].map((kind) => corpus.filter((mail) => mail.kind === kind).length)
  expect(Math.min(...kinds)).toBeGreaterThanOrEqual(40)
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length)
})

describe.each(['genuine', 'polite'] as const)('of the %s mails', (kind) => {
  test.each(corpus.filter((mail) => mail.kind === kind))('$name', async (mail) => {
    const reading = await read(mail)
    expect(reading).toMatchObject({ ...ordinary, ...mail.expected(facts) })
    expect(decides(reading)).toBe(kind === 'genuine')
  })
})

describe('of the automatic mails', () => {
  test.each(corpus.filter(({ kind }) => kind === 'automatic'))('$name', async (mail) => {
    expect(await read(mail)).toEqual({ type: 'automatic', ...mail.expected(facts) })
  })
})

test('the id of an ordinary reply is given for the answer to it', async () => {
  const reading = await readReply(received(facts, rawMail(facts, plain('同意', facts))), facts.inboundDomain)
  expect(reading).toMatchObject({ messageId: '<20260302100000.7.reply@mail.bank.test>' })
})

test('a secret in the case of a gateway is given as it arrived', async () => {
  const recipients = [`APPROVAL+7K3M9Q2D001.${facts.secret.toUpperCase()}@REPLY.ZHULI.TEST`]
  const reading = await readReply(received(facts, new Uint8Array(), { recipients }), 'Reply.zhuli.TEST')
  expect(reading).toMatchObject({ approval: { approvalId: '7k3m9q2d001', secret: facts.secret.toUpperCase() } })
})

test('no value of a header holds a line break, however it is folded', async () => {
  const { headers } = await parseMail(Buffer.from('X-A: a\r\n b\n\tc\rd\r\n\r\n'))
  expect(headers).toEqual([{ name: 'x-a', value: expect.stringMatching(/^a[^\r\n]+d$/) }])
})

const whole = corpus.map(({ mail }) => mail(facts).raw).filter(({ length }) => length > 0 && length < 20_000)

/** A mail of the corpus with pieces cut out, doubled or overwritten. */
const damaged = fc
  .record({
    mail: fc.constantFrom(...whole),
    cuts: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        drop: fc.nat(60),
        put: fc.uint8Array({ maxLength: 8 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ mail, cuts }) =>
    cuts.reduce((bytes, { at, drop, put }) => {
      const from = Math.floor(at * bytes.length)
      return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + drop)])
    }, Buffer.from(mail)),
  )

const isSafeInHeaders = (reading: Reading): boolean =>
  reading.type === 'automatic' || !/[\r\n\0]/.test(`${reading.messageId}${reading.from}${reading.approval?.secret}`)

test('no bytes make it throw, nor give anything that may not stand in a header', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 2000 })), async (raw) => {
      const reading = await readReply(received(facts, raw), facts.inboundDomain)
      expect(isSafeInHeaders(reading)).toBe(true)
    }),
    { numRuns: 600 },
  )
})

const words = [
  '同意',
  '不同意',
  '退回',
  'approve',
  'reject',
  'return',
  'Approve',
  '不',
  '我',
  '吗',
  '？',
  ' ',
  '.',
  '!',
  'd',
  'ed',
  '>',
  '\n',
]
/** The exact answers once more, as the request words them. */
const exact = /^\s*(?:(?:同意|approve|不同意|reject|退回|return)[.!]?|(?:不同意|reject|退回|return) .*) *(?:\n|$)/i

test('no line that is not exactly an answer decides', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      fc.pre(!exact.test(text))
      expect(readAnswer(text).type).toBe('none')
    }),
    { numRuns: 5000 },
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(readAnswer(text).type).toBe('none')
    }),
    { numRuns: 2000 },
  )
})

test('whatever is quoted below an answer, the answer stands', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 20 }), (pieces) => {
      const quotation = pieces
        .join('')
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')
      expect(readAnswer(`同意\n\n${quotation}`)).toEqual({ type: 'decision', decision: 'approve', reason: null })
    }),
  )
})
