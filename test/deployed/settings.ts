import { parseConfig } from '../../infra/config.ts'
import { bank } from '../../infra/local/environment.ts'
import { issuer } from './issuer.ts'

/** The bank of the embedded system, for a stack to be thrown away; `there` gives its names as the place has them. */
export const settings = (there: (text: string) => string = (text) => text) =>
  parseConfig(
    {
      stage: 'dev',
      deletionProtection: false,
      bankName: bank.name,
      timeZone: bank.zone,
      domain: there('zhuli.bank.example'),
      senderAddress: there(bank.sender),
      inboundDomain: there(bank.inbound),
      tokenIssuer: issuer.url,
      tokenAudience: issuer.audience,
      tokenJwksUri: `${issuer.url}/keys`,
      logRetentionDays: 400,
    },
    'The deployment to be tried',
  )
