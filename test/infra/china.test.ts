import { Stage } from 'aws-cdk-lib'
import { rmSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { ZhuliStack } from '../../infra/stack.ts'
import { Template, unbundledApp } from '../../infra/synthesise.ts'
import { certificateArn, smtpConfig } from './template.ts'

/** The whole stack for a region of the other partition, as a bank in China deploys it: all that it can have. */
const alarmTopicArn = 'arn:aws-cn:sns:cn-north-1:123456789012:duty-officer'
// With partitions written out where the region tells them, so that a wrong one shows.
const app = unbundledApp({ '@aws-cdk/core:enablePartitionLiterals': true })
const region = new Stage(app, 'China', { env: { account: '123456789012', region: 'cn-north-1' } })
const stack = new ZhuliStack(region, 'Zhuli', {
  ...smtpConfig,
  stage: 'prod',
  logRetentionDays: 400,
  certificateArn,
  alarmTopicArn,
})
const assembly = app.synth()
afterAll(() => rmSync(assembly.directory, { recursive: true }))
const template = Template.parse(
  assembly.getNestedAssembly(region.artifactId).getStackArtifact(stack.artifactId).template,
)
const text = JSON.stringify(template)

it('names everything in the partition aws-cn', () => {
  const partitions = new Set(Array.from(text.matchAll(/arn:([\w-]*):/g), ([, partition]) => partition))
  expect([...partitions]).toEqual(['aws-cn'])
})

it('needs no service that the partition lacks', () => {
  const services = new Set(Object.values(template.Resources).map(({ Type }) => Type.replace(/^AWS::|::.*$/g, '')))
  expect([...services].toSorted()).toEqual([
    'ApiGateway',
    'CloudWatch',
    'DynamoDB',
    'Events',
    'IAM',
    'KMS',
    'Lambda',
    'Logs',
    'S3',
    'SQS',
    'Scheduler',
    'StepFunctions',
    'WAFv2',
  ])
  expect(text).not.toMatch(/ses:|cognito/i)
})

it('has nothing of another region', () => {
  const regions = new Set(Array.from(text.matchAll(/\b(?:us|eu|ap|cn)-[a-z]+-\d\b/g), ([name]) => name))
  expect([...regions]).toEqual(['cn-north-1'])
})
