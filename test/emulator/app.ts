import { App } from 'aws-cdk-lib'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseConfig } from '../../infra/config.ts'
import { ZhuliStack } from '../../infra/stack.ts'
import type { Template } from '../../infra/synthesise.ts'
import { bank } from '../../infra/local/environment.ts'
import { readVariables } from './variables.ts'
import { forEmulator } from './filter.ts'

const { clockFile, frontUrl } = readVariables()

/** The deployment that the emulator gets: the bank of the embedded system. */
const config = parseConfig(
  {
    stage: 'dev',
    deletionProtection: false,
    bankName: bank.name,
    timeZone: bank.zone,
    domain: 'zhuli.bank.example',
    senderAddress: bank.sender,
    inboundDomain: bank.inbound,
    tokenIssuer: 'https://login.bank.example',
    tokenAudience: 'zhuli',
    tokenJwksUri: 'https://login.bank.example/keys',
    logRetentionDays: 400,
  },
  'The deployment on the emulator',
)

const app = new App()
const stack = new ZhuliStack(app, 'Zhuli', config)
const { templateFullPath } = app.synth().getStackArtifact(stack.artifactId)
const template = JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template
const filtered = forEmulator(template, {
  clockModule: new URL('clock.mjs', import.meta.url).href,
  clockFile,
  jwksUri: `${frontUrl}/.well-known/jwks.json`,
})
writeFileSync(templateFullPath, JSON.stringify(filtered))
