import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allowedIn, at, config, one, smtpConfig, synthesised, target } from './template.ts'

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
  const schedule = only('AWS::Scheduler::Schedule').Properties
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
      'AWS::SES::ReceiptRule',
      'AWS::Scheduler::Schedule',
    ])
  })

  it('have a dead-letter queue, every one', () => {
    const called = new Set(invoked.map(({ FunctionName }) => target(FunctionName)))
    expect(called).toEqual(new Set(['sweep', 'receive-mail', 'report-undeliverable'].map(functionNamed)))
    const ends = [
      at(only('AWS::Events::Rule').Properties, 'Targets', 0, 'DeadLetterConfig', 'Arn'),
      at(schedule, 'Target', 'DeadLetterConfig', 'Arn'),
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

  it('sweep every five minutes, one sweep after the other', () => {
    expect(schedule['ScheduleExpression']).toBe('rate(5 minutes)')
    expect(resource(target(at(schedule, 'Target', 'Arn'))).Properties['Timeout']).toBeLessThan(300)
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
      'AWS::ApiGateway::RestApi Name', // a label, which others may have too
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

describe('mail', () => {
  const configurationSet = only('AWS::SES::ConfigurationSet').Properties

  it('leads nobody through another domain: click tracking is off, and so is that of opens', () => {
    const { EventDestination } = only('AWS::SES::ConfigurationSetEventDestination').Properties
    expect(at(EventDestination, 'MatchingEventTypes')).toEqual(['bounce', 'complaint', 'reject'])
    expect(configurationSet).not.toHaveProperty('TrackingOptions')
    expect(configurationSet).toMatchObject({ VdmOptions: { DashboardOptions: { EngagementMetrics: 'DISABLED' } } })
  })

  it("travels encrypted, from the sender's domain", () => {
    expect(configurationSet).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
    })
    const identities = of('AWS::SES::EmailIdentity').map(({ Properties }) => Properties['EmailIdentity'])
    expect(identities).toEqual(['post.bank.test', config.inboundDomain])
    expect(config.senderAddress).toBe('zhuli@post.bank.test')
  })
})

describe('mail that comes back', () => {
  const rule = only('AWS::Events::Rule').Properties
  const [configurationSetId] = one(
    Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::SES::ConfigurationSet'),
  )

  it('is told to the account’s own bus, the only one that SES writes to', () => {
    const destination = only('AWS::SES::ConfigurationSetEventDestination').Properties
    expect(destination['ConfigurationSetName']).toEqual({ Ref: configurationSetId })
    expect(destination['EventDestination']).toMatchObject({ Enabled: true })
    const bus = at(destination, 'EventDestination', 'EventBridgeDestination', 'EventBusArn')
    expect(JSON.stringify(bus)).toMatch(/:event-bus\/default"\]\]\}$/)
    expect([undefined, 'default']).toContain(rule['EventBusName'])
  })

  it('goes on to one function, if it is ours', () => {
    expect(rule).toMatchObject({
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.ses'],
        'detail-type': ['Email Bounced', 'Email Complaint Received', 'Email Rejected'],
        detail: { mail: { tags: { 'ses:configuration-set': [{ Ref: configurationSetId }] } } },
      },
      Targets: [
        {
          Arn: { 'Fn::GetAtt': [functionNamed('report-undeliverable'), 'Arn'] },
          RetryPolicy: { MaximumRetryAttempts: 2 },
        },
      ],
    })
    expect(at(rule, 'Targets')).toHaveLength(1)
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

describe('mail that arrives', () => {
  const rule = only('AWS::SES::ReceiptRule')
  const [bucketId] = one(
    Object.entries(template.Resources).filter(([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith('Inbox')),
  )
  const [ruleSetId] = one(
    Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::SES::ReceiptRuleSet'),
  )
  const ruleArn = {
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':ses:',
        { Ref: 'AWS::Region' },
        ':',
        { Ref: 'AWS::AccountId' },
        ':receipt-rule-set/',
        { Ref: ruleSetId },
        ':receipt-rule/replies',
      ],
    ],
  }

  it('is taken for the one domain, over TLS and scanned, stored and then read', () => {
    expect(rule.Properties).toMatchObject({
      RuleSetName: { Ref: ruleSetId },
      Rule: {
        Name: 'replies',
        Enabled: true,
        Recipients: [config.inboundDomain],
        ScanEnabled: true,
        TlsPolicy: 'Require',
        Actions: [
          { S3Action: { BucketName: { Ref: bucketId }, ObjectKeyPrefix: 'incoming/' } },
          {
            LambdaAction: {
              FunctionArn: { 'Fn::GetAtt': [functionNamed('receive-mail'), 'Arn'] },
              InvocationType: 'Event',
            },
          },
        ],
      },
    })
  })

  it('lies encrypted in a bucket of its own that nobody else can open, for 30 days', () => {
    expect(resource(bucketId)).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [expect.anything()] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }] },
      },
    })
    expect(resource(bucketId).Properties).not.toHaveProperty('VersioningConfiguration')
  })

  it('is put there by this very rule only, and read from there by one function only', () => {
    const { Properties } = one(
      of('AWS::S3::BucketPolicy').filter(({ Properties: { Bucket } }) => JSON.stringify(Bucket).includes(bucketId)),
    )
    expect(at(Properties, 'PolicyDocument', 'Statement')).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      {
        Effect: 'Allow',
        Principal: { Service: 'ses.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucketId, 'Arn'] }, '/incoming/*']] },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' }, 'aws:SourceArn': ruleArn } },
      },
    ])
    const readers = functions.filter((service) =>
      allowedIn(service).some(({ Resource }) => JSON.stringify(Resource).includes(bucketId)),
    )
    expect(readers.map(({ fileName }) => fileName)).toEqual(['receive-mail'])
    const onBucket = allowedIn(stack).filter(({ Resource }) => JSON.stringify(Resource).includes(bucketId))
    expect(one(onBucket)).toMatchObject({
      Action: ['s3:GetObject'],
      Resource: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucketId, 'Arn'] }, '/incoming/*']] }],
    })
  })

  it('is read when this very rule calls, which waits until it may', () => {
    const [permissionId, permission] = one(
      Object.entries(template.Resources).filter(
        ([, { Type, Properties }]) =>
          Type === 'AWS::Lambda::Permission' && Properties['Principal'] === 'ses.amazonaws.com',
      ),
    )
    expect(permission.Properties).toMatchObject({
      FunctionName: { 'Fn::GetAtt': [functionNamed('receive-mail'), 'Arn'] },
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: ruleArn,
    })
    const [policyId] = one(
      Object.entries(template.Resources).filter(
        ([id, { Type }]) => Type === 'AWS::S3::BucketPolicy' && id.startsWith('Inbox'),
      ),
    )
    expect(rule['DependsOn']).toEqual(expect.arrayContaining([permissionId, policyId]))
  })

  it('is tried three times before it is given up', () => {
    const invocation = one(
      of('AWS::Lambda::EventInvokeConfig').filter(
        ({ Properties }) => target(Properties['FunctionName']) === functionNamed('receive-mail'),
      ),
    )
    expect(invocation.Properties['MaximumRetryAttempts']).toBe(2)
  })

  it('needs DNS records and a rule set that someone makes active, which the outputs tell', () => {
    const outputs = JSON.stringify(template.Outputs)
    expect(outputs).toContain(`${config.inboundDomain} MX 10 inbound-smtp.`)
    expect(template.Outputs['ReceiptRuleSet']).toEqual({ Value: { Ref: ruleSetId } })
  })

  it('is nobody’s where there is no domain for it', () => {
    const without = synthesised({ ...config, inboundDomain: undefined })
    expect(without.all.map(({ Type }) => Type).filter((type) => /Receipt/.test(type))).toEqual([])
    expect(Object.keys(without.template.Resources).filter((id) => id.startsWith('Inbox'))).toEqual([])
    expect(JSON.stringify(without.template)).not.toMatch(/INBOUND_DOMAIN/)
    expect(JSON.stringify(template)).toContain(`"INBOUND_DOMAIN":"${config.inboundDomain}"`)
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

describe('mail by SMTP', () => {
  const bySmtp = synthesised(smtpConfig)

  it('leaves SES alone, which the region may not have', () => {
    expect(bySmtp.all.map(({ Type }) => Type).filter((type) => type.startsWith('AWS::SES::'))).toEqual([])
    expect(bySmtp.of('AWS::Events::Rule')).toEqual([])
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
