import { App } from 'aws-cdk-lib'
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway'
import { Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { readFileSync, writeFileSync } from 'node:fs'
import { ZhuliStack } from '../../infra/stack.ts'
import { Template } from '../../infra/synthesise.ts'
import { eventSource } from '../../shared/contracts/published-events.ts'
import { addTo } from '../deployed/additions.ts'
import { openIdentity } from '../deployed/issuer.ts'
import { settings } from '../deployed/settings.ts'
import { forEmulator } from '../emulator/filter.ts'
import { forAccount } from './filter.ts'
import { naming, readVariables } from './variables.ts'

const variables = readVariables()

/** The clock's module within the variable itself: there is no file beside the functions. */
const clockModule = (): string => {
  const source = readFileSync(new URL('../deployed/clock.mjs', import.meta.url), 'utf8').replaceAll(/^\/\/.*\n/gm, '')
  return `data:text/javascript,${encodeURIComponent(source)}`
}

/** Publishes the keys of the trial's issuer where the functions can read them. */
const publishKeys = async (stack: ZhuliStack): Promise<unknown> => {
  const keys = await (await openIdentity(variables.FRONT_FOLDER)).request('/.well-known/jwks.json')
  const api = new RestApi(stack, 'Keys', { cloudWatchRole: false })
  const integration = new MockIntegration({
    requestTemplates: { 'application/json': '{"statusCode":200}' },
    integrationResponses: [{ statusCode: '200', responseTemplates: { 'application/json': await keys.text() } }],
  })
  api.root.addResource('keys').addMethod('GET', integration, { methodResponses: [{ statusCode: '200' }] })
  const { AWS_ENDPOINT_URL: emulator } = variables
  return emulator === undefined
    ? stack.resolve(api.urlForPath('/keys'))
    : { 'Fn::Join': ['', [`${emulator}/_aws/execute-api/`, stack.resolve(api.restApiId), '/prod/keys']] }
}

/** A listener on the bus, as an HR system would be one. */
const listen = (stack: ZhuliStack): void => {
  const rule = new Rule(stack, 'HeardRule', {
    eventBus: stack.eventBus.bus,
    eventPattern: { source: [eventSource] },
  })
  rule.addTarget(new SqsQueue(new Queue(stack, 'Heard')))
}

const app = new App()
const stack = new ZhuliStack(app, variables.STACK, settings(naming(variables.E2E_MAIL_DOMAIN).there))
listen(stack)
const jwksUri = await publishKeys(stack)
const { templateFullPath } = app.synth().getStackArtifact(stack.artifactId)
const template = Template.parse(JSON.parse(readFileSync(templateFullPath, 'utf8')))
const additions = { clockModule: clockModule(), clockVariables: { CLOCK_OFFSET_MS: '0' }, jwksUri }
const taken = variables.AWS_ENDPOINT_URL === undefined ? template : forEmulator(template)
writeFileSync(templateFullPath, JSON.stringify(addTo(forAccount(taken), additions)))
