import { describe, expect, it } from 'vitest'
import { deployments } from '../../infra/config/deployments.ts'
import { ConfigError, parseConfig, selectConfig } from '../../infra/config.ts'
import { synthesised } from './template.ts'

const settings = {
  stage: 'dev',
  bankName: '招商银行',
  timeZone: 'Asia/Shanghai',
  domain: 'zhuli.bank.test',
  senderAddress: 'zhuli@bank.test',
  tokenIssuer: 'https://login.bank.test/realms/staff',
  tokenAudience: 'zhuli',
  tokenJwksUri: 'https://login.bank.test/keys',
  logRetentionDays: 365,
}

const smtp = {
  transport: 'smtp',
  host: 'smtp.bank.test',
  port: 587,
  user: 'zhuli',
  passwordSecretArn: 'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:smtp-AbCdEf',
}

const errorOf = (changes: Readonly<Record<string, unknown>>): string => {
  try {
    parseConfig({ ...settings, ...changes }, 'The test')
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'no error'
}

describe('settings', () => {
  it('that are right come out as they went in', () => {
    expect(parseConfig(settings, 'The test')).toEqual({
      ...settings,
      deletionProtection: true,
      mail: { transport: 'ses' },
    })
  })

  it.each(Object.keys(deployments))('of the deployment "%s" are right', (name) => {
    expect(selectConfig(deployments, name).timeZone).toBe('Asia/Shanghai')
  })

  it.each(Object.keys(settings))('without %s are refused, by name', (name) => {
    expect(errorOf({ [name]: undefined })).toMatch(new RegExp(`^The test can't be used:\n  ${name}: give .+$`))
  })

  it.each([
    ['bankName', '  ', 'name of the bank'],
    ['timeZone', 'Asia/Peking', 'is not an IANA time zone; give one such as "Asia/Shanghai"'],
    ['timeZone', 'CST+8', 'is not an IANA time zone'],
    ['domain', 'https://zhuli.bank.test', 'without scheme, port or path'],
    ['domain', 'zhuli.bank.test/app', 'without scheme, port or path'],
    ['domain', 'zhuli', 'give a host name'],
    ['certificateArn', 'zhuli.bank.test', 'give the ARN'],
    ['senderAddress', 'Zhuli <zhuli@bank.test>', 'give the plain address'],
    ['inboundDomain', 'reply@bank.test', 'give a host name in lower case'],
    ['inboundDomain', 'bank.test', "is the sender's: give a domain of its own"],
    ['tokenIssuer', 'http://login.bank.test', 'give the https URL of the OIDC issuer'],
    ['tokenJwksUri', 'login.bank.test/keys', "give the https URL of the issuer's keys"],
    ['alarmTopicArn', 'duty@bank.test', 'give the ARN of an SNS topic'],
    ['logRetentionDays', 100, 'a number of days that CloudWatch Logs offers: 1, 3, 5'],
    ['logRetentionDays', '365', 'a number of days that CloudWatch Logs offers'],
  ])('with %s %j say what to write', (name, value, advice) => {
    expect(errorOf({ [name]: value })).toMatch(`${name}: `)
    expect(errorOf({ [name]: value })).toMatch(advice)
  })

  it('are refused with everything that is wrong at once', () => {
    expect(errorOf({ domain: 'Zhuli', senderAddress: 'zhuli', timeZone: 'China' }).split('\n')).toHaveLength(4)
  })

  it('with a name that does not exist are refused with the names that do', () => {
    expect(errorOf({ timezone: 'Asia/Shanghai' })).toMatch(
      /timezone: no such setting; the settings are stage, deletionProtection, bankName, timeZone/,
    )
  })

  it('take a domain for replies', () => {
    const inboundDomain = 'reply.zhuli.bank.test'
    expect(parseConfig({ ...settings, inboundDomain }, 'The test').inboundDomain).toBe(inboundDomain)
  })

  it('take a certificate of any partition', () => {
    const certificateArn = 'arn:aws-cn:acm:cn-north-1:123456789012:certificate/0b1c'
    expect(parseConfig({ ...settings, certificateArn }, 'The test').certificateArn).toBe(certificateArn)
  })

  it.each([[smtp], [{ ...smtp, user: undefined, passwordSecretArn: undefined }], [{ transport: 'ses' }]])(
    'take the way of mail %j',
    (mail) => {
      expect(parseConfig({ ...settings, mail }, 'The test').mail).toEqual(mail)
    },
  )

  it.each([
    [{}, 'mail.transport: give { transport: "ses" }, or { transport: "smtp", host, port, user?, passwordSecretArn? }'],
    ['smtp', 'mail: give { transport: "ses" }'],
    [{ transport: 'sendmail' }, 'mail.transport: give { transport: "ses" }'],
    [{ ...smtp, host: undefined }, "mail.host: give the SMTP server's host name"],
    [{ ...smtp, host: 'smtp://smtp.bank.test' }, 'mail.host: give a host name in lower case without scheme'],
    [{ ...smtp, port: undefined }, 'mail.port: give the port of the SMTP server, such as 587'],
    [{ ...smtp, port: '587' }, 'mail.port: give the port'],
    [{ ...smtp, port: 0 }, 'mail.port: give the port'],
    [{ ...smtp, port: 65_536 }, 'mail.port: give the port'],
    [{ ...smtp, port: 25 }, 'mail.port: is one on which AWS lets no function mail: give the port for submission, 587'],
    [{ ...smtp, user: undefined }, 'mail.passwordSecretArn: give user and passwordSecretArn both, or neither'],
    [{ ...smtp, passwordSecretArn: undefined }, 'mail.passwordSecretArn: give user and passwordSecretArn both'],
    [{ ...smtp, passwordSecretArn: 'right' }, 'mail.passwordSecretArn: give the full ARN'],
    [{ ...smtp, password: 'right' }, 'mail.password: no such setting; those of SMTP are transport, host, port, user'],
  ])('with the way of mail %j say what to write', (mail, advice) => {
    expect(errorOf({ mail })).toContain(advice)
  })

  const prod = {
    stage: 'prod',
    logRetentionDays: 400,
    alarmTopicArn: 'arn:aws-cn:sns:cn-north-1:123456789012:duty-officer',
    inboundDomain: 'reply.zhuli.bank.test',
  }

  it.each([
    ['deletionProtection', false, 'has to be true'],
    ['logRetentionDays', 365, 'has to be 400 or more'],
    ['alarmTopicArn', undefined, 'give the ARN of an SNS topic'],
    ['inboundDomain', undefined, 'give the domain for replies'],
  ])('for "prod" need %s, and not %j', (name, value, advice) => {
    expect(errorOf(prod)).toBe('no error')
    expect(errorOf({ ...prod, [name]: value }).split('\n')).toEqual([
      "The test can't be used:",
      expect.stringMatching(new RegExp(`^  ${name}: ${advice}.+ \\(stage "prod"\\)$`)),
    ])
    expect(errorOf({ ...prod, stage: 'dev', [name]: value })).toBe('no error')
  })

  it('for "prod" need no domain for replies where no SES can receive them', () => {
    expect(errorOf({ ...prod, inboundDomain: undefined, mail: smtp })).toBe('no error')
  })

  it('for "prod" say so where SES sends and receives nothing, as in regions that only send', () => {
    const linkAlone = parseConfig({ ...settings, ...prod, inboundDomain: null }, 'The test')
    expect(linkAlone.inboundDomain).toBeUndefined()
    expect(synthesised(linkAlone).of('AWS::SES::ReceiptRule')).toEqual([])
  })

  it('of a deployment that does not exist are refused with those that do', () => {
    expect(() => selectConfig({ test: settings, live: settings }, 'toString')).toThrow(
      /no deployment "toString".*has test, live; choose one with "-c deployment=<name>"/,
    )
  })
})
