import { devNull } from 'node:os'
import type { functionEnvironments } from '../../shared/contracts/environment.ts'
import type * as z from 'zod'

type FunctionVariables = z.infer<(typeof functionEnvironments)['api' | 'receive-mail']> &
  z.infer<(typeof functionEnvironments)['sweep' | 'keep-anchors']>

export const bank = {
  name: '示例银行',
  zone: 'Asia/Shanghai',
  sender: 'no-reply@bank.example',
  inbound: 'approvals.bank.example',
} as const

/** Names of what the stack would make. */
export const resources = {
  table: 'zhuli',
  eventBus: 'zhuli',
  secretKey: 'approval-links',
  configurationSet: 'local',
  audience: 'zhuli',
  inbox: { bucket: 'inbox', prefix: 'incoming/' },
  anchorBucket: 'anchors',
} as const

export interface Places {
  /** Origin of the API and of the identity provider. */
  readonly url: string
  readonly stateMachineArn: string
  /** Where the SDK's clients find the services. */
  readonly endpoints: Readonly<Record<`AWS_ENDPOINT_URL_${string}`, string>>
}

export const variablesOf = ({ url, stateMachineArn, endpoints }: Places): Record<string, string> => {
  const variables: FunctionVariables = {
    POWERTOOLS_SERVICE_NAME: 'embedded',
    METRICS_NAMESPACE: 'Zhuli',
    TABLE_NAME: resources.table,
    BANK_NAME: bank.name,
    BANK_TIME_ZONE: bank.zone,
    EVENT_BUS_NAME: resources.eventBus,
    BASE_URL: url,
    MAIL_SENDER: bank.sender,
    MAIL_TRANSPORT: 'ses',
    MAIL_CONFIGURATION_SET: resources.configurationSet,
    INBOUND_DOMAIN: bank.inbound,
    INBOX_BUCKET: resources.inbox.bucket,
    INBOX_PREFIX: resources.inbox.prefix,
    ANCHOR_BUCKET: resources.anchorBucket,
    SECRET_KEY_ID: resources.secretKey,
    STATE_MACHINE_ARN: stateMachineArn,
    TOKEN_ISSUER: url,
    TOKEN_AUDIENCE: resources.audience,
    TOKEN_JWKS_URI: `${url}/.well-known/jwks.json`,
  }
  return { ...variables, ...endpoints, ...credentials }
}

/** The SDK wants some to sign with, and a region; nothing checks them. */
const credentials = {
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
}

const replace = (next: NodeJS.ProcessEnv): void => {
  for (const name of Object.keys(process.env)) if (!(name in next)) delete process.env[name]
  Object.assign(process.env, next)
}

/**
 * Sets the variables of this process, and takes away whatever else it was told about AWS: no profile, proxy or
 * endpoint of somebody's real account may come between. What it returns puts everything back.
 */
export const setEnvironment = (variables: Readonly<Record<string, string>>): (() => void) => {
  const before = { ...process.env }
  const others = Object.entries(before).filter(([name]) => !name.startsWith('AWS_'))
  replace({ ...Object.fromEntries(others), ...variables })
  return () => replace(before)
}
