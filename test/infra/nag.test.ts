import { Validations } from 'aws-cdk-lib'
import * as sqs from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks } from 'cdk-nag'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ZhuliStack } from '../../infra/stack.ts'
import { unbundledApp } from '../../infra/synthesise.ts'
import { certificateArn, config, smtpConfig } from './template.ts'

function checked(settings: typeof config, change: (stack: ZhuliStack) => unknown = () => undefined) {
  const app = unbundledApp()
  change(new ZhuliStack(app, 'Zhuli', settings))
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return () => app.synth()
}

describe('the AwsSolutions pack of cdk-nag', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('passes', () => {
    expect(checked(config)).not.toThrow()
  })

  it('passes with a domain of its own', () => {
    expect(checked({ ...config, certificateArn })).not.toThrow()
  })

  it('passes without SES', () => {
    expect(checked(smtpConfig)).not.toThrow()
  })

  it('is in force: a queue that takes plain HTTP stops the synthesis', () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect(checked(config, (stack) => new sqs.Queue(stack, 'Open'))).toThrow(/AwsSolutions-SQS4|Validation failed/)
    written.mockRestore()
  })
})
