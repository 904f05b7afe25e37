import type { SMTPServerOptions } from 'smtp-server'
import { expect, test } from 'vitest'
import { rawMessage } from '../../../functions/adapters/mail-message.ts'
import { smtpMailer, tlsOn, type SmtpPatience, type SmtpServer } from '../../../functions/adapters/smtp-mailer.ts'
import { sampleMail } from '../../support/sample-mail.ts'
import { certificate, host, silentServer, smtpServer } from '../../support/smtp.ts'

const sender = { name: '示例银行', address: 'zhuli@bank.test' }
const mail = sampleMail({
  subject: '【请审批】上岗申请 [00000001-1]',
  text: '.请您就下列事项作出决定\n',
  html: '<p>请您就下列事项作出决定</p>',
})

/** Milliseconds, so short that a server which never answers is given up at once; one that does may take longer. */
const impatient = { connection: 200, greeting: 200, socket: 200 }

/** A password that is read anew after it was forgotten. */
const password = (...versions: readonly string[]) => {
  let forgotten = 0
  return {
    read: async () => versions[forgotten] ?? '',
    forget: () => {
      forgotten += 1
    },
  }
}

const checkLogin: SMTPServerOptions['onAuth'] = ({ username, password: given }, { secure }, done) => {
  const known = username === 'zhuli' && given === 'right' && secure
  return known ? done(null, { user: username }) : done(new Error('Wrong.'))
}

const through = (server: Partial<SmtpServer> & { readonly port: number }, patience?: SmtpPatience) =>
  smtpMailer({ host, tls: 'starttls', login: null, ...server }, sender, patience)

/** Without what differs from one composing to the next. */
const alike = (raw: string): string =>
  raw
    .replaceAll(/--_NmP-[\w-]+/g, '--boundary')
    .replace(/^Message-ID: .*$/m, 'Message-ID: <…>')
    .trimEnd()

test.each(['starttls', 'implicit'] as const)('a mail arrives by TLS (%s) as it would through SES', async (tls) => {
  const { port, taken } = await smtpServer({
    ...(await certificate()),
    secure: tls === 'implicit',
    authOptional: true,
  })
  await through({ port, tls }).send(mail)
  expect(taken).toMatchObject([{ from: 'zhuli@bank.test', to: ['wang@bank.test'], secure: true }])
  expect(alike(taken[0]?.raw ?? '')).toBe(alike((await rawMessage(mail, sender)).toString()))
  expect(taken[0]?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(taken[0]?.raw).toMatch(/^X-Zhuli-Duty: 00000001-2-m1\r$/m)
})

test('a mail is taken from who logs in', async () => {
  const { port, taken } = await smtpServer({ ...(await certificate()), onAuth: checkLogin })
  await through({ port, login: { user: 'zhuli', password: password('right') } }).send(mail)
  expect(taken).toMatchObject([{ user: 'zhuli' }])
})

test('a wrong password throws, and is read again for the next mail', async () => {
  const { port, taken } = await smtpServer({ ...(await certificate()), onAuth: checkLogin })
  const mailer = through({ port, login: { user: 'zhuli', password: password('old', 'right') } })
  await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'EAUTH' })
  expect(taken).toEqual([])
  await mailer.send(mail)
  expect(taken).toHaveLength(1)
})

test('a recipient that the server refuses throws, so that the duty stays, and the password is kept', async () => {
  const { port, taken } = await smtpServer({
    ...(await certificate()),
    onAuth: checkLogin,
    onRcptTo: (_, __, done) => done(Object.assign(new Error('No such mailbox'), { responseCode: 550 })),
  })
  const mailer = through({ port, login: { user: 'zhuli', password: password('right', 'forgotten') } })
  await expect(mailer.send(mail)).rejects.toMatchObject({ responseCode: 550 })
  await expect(mailer.send(mail)).rejects.toMatchObject({ responseCode: 550 })
  expect(taken).toEqual([])
})

test.each([
  ['never greets', ''],
  ['never answers after its greeting', '220 smtp.bank.test ESMTP\r\n'],
])('a server that %s is given up', async (_, greeting) => {
  const { port } = await silentServer(greeting)
  await expect(through({ port }, impatient).send(mail)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
})

test('without TLS neither mail nor password goes out', async () => {
  const { port, taken } = await smtpServer({ disabledCommands: ['STARTTLS'], onAuth: checkLogin })
  const mailer = through({ port, login: { user: 'zhuli', password: password('right') } })
  await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'ETLS' })
  expect(taken).toEqual([])
})

test('a certificate that nobody vouches for is refused', async () => {
  const { port, taken } = await smtpServer({ ...(await certificate({ trusted: false })), authOptional: true })
  await expect(through({ port }).send(mail)).rejects.toThrow(/self-signed certificate/)
  expect(taken).toEqual([])
})

test('a certificate for another host is refused', async () => {
  const { port, taken } = await smtpServer({ ...(await certificate({ name: 'other.bank.test' })), authOptional: true })
  await expect(through({ port }).send(mail)).rejects.toThrow(/altnames/)
  expect(taken).toEqual([])
})

test('TLS begins with the connection on port 465 alone', () => {
  expect([465, 587, 25, 2525].map(tlsOn)).toEqual(['implicit', 'starttls', 'starttls', 'starttls'])
})
