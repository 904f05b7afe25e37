import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import type { DeployedStack } from '../../infra/operate/deployed-stack.ts'
import { serveFront } from '../deployed/front.ts'
import { openMailBucket } from './mail-bucket.ts'
import { naming, readVariables } from './variables.ts'

const variables = readVariables()
const { STACK, BANK_URL, FRONT_FOLDER, E2E_MAIL_DOMAIN, E2E_MAIL_BUCKET, E2E_QUIET_SECONDS, AWS_ENDPOINT_URL } =
  variables

/** Seconds until a function has its new variables. */
const patience = 120

/** Starts every function anew with the clock set so. */
const setClock = async (stack: DeployedStack, offsetMs: number): Promise<void> => {
  const lambda = new LambdaClient({})
  const set = async (FunctionName: string): Promise<void> => {
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
    const Variables = { ...Environment?.Variables, CLOCK_OFFSET_MS: String(offsetMs) }
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }))
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: patience, minDelay: 1 }, { FunctionName })
  }
  await Promise.all(stack.all('AWS::Lambda::Function').map(({ name }) => set(name)))
}

const apiUrl = async (stack: DeployedStack): Promise<string> => {
  if (AWS_ENDPOINT_URL !== undefined)
    return `${AWS_ENDPOINT_URL}/_aws/execute-api/${stack.one('AWS::ApiGateway::RestApi', 'Api')}/live`
  const { Stacks = [] } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: STACK }))
  const output = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'ApiUrl')
  if (output?.OutputValue === undefined) throw new Error(`The stack ${STACK} does not say where its API is.`)
  return output.OutputValue.replace(/\/$/, '')
}

const mails = openMailBucket(E2E_MAIL_BUCKET)

await serveFront({
  url: BANK_URL,
  folder: FRONT_FOLDER,
  place: {
    stackName: STACK,
    apiUrl,
    setClock,
    // So many seconds, because a queue that is asked in passing can say that it is empty when it isn't.
    hearing: (stack) => ({ url: stack.one('AWS::SQS::Queue', 'Heard'), waitSeconds: 1 }),
    deliver: mails.deliver,
    // An account does not count them at once: that none comes any more has to do.
    mailCount: async () => mails.count(),
    rest: { ms: E2E_QUIET_SECONDS * 1000, lookEveryMs: 500 },
    ...naming(E2E_MAIL_DOMAIN),
  },
})
