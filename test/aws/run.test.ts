import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'

/** Runs the trial where the SDK finds nothing but what is given. */
const run = (variables: Readonly<Record<string, string>>) => {
  const { PATH = '' } = process.env
  const nowhere = { AWS_EC2_METADATA_DISABLED: 'true', HOME: tmpdir(), AWS_CONFIG_FILE: '/dev/null' }
  const env = { PATH, ...nowhere, AWS_SHARED_CREDENTIALS_FILE: '/dev/null', ...variables }
  const { status, stdout, stderr } = spawnSync('test/aws/run.sh', { env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }

test('without credentials nothing is tried, which is said', () => {
  expect(run({})).toEqual({
    status: 0,
    stdout: '',
    stderr: expect.stringMatching(/^SKIPPED: the journeys on AWS\. There are no credentials for an account.+\n$/),
  })
})

test('with credentials alone it is refused, with what is missing', () => {
  const { status, stderr } = run({ ...credentials, AWS_REGION: 'eu-west-1', E2E_MAIL_DOMAIN: 'e2e.bank.example' })
  expect(status).toBe(1)
  expect(stderr).toMatch(/but E2E_MAIL_BUCKET is not set: test\/aws\/README\.md/)
})
