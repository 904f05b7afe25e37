import { describe, expect, it } from 'vitest'
import { allowedIn, at, config, one, smtpConfig, synthesised, target } from './template.ts'

const { stack, template, of, only, resource, functions } = synthesised()
const functionNamed = (name: string) => one(functions.filter(({ fileName }) => fileName === name)).logicalId

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

describe('mail by SMTP', () => {
  const bySmtp = synthesised(smtpConfig)

  it('leaves SES alone, which the region may not have', () => {
    expect(bySmtp.all.map(({ Type }) => Type).filter((type) => type.startsWith('AWS::SES::'))).toEqual([])
    expect(bySmtp.of('AWS::Events::Rule')).toEqual([])
    expect(Object.keys(bySmtp.template.Outputs).filter((output) => output.startsWith('Mail'))).toEqual([])
  })

  it('needs neither login nor secret where the server asks for none', () => {
    const open = synthesised({ ...config, mail: { transport: 'smtp', host: 'relay.bank.test', port: 587 } })
    expect(JSON.stringify(open.template)).not.toMatch(/secretsmanager|SMTP_USER|SMTP_PASSWORD/)
  })
})
