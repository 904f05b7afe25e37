import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allowedIn, at, config, one, smtpConfig, synthesised, target } from './template.ts'

const { stack, template, all, of, only, resource } = synthesised()

describe('the record', () => {
  const table = only('AWS::DynamoDB::Table')

  it('is one table, on demand', () => {
    expect(table.Properties).toMatchObject({ BillingMode: 'PAY_PER_REQUEST' })
  })

  it('survives mistakes: deletion protection is on, so is point-in-time recovery, and it outlives the stack', () => {
    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    })
    expect(stack.terminationProtection).toBe(true)
  })

  it("lies under the bank's own key, which rotates and is kept", () => {
    expect(resource(target(at(table.Properties, 'SSESpecification', 'KMSMasterKeyId')))).toMatchObject({
      Type: 'AWS::KMS::Key',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    })
  })
})

describe('the key of the links', () => {
  it('makes MACs, and is kept', () => {
    expect(one(of('AWS::KMS::Key').filter(({ Properties }) => Properties['KeySpec'] === 'HMAC_256'))).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { KeyUsage: 'GENERATE_VERIFY_MAC' },
    })
  })
})

describe('asynchronous edges', () => {
  const schedule = only('AWS::Scheduler::Schedule').Properties

  it('are known: another kind needs a dead-letter queue and a test', () => {
    const kinds = /::(Rule|Pipe|Subscription|EventSourceMapping|Schedule|EventInvokeConfig|Notification)$/
    expect(all.map(({ Type }) => Type).filter((type) => kinds.test(type))).toEqual([
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Scheduler::Schedule',
    ])
  })

  it('have a dead-letter queue, every one', () => {
    const invoked = only('AWS::Lambda::EventInvokeConfig').Properties
    expect(target(invoked['FunctionName'])).toBe(target(at(schedule, 'Target', 'Arn')))
    const ends = [
      at(schedule, 'Target', 'DeadLetterConfig', 'Arn'),
      at(invoked, 'DestinationConfig', 'OnFailure', 'Destination'),
    ]
    expect(ends.map((end) => resource(target(end)).Type)).toEqual(['AWS::SQS::Queue', 'AWS::SQS::Queue'])
  })

  it('end in a queue that is encrypted and refuses plain HTTP', () => {
    expect(only('AWS::SQS::Queue').Properties).toMatchObject({ SqsManagedSseEnabled: true })
    expect(at(only('AWS::SQS::QueuePolicy').Properties, 'PolicyDocument', 'Statement')).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    )
  })

  it('sweep every five minutes, one sweep after the other', () => {
    expect(schedule['ScheduleExpression']).toBe('rate(5 minutes)')
    expect(resource(target(at(schedule, 'Target', 'Arn'))).Properties['Timeout']).toBeLessThan(300)
  })
})

const described = (granted: unknown): string =>
  typeof granted === 'string' ? granted : `a resource${/[:/]?\*/.exec(JSON.stringify(granted))?.[0] ?? ''}`

describe('permissions', () => {
  /** Whatever else has a wildcard fails the test, so that the reason is thought of when the wildcard is. */
  const reasons: readonly (readonly [grant: RegExp, why: string])[] = [
    [
      /^xray:(PutTelemetryRecords|PutTraceSegments|GetSamplingRules|GetSamplingTargets) on \*$/,
      'X-Ray has no resources',
    ],
    [/^logs:\w+(LogDelivery|LogDeliveries|LogGroups|ResourcePolicy|ResourcePolicies) on \*$/, 'vended logs have none'],
    [/^kms:(GenerateDataKey|ReEncrypt)\* on a resource$/, 'the variants of two actions, on one key'],
    [/^lambda:InvokeFunction on a resource:\*$/, 'the versions and aliases of one function'],
  ]

  const wildcards = allowedIn(stack).flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.map((each) => `${action} on ${described(each)}`)).filter((grant) =>
      grant.includes('*'),
    ),
  )

  it('have no wildcard without a reason', () => {
    expect(wildcards.filter((wildcard) => !reasons.some(([grant]) => grant.test(wildcard)))).toEqual([])
  })

  it('have no reason without a wildcard', () => {
    expect(reasons.filter(([grant]) => !wildcards.some((wildcard) => grant.test(wildcard)))).toEqual([])
  })

  it('come from grants: no role has policies of another kind, except the writer of the logs of the API', () => {
    const roles = of('AWS::IAM::Role').map(({ Properties }) => Properties)
    expect(roles.filter((role) => role['Policies'] !== undefined)).toEqual([])
    const managed = roles.map((role) => role['ManagedPolicyArns']).filter((arns) => arns !== undefined)
    expect(managed).toHaveLength(1)
    expect(JSON.stringify(managed)).toContain('AmazonAPIGatewayPushToCloudWatchLogs')
    expect(of('AWS::IAM::ManagedPolicy')).toEqual([])
  })
})

