import * as logs from 'aws-cdk-lib/aws-logs'
import * as z from 'zod'

const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/
const certificateArn = /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/.+$/
const topicArn = /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[\w-]+$/
const secretArn = /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+-[A-Za-z0-9]{6}$/
const smtpPort = 'give the port of the SMTP server, such as 587 (STARTTLS) or 465 (TLS from the start)'
/** AWS shuts it against spam, and opens it on request only to functions in a network of the customer's. */
const blockedPort = 25
const retentions = Object.values(logs.RetentionDays).filter((days) => typeof days === 'number')

/** Every message says what to write, because whoever reads it is about to. */
const text = (what: string) => z.string({ error: what }).trim().min(1, { error: what })
const secureUrl = (what: string) => z.url({ protocol: /^https$/, error: what })

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC'
}

const host = (what: string, example: string) =>
  text(`give ${what}, such as "${example}"`).regex(hostName, {
    error: `give a host name in lower case without scheme, port or path, such as "${example}"`,
  })

const SmtpMail = z
  .strictObject({
    transport: z.literal('smtp'),
    host: host("the SMTP server's host name", 'smtp.bank.example'),
    /** 465 begins with TLS; on any other the server must offer STARTTLS. */
    port: z
      .int({ error: smtpPort })
      .min(1, { error: smtpPort })
      .max(65_535, { error: smtpPort })
      .refine((port) => port !== blockedPort, {
        error: 'is one on which AWS lets no function mail: give the port for submission, 587 (STARTTLS) or 465 (TLS)',
      }),
    user: text('give the name with which to log in, or leave it out together with passwordSecretArn').optional(),
    /** The password is the whole text of the secret. */
    passwordSecretArn: z
      .string()
      .regex(secretArn, { error: 'give the full ARN of the Secrets Manager secret whose text is the password' })
      .optional(),
  })
  .refine(({ user, passwordSecretArn }) => (user === undefined) === (passwordSecretArn === undefined), {
    path: ['passwordSecretArn'],
    error: 'give user and passwordSecretArn both, or neither where the server asks for no login',
  })
const MailSettings = z.discriminatedUnion('transport', [z.strictObject({ transport: z.literal('ses') }), SmtpMail], {
  error: 'give { transport: "ses" }, or { transport: "smtp", host, port, user?, passwordSecretArn? }',
})
export type MailSettings = Readonly<z.output<typeof MailSettings>>

/** What differs from one deployment to the next; everything else is policy or code. */
const Settings = z.strictObject({
  /** `prod` is refused without what a bank's operation relies on: see `prodMistakes`. */
  stage: z.enum(['dev', 'prod'], { error: 'give "dev", or "prod" where a bank relies on it' }),
  /** Whether the record and the stack withstand being deleted; false only for what is tried out and thrown away. */
  deletionProtection: z.boolean({ error: 'give true, or false for a stack to be thrown away' }).default(true),
  /** Stands in mails and on pages. */
  bankName: text('give the name of the bank as mails shall show it'),
  /** Zone of the bank's days: anniversaries, due dates, working hours. */
  timeZone: text('give an IANA time zone, such as "Asia/Shanghai"').refine(isTimeZone, {
    error: 'is not an IANA time zone; give one such as "Asia/Shanghai"',
  }),
  /** Host of the links in mails and of the API. */
  domain: host('the host name at which people reach the API', 'zhuli.bank.example'),
  /** Left out when a proxy of the bank stands before the API and answers for the domain. */
  certificateArn: z
    .string()
    .regex(certificateArn, {
      error: "give the ARN of the domain's ACM certificate in the stack's region, or leave it out",
    })
    .optional(),
  /** How mail goes out: through SES, or an SMTP server where the region has no SES. */
  mail: MailSettings.default({ transport: 'ses' }),
  /** With SES its domain becomes an identity there. */
  senderAddress: z
    .email({ error: 'give the plain address that mails come from, such as "zhuli@bank.example"' })
    .toLowerCase(),
  /** Domain at which approvers' replies arrive through SES; left out, or null, they decide by the link alone. */
  inboundDomain: host('the domain of the addresses for replies', 'reply.zhuli.bank.example').nullish(),
  tokenIssuer: secureUrl('give the https URL of the OIDC issuer, exactly as its tokens carry it in "iss"'),
  tokenAudience: text('give the audience that the issuer puts into "aud" of tokens for this API'),
  tokenJwksUri: secureUrl('give the https URL of the issuer\'s keys ("jwks_uri" of its discovery document)'),
  /**
   * An SNS topic of the bank's that hears of the alarm; left out, the alarm shows in CloudWatch only. Encrypted, it needs
   * a key whose policy lets CloudWatch use it, which that of `alias/aws/sns` does not.
   */
  alarmTopicArn: z
    .string()
    .regex(topicArn, { error: "give the ARN of an SNS topic in the stack's region, or leave it out" })
    .optional(),
  logRetentionDays: z.literal(retentions, {
    error: `give a number of days that CloudWatch Logs offers: ${retentions.join(', ')}`,
  }),
})

