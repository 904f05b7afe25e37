import { CloudFormationClient } from '@aws-sdk/client-cloudformation'

// Says whether the journeys can be run in an account: 0 they can, 3 there are no credentials, 1 something else is missing.

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)

const reasonNot = async (): Promise<number> => {
  const { config } = new CloudFormationClient({})
  try {
    await config.credentials()
  } catch {
    say('SKIPPED: the journeys on AWS. There are no credentials for an account; nothing was tried.')
    return 3
  }
  const region = await config.region().catch(() => undefined)
  const missing = ['E2E_MAIL_DOMAIN', 'E2E_MAIL_BUCKET'].filter((name) => !process.env[name])
  if (region === undefined) missing.push('AWS_REGION')
  if (missing.length === 0) return 0
  say(`There are credentials for an account, but ${missing.join(', ')} is not set: test/aws/README.md says to what.`)
  return 1
}

process.exitCode = await reasonNot()
