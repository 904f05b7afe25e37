import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allowedIn, at, one, synthesised, target } from './template.ts'

const { stack, template, all, of, only, resource, functions } = synthesised()
const functionNamed = (name: string) => one(functions.filter(({ fileName }) => fileName === name)).logicalId

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
  const schedules = of('AWS::Scheduler::Schedule').map(({ Properties }) => Properties)
  const invoked = of('AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties)

  it('are known: another kind needs a dead-letter queue and a test', () => {
    const kinds = /::(Rule|Pipe|Subscription|EventSourceMapping|Schedule|EventInvokeConfig|Notification|ReceiptRule)$/
    expect(
      all
        .map(({ Type }) => Type)
        .filter((type) => kinds.test(type))
        .toSorted(),
    ).toEqual([
      'AWS::Events::Rule',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::SES::ReceiptRule',
      'AWS::Scheduler::Schedule',
      'AWS::Scheduler::Schedule',
    ])
  })

  it('have a dead-letter queue, every one', () => {
    const called = new Set(invoked.map(({ FunctionName }) => target(FunctionName)))
    const asynchronous = ['sweep', 'keep-anchors', 'receive-mail', 'report-undeliverable'] as const
    expect(called).toEqual(new Set(asynchronous.map(functionNamed)))
    const ends = [
      at(only('AWS::Events::Rule').Properties, 'Targets', 0, 'DeadLetterConfig', 'Arn'),
      ...schedules.map((schedule) => at(schedule, 'Target', 'DeadLetterConfig', 'Arn')),
      ...invoked.map((each) => at(each, 'DestinationConfig', 'OnFailure', 'Destination')),
    ]
    expect(ends.map((end) => resource(target(end)).Type)).toEqual(ends.map(() => 'AWS::SQS::Queue'))
  })

  it('end in queues that are encrypted and refuse plain HTTP', () => {
    const queues = of('AWS::SQS::Queue')
    expect(queues.filter(({ Properties }) => Properties['SqsManagedSseEnabled'] !== true)).toEqual([])
    const policies = of('AWS::SQS::QueuePolicy').map(({ Properties }) => Properties)
    expect(policies).toHaveLength(queues.length)
    for (const policy of policies)
      expect(at(policy, 'PolicyDocument', 'Statement')).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      )
  })

  it('sweep, and keep anchors, every five minutes, one call after the other', () => {
    expect(schedules).toHaveLength(2)
    const called = new Set(schedules.map((schedule) => target(at(schedule, 'Target', 'Arn'))))
    expect(called).toEqual(new Set((['sweep', 'keep-anchors'] as const).map(functionNamed)))
    for (const schedule of schedules) {
      expect(schedule['ScheduleExpression']).toBe('rate(5 minutes)')
      expect(resource(target(at(schedule, 'Target', 'Arn'))).Properties['Timeout']).toBeLessThan(300)
    }
  })
})

const described = (granted: unknown): string =>
  typeof granted === 'string'
    ? granted
    : `a resource${/([:/]|\/(incoming|anchors)\/)?\*/.exec(JSON.stringify(granted))?.[0] ?? ''}`

describe('permissions', () => {
  /** Whatever else has a wildcard fails the test, so that the reason is thought of when the wildcard is. */
  const reasons: readonly (readonly [grant: RegExp, why: string])[] = [
    [
      /^xray:(PutTelemetryRecords|PutTraceSegments|GetSamplingRules|GetSamplingTargets) on \*$/,
      'X-Ray has no resources',
    ],
    [/^logs:\w+(LogDelivery|LogDeliveries|LogGroups|ResourcePolicy|ResourcePolicies) on \*$/, 'vended logs have none'],
    [/^kms:(GenerateDataKey|ReEncrypt)\* on a resource$/, 'the variants of two actions, on one key'],
    [/^s3:GetObject on a resource\/incoming\/\*$/, 'the mails of one bucket, whose names SES chooses'],
    [/^s3:(Get|Put)Object on a resource\/anchors\/\*$/, 'the anchors of all cases, which come by and by'],
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
      'AWS::ApiGateway::Stage StageName', // unique within its API only
      'AWS::CloudWatch::Alarm MetricName', // unique within the namespace, which is the stack's
      'AWS::Events::EventBus Name', // must have one: made from the name of the stack
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

describe('the heads of the chains', () => {
  it('lie in a bucket of their own, where nobody can change or delete them for ten years', () => {
    const buckets = Object.entries(template.Resources).filter(([id]) => id.startsWith('AnchorsBucket'))
    const [, bucket] = one(buckets.filter(([, { Type }]) => Type === 'AWS::S3::Bucket'))
    expect(at(bucket, 'Properties')).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 3650, Mode: 'COMPLIANCE' } } },
      VersioningConfiguration: { Status: 'Enabled' },
    })
    expect(at(bucket, 'DeletionPolicy')).toBe('Retain')
  })
})

describe('events for HR systems', () => {
  const [busId, bus] = one(
    Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::Events::EventBus'),
  )

  it('go to a bus of their own, named after the stack, and in no policy but those of the functions', () => {
    expect(bus.Properties['Name']).toMatch(/^Zhuli/)
    expect(template.Outputs['EventBusName']).toEqual({ Value: { Ref: busId } })
    expect(of('AWS::Events::EventBusPolicy')).toEqual([])
  })

  it('are kept for a month, to be replayed', () => {
    expect(only('AWS::Events::Archive').Properties).toMatchObject({
      SourceArn: { 'Fn::GetAtt': [busId, 'Arn'] },
      EventPattern: { source: ['zhuli'] },
      RetentionDays: 30,
    })
  })
})

describe('outputs', () => {
  it('tell where the API, the table and the workflow are, and what the DNS needs for mail', () => {
    expect(Object.keys(template.Outputs)).toEqual(
      expect.arrayContaining([
        'ApiUrl',
        'TableName',
        'StateMachineArn',
        'EventBusName',
        'MailDnsRecord1',
        'MailDnsRecord3',
      ]),
    )
  })
})
