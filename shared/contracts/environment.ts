import * as z from 'zod/mini'

const text = z.string().check(z.minLength(1))

/** What every function needs: the record. */
export const TableEnvironment = z.object({
  /** The function's name in its log; the logger reads it by itself. */
  POWERTOOLS_SERVICE_NAME: text,
  TABLE_NAME: text,
})
export type TableEnvironment = z.infer<typeof TableEnvironment>

/** What a function needs that works on cases: the record, and the bank whose they are. */
export const CoreEnvironment = z.object({
  ...TableEnvironment.shape,
  BANK_NAME: text,
  /** IANA zone of the bank's days and working hours. */
  BANK_TIME_ZONE: text,
  /** EventBridge bus on which HR systems hear of what happened. */
  EVENT_BUS_NAME: text,
})
export type CoreEnvironment = z.infer<typeof CoreEnvironment>

const SesTransport = z.object({ MAIL_TRANSPORT: z.literal('ses'), MAIL_CONFIGURATION_SET: text })

const SmtpTransport = z
  .object({
    MAIL_TRANSPORT: z.literal('smtp'),
    SMTP_HOST: text,
    /** 465 begins with TLS; on any other the server must offer STARTTLS. */
    SMTP_PORT: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(65_535)),
    /** Left out where the server asks for no login. */
    SMTP_USER: z.exactOptional(text),
    /** Secret of Secrets Manager whose text is the user's password; goes with SMTP_USER. */
    SMTP_PASSWORD_SECRET_ARN: z.exactOptional(text),
  })
  .check(
    z.refine((settings) => (settings.SMTP_USER === undefined) === (settings.SMTP_PASSWORD_SECRET_ARN === undefined), {
      path: ['SMTP_PASSWORD_SECRET_ARN'],
    }),
  )

/** The way that mails go out. */
export const MailTransport = z.discriminatedUnion('MAIL_TRANSPORT', [SesTransport, SmtpTransport])
export type MailTransport = z.infer<typeof MailTransport>

/** What a function needs to mail and to check the links in its mails. */
export const MailEnvironment = z.object({
  /** Origin of the links in mails, without a slash at the end. */
  BASE_URL: z.url(),
  MAIL_SENDER: text,
  /** Domain of the addresses at which replies arrive; left out where no mail is received. */
  INBOUND_DOMAIN: z.exactOptional(text),
  MAIL_TRANSPORT: z.enum(['ses', 'smtp']),
  /** Of these it has what its transport needs; they are read by `MailTransport`. */
  MAIL_CONFIGURATION_SET: z.exactOptional(text),
  SMTP_HOST: z.exactOptional(text),
  SMTP_PORT: z.exactOptional(text),
  SMTP_USER: z.exactOptional(text),
  SMTP_PASSWORD_SECRET_ARN: z.exactOptional(text),
  /** KMS key (HMAC_256) under which the secrets of approval links are derived. */
  SECRET_KEY_ID: text,
})
export type MailEnvironment = z.infer<typeof MailEnvironment>

/** What a function needs to start the workflow and to answer its tasks. */
export const WorkflowEnvironment = z.object({ STATE_MACHINE_ARN: text })
export type WorkflowEnvironment = z.infer<typeof WorkflowEnvironment>

/** What the API needs to check the tokens of its callers. */
export const TokenEnvironment = z.object({
  TOKEN_ISSUER: z.url(),
  TOKEN_AUDIENCE: text,
  TOKEN_JWKS_URI: z.url(),
})
export type TokenEnvironment = z.infer<typeof TokenEnvironment>

/** What a function needs to read the mails that arrived. */
export const InboxEnvironment = z.object({
  INBOX_BUCKET: text,
  /** What the keys of mails begin with; the id of the mail follows. */
  INBOX_PREFIX: text,
})
export type InboxEnvironment = z.infer<typeof InboxEnvironment>

/** What a function needs to keep the heads of the chains outside the table. */
export const AnchorsEnvironment = z.object({ ANCHOR_BUCKET: text })
export type AnchorsEnvironment = z.infer<typeof AnchorsEnvironment>

/** What a function needs to publish figures for alarms and the dashboard. */
export const MetricsEnvironment = z.object({ METRICS_NAMESPACE: text })
export type MetricsEnvironment = z.infer<typeof MetricsEnvironment>

/** The variables of each function: the stack sets exactly these, the function reads exactly these. */
export const functionEnvironments = {
  api: z.object({
    ...CoreEnvironment.shape,
    ...MailEnvironment.shape,
    ...WorkflowEnvironment.shape,
    ...TokenEnvironment.shape,
  }),
  'open-stage': z.object({ ...CoreEnvironment.shape, ...MailEnvironment.shape }),
  'take-effect': z.object({ ...CoreEnvironment.shape, ...MailEnvironment.shape }),
  sweep: z.object({
    ...CoreEnvironment.shape,
    ...MailEnvironment.shape,
    ...WorkflowEnvironment.shape,
    ...MetricsEnvironment.shape,
  }),
  'keep-anchors': z.object({ ...TableEnvironment.shape, ...AnchorsEnvironment.shape }),
  'receive-mail': z.object({
    ...CoreEnvironment.shape,
    ...MailEnvironment.shape,
    ...WorkflowEnvironment.shape,
    ...InboxEnvironment.shape,
  }),
  'report-undeliverable': z.object({ ...CoreEnvironment.shape, ...MailEnvironment.shape }),
} as const
export type FunctionName = keyof typeof functionEnvironments
