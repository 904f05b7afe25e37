import type { ConfigInput } from '../config.ts'

/** One entry for each place where the stack is deployed; `cdk deploy -c deployment=<name>` chooses, else `default`. */
export const deployments = {
  default: {
    stage: 'dev',
    bankName: '示例银行',
    timeZone: 'Asia/Shanghai',
    domain: 'zhuli.bank.example',
    senderAddress: 'zhuli@bank.example',
    inboundDomain: 'reply.zhuli.bank.example',
    tokenIssuer: 'https://login.bank.example',
    tokenAudience: 'https://zhuli.bank.example',
    tokenJwksUri: 'https://login.bank.example/.well-known/jwks.json',
    // A case lasts a year and its review a little longer; its logs are there as long as it runs.
    logRetentionDays: 400,
  },
} as const satisfies Readonly<Record<string, ConfigInput>>
