import { expect, test } from 'vitest'
import { createMailer } from '../../../functions/adapters/mail-transport.ts'
import { monday } from '../../support/bank.ts'
import { certificate, host, smtpServer } from '../../support/smtp.ts'

const sender = { name: '示例银行', address: 'zhuli@bank.test' }
const smtp = { MAIL_TRANSPORT: 'smtp', SMTP_HOST: host, SMTP_PORT: '2525' }

test('where SMTP is chosen, mail goes to the server named', async () => {
  const { port, taken } = await smtpServer({ ...(await certificate()), authOptional: true })
  const mailer = createMailer({ ...smtp, SMTP_PORT: String(port) }, sender)
  await mailer.send({
    dutyId: '00000001-2-m1',
    at: monday,
    to: { name: '王芳', address: 'wang@bank.test' },
    subject: 's',
    text: 't',
    html: 'h',
    language: 'zh-CN',
    replyTo: null,
    inReplyTo: null,
    isReply: false,
  })
  expect(taken).toMatchObject([{ to: ['wang@bank.test'], secure: true }])
})

test.each([
  [{}, 'MAIL_TRANSPORT'],
  [{ MAIL_TRANSPORT: 'sendmail' }, 'MAIL_TRANSPORT'],
  [{ MAIL_TRANSPORT: 'ses' }, 'MAIL_CONFIGURATION_SET'],
  [{ MAIL_TRANSPORT: 'smtp' }, 'SMTP_HOST, SMTP_PORT'],
  [{ ...smtp, SMTP_PORT: 'smtp' }, 'SMTP_PORT'],
  [{ ...smtp, SMTP_USER: 'zhuli' }, 'SMTP_PASSWORD_SECRET_ARN'],
  [{ ...smtp, SMTP_PASSWORD_SECRET_ARN: 'arn' }, 'SMTP_PASSWORD_SECRET_ARN'],
])('the variables %j are refused at the start, by name', (variables, names) => {
  expect(() => createMailer(variables, sender)).toThrow(`Environment variables are missing or wrong: ${names}.`)
})
