import { SendEmailCommand, SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses'
import { createTransport } from 'nodemailer'
import { join } from 'node:path'
import { appendFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { openMailbox } from '../../../infra/local/mailbox.ts'
import { serve } from '../../../infra/local/server.ts'
import { createSes } from '../../../infra/local/ses.ts'
import { client, noon, temporaryFolder } from './support.ts'

const setUp = async (file = join(temporaryFolder(), 'mail.jsonl')) => {
  const mailbox = openMailbox(file)
  const ses = createSes({ mailbox, now: () => noon })
  const front = await serve(ses.front.fetch, 0)
  const sdk = new SESClient(client(front.url))
  onTestFinished(async () => {
    sdk.destroy()
    await front.close()
  })
  const send = (Data: Uint8Array, Destinations?: string[]) =>
    sdk.send(new SendRawEmailCommand({ RawMessage: { Data }, ConfigurationSetName: 'set', Destinations }))
  return { file, mailbox, ses, sdk, send }
}

const composed = async (mail: object): Promise<Uint8Array> => {
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from: '示例银行 <no-reply@bank.example>',
    to: 'lin@bank.example',
    ...mail,
  })
  return Buffer.isBuffer(message) ? message : Buffer.alloc(0)
}

it('keeps a mail with its recipients, parts and headers, decoded', async () => {
  const { mailbox, send } = await setUp()
  const raw = await composed({
    to: ['林 <lin@bank.example>', 'zhao@bank.example'],
    replyTo: 'approval+a1.secret@in.bank.example',
    subject: '请审批：关于陈晓的任职申请，编号 C-2024-000001，经办人王芳，支行上海分行营业部 & 总行',
    text: '您好\n',
    html: '<p>您好 &amp; 再见</p>',
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Note': '中文的备注，长到必须折行的那一种，因为邮件头每行的长度有限',
    },
  })

  const { MessageId } = await send(raw, ['lin@bank.example', 'zhao@bank.example', 'copy@bank.example'])

  expect(mailbox.all()).toEqual([
    {
      id: MessageId,
      at: noon,
      from: expect.stringContaining('示例银行'),
      to: ['lin@bank.example', 'zhao@bank.example', 'copy@bank.example'],
      subject: '请审批：关于陈晓的任职申请，编号 C-2024-000001，经办人王芳，支行上海分行营业部 & 总行',
      text: '您好\n',
      html: '<p>您好 &amp; 再见</p>',
      headers: expect.objectContaining({
        'auto-submitted': 'auto-generated',
        'reply-to': 'approval+a1.secret@in.bank.example',
        'x-note': '中文的备注，长到必须折行的那一种，因为邮件头每行的长度有限',
        'content-type': expect.stringMatching(/^multipart\/alternative; *boundary=/),
      }),
      raw: Buffer.from(raw).toString(),
    },
  ])
})

it('sends to whom the headers name when the envelope names nobody', async () => {
  const { mailbox, send } = await setUp()
  await send(await composed({ cc: 'zhao@bank.example', text: 'x' }))
  expect(mailbox.all()[0]).toMatchObject({ to: ['lin@bank.example', 'zhao@bank.example'], html: '' })
})

it('finds its mails again, but for one that was never written whole', async () => {
  const { file, send } = await setUp()
  await send(await composed({ subject: 'first', text: 'x' }))
  await send(await composed({ subject: 'second', text: 'x' }))
  appendFileSync(file, '{"id":"torn')

  const again = await setUp(file)
  await again.send(await composed({ subject: 'third', text: 'x' }))

  expect(
    openMailbox(file)
      .all()
      .map(({ subject }) => subject),
  ).toEqual(['first', 'second', 'third'])
})

it('refuses a mail to nobody, and one to more than SES takes', async () => {
  const { mailbox, send } = await setUp()
  const nobody = Buffer.from('From: no-reply@bank.example\r\nSubject: x\r\n\r\nx')
  const crowd = Array.from({ length: 51 }, (_, index) => `person${index}@bank.example`)
  await expect(send(nobody)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  await expect(send(nobody, crowd)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  expect(mailbox.all()).toEqual([])
})

it('refuses a tag that SES refuses', async () => {
  const { mailbox, sdk } = await setUp()
  const RawMessage = { Data: await composed({ text: 'x' }) }
  const send = (Value: string) => sdk.send(new SendRawEmailCommand({ RawMessage, Tags: [{ Name: 'duty', Value }] }))
  for (const value of ['a.b', 'a b', '', 'x'.repeat(256)])
    await expect(send(value)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  expect(mailbox.all()).toEqual([])
  await send('a_b-1')
})

it('refuses everything while sending is paused', async () => {
  const { mailbox, ses, send } = await setUp()
  const raw = await composed({ text: 'x' })
  ses.pauseSending()
  await expect(send(raw)).rejects.toMatchObject({ name: 'AccountSendingPausedException' })
  expect(mailbox.all()).toEqual([])
  ses.resumeSending()
  await send(raw)
  expect(mailbox.all()).toHaveLength(1)
})

it('says so when it is asked for anything but a raw mail', async () => {
  const { sdk } = await setUp()
  const asked = sdk.send(
    new SendEmailCommand({ Source: 'a@bank.example', Destination: {}, Message: { Subject: { Data: 'x' }, Body: {} } }),
  )
  await expect(asked).rejects.toMatchObject({ name: 'InvalidAction', message: expect.stringContaining('SendEmail') })
})
