import { SESClient } from '@aws-sdk/client-ses'
import { simpleParser } from 'mailparser'
import { describe, expect, onTestFinished, test } from 'vitest'
import { dutyOfTag } from '../../../shared/contracts/mail-events.ts'
import type { Mail } from '../../../functions/adapters/mailer.ts'
import { sesMailer } from '../../../functions/adapters/ses-mailer.ts'
import { serve } from '../../../infra/local/server.ts'
import { createSes } from '../../../infra/local/ses.ts'
import { client } from '../../infra/local/support.ts'
import { monday } from '../../support/bank.ts'
import { shareBank, useEngines } from '../../support/engines.ts'
import { sampleMail } from '../../support/sample-mail.ts'

const bank = shareBank(useEngines())

const mail = sampleMail({
  subject: '【请审批】私人银行客户经理助理上岗申请(分行审批):陈晓明,经办人王芳,上海分行营业部 [00000001-1]',
  text: '请您就下列事项作出决定\nhttps://zhuli.bank.test/decide/00000001001#secret\n',
  html: '<p>请您就下列事项作出决定 &amp; 再见</p>',
})

/** Sends a mail and gives what arrived. */
const sent = async (changes: Partial<Mail> = {}) => {
  const { system, mails } = bank()
  await system.mailer.send({ ...mail, ...changes })
  const arrived = mails.at(-1)
  if (arrived === undefined) throw new Error('Nothing arrived.')
  return arrived
}

/** The header lines of a raw message, continued ones joined. */
const headerLines = (raw: string): readonly string[] =>
  (raw.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ').split('\r\n')

const headerNames = (raw: string) =>
  headerLines(raw)
    .map((line) => (line.split(':')[0] ?? '').toLowerCase())
    .toSorted()

const expectedHeaders = [
  'auto-submitted',
  'content-language',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
  'x-zhuli-duty',
]

test('a mail arrives as text and HTML, in Chinese, to the one person it is for', async () => {
  const arrived = await sent()
  expect(arrived).toMatchObject({ to: ['wang@bank.test'], subject: mail.subject, html: mail.html })
  expect(arrived.text).toBe(mail.text)
  expect(arrived.headers['date']).toMatch(/^Mon, 0?3 Mar 2025 01:00:00/)
  expect(arrived.from).toContain('no-reply@bank.example')
  expect(arrived.raw).toMatch(/Content-Type: multipart\/alternative/)
  expect(arrived.raw).toMatch(/Content-Type: text\/plain; charset=utf-8[^]*Content-Type: text\/html; charset=utf-8/)
  // Mail servers may refuse what is not ASCII, and lines over 998 characters.
  expect(Buffer.from(arrived.raw).filter((byte) => byte > 127)).toHaveLength(0)
  expect(arrived.raw.split('\r\n').filter((line) => line.length > 998)).toEqual([])
})

test('a mail says that no robot should answer it, in which language it is, and which duty it fulfils', async () => {
  const { headers, raw } = await sent()
  expect(headers).toMatchObject({
    'auto-submitted': 'auto-generated',
    'x-auto-response-suppress': 'All',
    'content-language': 'zh-CN',
    'x-zhuli-duty': mail.dutyId,
  })
  expect(headerNames(raw)).toEqual(expectedHeaders)
})

test('a mail says where its answer goes, and which mail it answers', async () => {
  const replyTo = 'approval+00000001001.Zm9v_-vMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw@reply.bank.test'
  const { headers, raw } = await sent({ replyTo, inReplyTo: '<1@mua.bank.test>' })
  expect(headers).toMatchObject({
    'reply-to': replyTo,
    'in-reply-to': '<1@mua.bank.test>',
    references: '<1@mua.bank.test>',
  })
  expect(headerNames(raw)).toEqual([...expectedHeaders, 'in-reply-to', 'references', 'reply-to'].toSorted())
})

test('a mail to which no answer is wanted says nothing of one', async () => {
  const { raw } = await sent({ replyTo: null, inReplyTo: null })
  expect(headerNames(raw)).toEqual(expectedHeaders)
})

test('an answer names the mail that it answers, and says that a mail caused it', async () => {
  const { headers, raw } = await sent({ inReplyTo: '<7.reply@bank.test>', isReply: true })
  expect(headers).toMatchObject({
    'auto-submitted': 'auto-replied',
    'in-reply-to': '<7.reply@bank.test>',
    references: '<7.reply@bank.test>',
  })
  expect(headerNames(raw)).toEqual([...expectedHeaders, 'in-reply-to', 'references'].toSorted())
})

describe('what someone typed', () => {
  const injected = 'Wang\r\nBcc: thief@evil.test\r\nX-Injected: yes\r\n\r\nForged body'

  test('as the id of their mail makes no header', async () => {
    const arrived = await sent({ inReplyTo: `<1@mua.bank.test>${injected}` })
    expect(headerNames(arrived.raw)).toEqual([...expectedHeaders, 'in-reply-to', 'references'].toSorted())
    expect(arrived.text).toBe(mail.text)
  })

  test.each([
    ['a name', { to: { name: injected, address: 'wang@bank.test' } }],
    ['a name with an address', { to: { name: 'Wang <thief@evil.test>, x', address: 'wang@bank.test' } }],
    ['a subject', { subject: injected }],
    ['a subject with bare line feeds', { subject: injected.replaceAll('\r', '') }],
    ['a subject with bare carriage returns', { subject: injected.replaceAll('\n', '') }],
    ['a subject with other line breaks', { subject: 'Wang\u2028Bcc: thief@evil.test\u0085X-Injected: yes\u0000' }],
  ])('as %s makes no header and no recipient', async (_, changes) => {
    const arrived = await sent(changes)
    expect(arrived.to).toEqual(['wang@bank.test'])
    expect(headerNames(arrived.raw)).toEqual(expectedHeaders)
    const { to } = await simpleParser(arrived.raw)
    expect([to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address))).toEqual(['wang@bank.test'])
    expect(arrived.text).toBe(mail.text)
  })
})

test('SES is told the duty, to name it when the mail comes back', async () => {
  const tags: Readonly<Record<string, string>>[] = []
  const mailbox = { append: () => undefined }
  const ses = createSes({ mailbox, now: () => monday, sent: (taken) => tags.push(taken.tags) })
  const { url, close } = await serve(ses.front.fetch, 0)
  const sdk = new SESClient(client(url))
  onTestFinished(async () => {
    sdk.destroy()
    await close()
  })
  const dutyIds = [mail.dutyId, 'absence-zhang.san_2-c1']
  for (const dutyId of dutyIds)
    await sesMailer(sdk, 'local', { name: '示例银行', address: 'zhuli@bank.test' }).send({ ...mail, dutyId })
  expect(tags.map(({ duty }) => dutyOfTag(duty ?? ''))).toEqual(dutyIds)
  // SES takes no other characters than these.
  for (const { duty } of tags) expect(duty).toMatch(/^[\w-]+$/)
})

test('a mail that SES refuses throws, so that its duty stays', async () => {
  const { ses, system, mails } = bank()
  const before = mails.length
  ses.pauseSending()
  await expect(system.mailer.send(mail)).rejects.toThrow('paused')
  ses.resumeSending()
  expect(mails).toHaveLength(before)
})