describe('names', () => {
  it('are left to CloudFormation: the stack can stand twice in an account, and replace what it must', () => {
    const named = all.flatMap(({ Type, Properties }) =>
      Object.entries(Properties)
        .filter(([property, value]) => /(^|[a-z])Name$/.test(property) && typeof value === 'string')
        .map(([property]) => `${Type} ${property}`),
    )
    expect([...new Set(named)].toSorted()).toEqual([
      'AWS::ApiGateway::RestApi Name', // a label, which others may have too
      'AWS::ApiGateway::Stage StageName', // unique within its API only
      'AWS::IAM::Policy PolicyName', // unique within its role only
    ])
  })

  it('of partitions and accounts stand nowhere in the template', () => {
    expect(JSON.stringify(template)).not.toMatch(/arn:aws/)
    expect(JSON.stringify(template.Resources)).not.toMatch(/\b\d{12}\b/)
  })

  it('of partitions stand nowhere in the source', () => {
    const sources = ['infra', 'functions', 'shared'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|cjs|js)$/.test(file))
        .map((file) => `${folder}/${file}`),
    )
    expect(sources).toContain('infra/stack.ts')
    expect(sources.filter((file) => readFileSync(file, 'utf8').includes('arn:aws:'))).toEqual([])
  })
})

describe('mail', () => {
  const configurationSet = only('AWS::SES::ConfigurationSet').Properties

  it('leads nobody through another domain: click tracking is off, and so is that of opens', () => {
    expect(of('AWS::SES::ConfigurationSetEventDestination')).toEqual([])
    expect(configurationSet).not.toHaveProperty('TrackingOptions')
    expect(configurationSet).toMatchObject({ VdmOptions: { DashboardOptions: { EngagementMetrics: 'DISABLED' } } })
  })

  it("travels encrypted, from the sender's domain", () => {
    expect(configurationSet).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
    })
    expect(only('AWS::SES::EmailIdentity').Properties['EmailIdentity']).toBe('post.bank.test')
    expect(config.senderAddress).toBe('zhuli@post.bank.test')
  })
})

describe('mail by SMTP', () => {
  const bySmtp = synthesised(smtpConfig)

  it('leaves SES alone, which the region may not have', () => {
    expect(bySmtp.all.map(({ Type }) => Type).filter((type) => type.startsWith('AWS::SES::'))).toEqual([])
    expect(Object.keys(bySmtp.template.Outputs).filter((output) => output.startsWith('Mail'))).toEqual([])
  })

  it('needs neither login nor secret where the server asks for none', () => {
    const open = synthesised({ ...config, mail: { transport: 'smtp', host: 'relay.bank.test', port: 25 } })
    expect(JSON.stringify(open.template)).not.toMatch(/secretsmanager|SMTP_USER|SMTP_PASSWORD/)
  })
})

describe('outputs', () => {
  it('tell where the API, the table and the workflow are, and what the DNS needs for mail', () => {
    expect(Object.keys(template.Outputs)).toEqual(
      expect.arrayContaining(['ApiUrl', 'TableName', 'StateMachineArn', 'MailDnsRecord1', 'MailDnsRecord3']),
    )
  })
})
