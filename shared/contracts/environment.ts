import * as z from 'zod/mini'

const text = z.string().check(z.minLength(1))

/** What every function needs: the record, and the bank it works for. */
export const CoreEnvironment = z.object({
  TABLE_NAME: text,
  BANK_NAME: text,
  /** IANA zone of the bank's days and working hours. */
  BANK_TIME_ZONE: text,
})
export type CoreEnvironment = z.infer<typeof CoreEnvironment>

/** What a function needs to mail and to check the links in its mails. */
export const MailEnvironment = z.object({
  /** Origin of the links in mails, without a slash at the end. */
  BASE_URL: z.url(),
  MAIL_SENDER: text,
  MAIL_CONFIGURATION_SET: text,
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
  sweep: z.object({ ...CoreEnvironment.shape, ...MailEnvironment.shape, ...WorkflowEnvironment.shape }),
} as const
export type FunctionName = keyof typeof functionEnvironments