type Settings = z.output<typeof Settings>

/** The part of an address that says where its mails go. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** Days for which logs are kept where a bank relies on them: a case lasts a year, and its review a little longer. */
const prodLogRetentionDays = 400

/** What a stage on which a bank relies lacks, each with what to do about it. */
function prodMistakes(settings: Settings): Partial<Record<keyof Settings, string>> {
  const { deletionProtection, logRetentionDays, alarmTopicArn, inboundDomain, mail } = settings
  const days: number = logRetentionDays
  return {
    ...(!deletionProtection && {
      deletionProtection: 'has to be true: the record is what an auditor proves decisions by',
    }),
    ...(days < prodLogRetentionDays && {
      logRetentionDays: `has to be ${prodLogRetentionDays} or more: a case lasts a year, and its review longer`,
    }),
    ...(alarmTopicArn === undefined && {
      alarmTopicArn: 'give the ARN of an SNS topic: somebody has to hear of an alarm',
    }),
    // Where there is no SES nothing receives mail either, and approvers decide by the link.
    ...(inboundDomain === undefined &&
      mail.transport === 'ses' && {
        inboundDomain:
          'give the domain for replies, since approvers answer from their mailbox, or null where SES receives no mail',
      }),
  }
}

/** Settings that are right each by itself and together. */
export const Config = Settings.superRefine((settings, context) => {
  if (settings.stage === 'dev') return
  for (const [setting, mistake] of Object.entries(prodMistakes(settings)))
    context.addIssue({ code: 'custom', path: [setting], message: `${mistake} (stage "prod")` })
})
  .refine(({ inboundDomain, senderAddress }) => inboundDomain !== domainOf(senderAddress), {
    path: ['inboundDomain'],
    error: "is the sender's: give a domain of its own, whose MX record can lead to SES without taking other mail there",
  })
  // That there is none by intent matters to the check alone.
  .transform(({ inboundDomain, ...settings }) => ({ ...settings, inboundDomain: inboundDomain ?? undefined }))
export type Config = Readonly<z.output<typeof Config>>
/** A deployment as it is written down, before it is checked. */
export type ConfigInput = Readonly<z.input<typeof Config>>

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

function settingsAt([setting]: readonly PropertyKey[]): string {
  const [owner, known] =
    setting === 'mail' ? ['those of SMTP', Object.keys(SmtpMail.shape)] : ['the settings', Object.keys(Settings.shape)]
  return `${owner} are ${known.join(', ')}`
}

function sentence(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys'
    ? `${[...issue.path, issue.keys.join(', ')].join('.')}: no such setting; ${settingsAt(issue.path)}`
    : `${issue.path.join('.')}: ${issue.message}`
}

/** All that is wrong in one error, so that one round of corrections is enough. */
export function parseConfig(settings: unknown, source: string): Config {
  const parsed = Config.safeParse(settings)
  if (parsed.success) return parsed.data
  throw new ConfigError(
    [`${source} can't be used:`, ...parsed.error.issues.map((issue) => `  ${sentence(issue)}`)].join('\n'),
  )
}

export function selectConfig(deployments: Readonly<Record<string, unknown>>, name: string): Config {
  if (Object.hasOwn(deployments, name)) return parseConfig(deployments[name], `Deployment "${name}"`)
  throw new ConfigError(
    `There is no deployment "${name}". infra/config/deployments.ts has ${Object.keys(deployments).join(', ')}; ` +
      'choose one with "-c deployment=<name>" or add it there.',
  )
}
