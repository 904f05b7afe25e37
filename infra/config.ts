import * as logs from 'aws-cdk-lib/aws-logs'
import * as z from 'zod'

const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/
const certificateArn = /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/.+$/
const retentions = Object.values(logs.RetentionDays).filter((days) => typeof days === 'number')

/** Every message says what to write, because whoever reads it is about to. */
const text = (what: string) => z.string({ error: what }).trim().min(1, { error: what })
const secureUrl = (what: string) => z.url({ protocol: /^https$/, error: what })

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC'
}

/** What differs from one deployment to the next; everything else is policy or code. */
export const Config = z.strictObject({
  /** Stands in mails and on pages. */
  bankName: text('give the name of the bank as mails shall show it'),
  /** Zone of the bank's days: anniversaries, due dates, working hours. */
  timeZone: text('give an IANA time zone, such as "Asia/Shanghai"').refine(isTimeZone, {
    error: 'is not an IANA time zone; give one such as "Asia/Shanghai"',
  }),
  /** Host of the links in mails and of the API. */
  domain: text('give the host name at which people reach the API, such as "zhuli.bank.example"').regex(hostName, {
    error: 'give a host name in lower case without scheme, port or path, such as "zhuli.bank.example"',
  }),
  /** Left out when a proxy of the bank stands before the API and answers for the domain. */
  certificateArn: z
    .string()
    .regex(certificateArn, {
      error: "give the ARN of the domain's ACM certificate in the stack's region, or leave it out",
    })
    .optional(),
  /** Its domain becomes an SES identity. */
  senderAddress: z
    .email({ error: 'give the plain address that mails come from, such as "zhuli@bank.example"' })
    .toLowerCase(),
  tokenIssuer: secureUrl('give the https URL of the OIDC issuer, exactly as its tokens carry it in "iss"'),
  tokenAudience: text('give the audience that the issuer puts into "aud" of tokens for this API'),
  tokenJwksUri: secureUrl('give the https URL of the issuer\'s keys ("jwks_uri" of its discovery document)'),
  logRetentionDays: z.literal(retentions, {
    error: `give a number of days that CloudWatch Logs offers: ${retentions.join(', ')}`,
  }),
})
export type Config = Readonly<z.output<typeof Config>>
/** A deployment as it is written down, before it is checked. */
export type ConfigInput = Readonly<z.input<typeof Config>>

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

function sentence(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys'
    ? `${issue.keys.join(', ')}: no such setting; the settings are ${Object.keys(Config.shape).join(', ')}`
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
