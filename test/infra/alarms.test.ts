import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sweepDimensions, sweepUnits } from '../../shared/contracts/metrics.ts'
import { tableIndexes } from '../../shared/contracts/table.ts'
import { at, config, one, type Resource, smtpConfig, synthesised, target } from './template.ts'

const { functions, of, resource, stack, template } = synthesised()
const alarms = of('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties)
const described = (words: string): Resource['Properties'] =>
  one(alarms.filter(({ AlarmDescription }) => String(AlarmDescription).includes(words)))
const runbook = readFileSync('docs/runbook.md', 'utf8')

const metricFilters = (name: string): readonly Resource['Properties'][] =>
  of('AWS::Logs::MetricFilter')
    .map(({ Properties }) => Properties)
    .filter(({ MetricTransformations }) => at(MetricTransformations, 0, 'MetricName') === name)

it('every function’s errors are counted, in one metric of the stack’s own', () => {
  const filters = metricFilters('Errors')
  const groups = functions.map(({ logicalId }) =>
    target(at(resource(logicalId).Properties, 'LoggingConfig', 'LogGroup')),
  )
  expect(new Set(filters.map(({ LogGroupName }) => target(LogGroupName)))).toEqual(new Set(groups))
  expect(filters).toHaveLength(functions.length)
  for (const filter of filters)
    expect(filter).toMatchObject({
      FilterPattern: '{ $.level = "ERROR" }',
      MetricTransformations: [{ MetricNamespace: { Ref: 'AWS::StackName' }, MetricName: 'Errors', MetricValue: '1' }],
    })
})

it('calls that API Gateway held back are counted from its log, and none that the function answered', () => {
  const filter = one(metricFilters('CallsHeldBack'))
  const { AccessLogSetting } = one(of('AWS::ApiGateway::Stage')).Properties as { AccessLogSetting: object }
  expect(JSON.stringify(at(AccessLogSetting, 'DestinationArn'))).toContain(target(filter['LogGroupName']))
  const [, status, latency] =
    /^\{ \(\$\.(\w+) = "429"\) && \(\$\.(\w+) = "-"\) \}$/.exec(String(filter['FilterPattern'])) ?? []
  expect(JSON.parse(String(at(AccessLogSetting, 'Format')))).toMatchObject({
    [String(status)]: '$context.status',
    [String(latency)]: '$context.integrationLatency',
  })
})

/** Of the table, and of each of its indexes. */
const tables = ['ReadThrottleEvents', 'WriteThrottleEvents']

describe('an alarm', () => {
  it.each([
    ['logged an error', 'Errors', 'Sum', 1, 'GreaterThanOrEqualToThreshold', 1],
    ['made 15 minutes ago', 'OldestDecisionAge', 'Maximum', 900, 'GreaterThanOrEqualToThreshold', 13],
    ['owed for an hour', 'OldestDutyAge', 'Maximum', 3600, 'GreaterThanOrEqualToThreshold', 13],
    ['No sweep', 'DutiesDone', 'SampleCount', 0, 'LessThanOrEqualToThreshold', 3],
    ['calendar ends', 'CalendarDaysLeft', 'Minimum', 60, 'LessThanOrEqualToThreshold', 1],
  ])(
    'says that %s, by the figure %s',
    (words, MetricName, Statistic, Threshold, ComparisonOperator, EvaluationPeriods) => {
      expect(described(words)).toMatchObject({
        Namespace: { Ref: 'AWS::StackName' },
        MetricName,
        Statistic,
        Threshold,
        ComparisonOperator,
        EvaluationPeriods,
        Period: 300,
      })
      // A metric with other dimensions is another metric, on which nothing is ever counted.
      const dimensions = Object.entries(sweepDimensions).map(([Name, Value]) => ({ Name, Value }))
      expect(described(words)['Dimensions']).toEqual(MetricName in sweepUnits ? dimensions : undefined)
    },
  )

  it('stays raised between two tries of what is owed', () => {
    for (const words of ['made 15 minutes ago', 'owed for an hour'])
      expect(described(words)['DatapointsToAlarm']).toBe(1)
    expect(described('No sweep')['DatapointsToAlarm']).toBeUndefined()
  })

  it.each([
    ['An execution failed', ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted']],
    ['could not be handed', Array.from({ length: 4 }, () => 'ApproximateNumberOfMessagesVisible')],
    ['API Gateway held', [...functions.map(() => 'Throttles'), 'ExecutionThrottled', 'CallsHeldBack']],
    ['DynamoDB held', [...tables, ...tables, ...tables]],
  ])('says that %s, whichever it was', (words, names) => {
    const { Metrics, Threshold } = described(words)
    const metrics = (Metrics as readonly object[]).map((metric) => at(metric, 'MetricStat', 'Metric', 'MetricName'))
    expect(new Set(metrics.filter((name) => name !== undefined))).toEqual(new Set(names))
    expect(metrics.filter((name) => name !== undefined)).toHaveLength(names.length)
    // CloudWatch takes no more in one alarm.
    expect(metrics.length).toBeLessThanOrEqual(11)
    expect(Threshold).toBe(1)
  })

  it('sees the indexes of the table, which are held back by themselves', () => {
    const dimensions = (described('DynamoDB held')['Metrics'] as readonly object[])
      .map((metric) => at(metric, 'MetricStat', 'Metric', 'Dimensions'))
      .filter((each) => each !== undefined)
    const indexes = dimensions.map(
      (each) => Object(each).find((pair: object) => at(pair, 'Name') !== 'TableName')?.Value,
    )
    const names = [undefined, ...Object.values(tableIndexes).map(({ name }) => name)]
    expect(indexes).toEqual(names.flatMap((name) => [name, name]))
    for (const each of dimensions) expect(JSON.stringify(each)).toContain('"Name":"TableName"')
  })

  it('says that calls were answered 5xx', () => {
    expect(described('5xx')).toMatchObject({ Namespace: 'AWS/ApiGateway', MetricName: '5XXError', Threshold: 1 })
  })

  it('says so of this stack’s API alone, though API Gateway counts by a name that others may have too', () => {
    const Name = { Ref: 'AWS::StackName' }
    expect(one(of('AWS::ApiGateway::RestApi')).Properties).toMatchObject({ Name })
    expect(described('5xx')['Dimensions']).toEqual([{ Name: 'ApiName', Value: Name }])
  })

  it('says that AWS may stop the mail before AWS does, where SES sends it', () => {
    expect(described('come back that')).toMatchObject({
      Namespace: 'AWS/SES',
      MetricName: 'Reputation.BounceRate',
      Threshold: 0.04,
    })
    expect(described('complained of')).toMatchObject({ MetricName: 'Reputation.ComplaintRate', Threshold: 0.0008 })
    const names = synthesised(smtpConfig)
      .of('AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties['MetricName'])
    expect(names.filter((name) => String(name).startsWith('Reputation'))).toEqual([])
  })

  it('is raised by silence of the sweep, and of nothing else', () => {
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching')
    expect(breaching).toEqual([described('No sweep')])
  })

  it('leads to a section of the runbook that is there', () => {
    const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    )
    for (const { AlarmDescription } of alarms) {
      const [, section] = /docs\/runbook\.md#([\w-]+)$/.exec(String(AlarmDescription)) ?? []
      expect(sections).toContain(section)
    }
  })

  it('goes to the topic that is named, or to none', () => {
    const alarmTopicArn = 'arn:aws-cn:sns:cn-north-1:123456789012:duty-officer'
    const told = synthesised({ ...config, alarmTopicArn }).of('AWS::CloudWatch::Alarm')
    expect(told.map(({ Properties }) => Properties['AlarmActions'])).toEqual(told.map(() => [alarmTopicArn]))
    expect(alarms.map(({ AlarmActions }) => AlarmActions)).toEqual(alarms.map(() => undefined))
  })
})

it('the dashboard shows every alarm', () => {
  const [{ Properties }] = of('AWS::CloudWatch::Dashboard') as [Resource]
  const body = JSON.stringify(Properties['DashboardBody'])
  for (const alarm of stack.alarms.all) expect(body).toContain(stack.getLogicalId(alarm.node.defaultChild as never))
  expect(template.Outputs).toHaveProperty('DashboardName')
})

describe('the firewall', () => {
  const { Rules } = one(of('AWS::WAFv2::WebACL')).Properties

  it('stands before the stage of the API', () => {
    const { ResourceArn, WebACLArn } = one(of('AWS::WAFv2::WebACLAssociation')).Properties
    expect(JSON.stringify(ResourceArn)).toContain(
      stack.getLogicalId(stack.api.restApi.deploymentStage.node.defaultChild as never),
    )
    expect(resource(target(WebACLArn)).Type).toBe('AWS::WAFv2::WebACL')
  })

  it('blocks an address that calls too often, and earlier one that decides without a token', () => {
    expect(Rules).toMatchObject([
      { Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 300, AggregateKeyType: 'IP' } } },
      { Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP' } } },
    ])
  })

  it('counts under names that WAF takes: `All` and `Default_Action` are its own', () => {
    const names = (Rules as readonly object[]).map((rule) => String(at(rule, 'VisibilityConfig', 'MetricName')))
    expect(names.filter((name) => !/^(?!(All|Default_Action)$)[\w-]{1,128}$/.test(name))).toEqual([])
    expect(new Set(names).size).toBe(names.length)
  })

  it('tells when it keeps somebody out, by the name under which it counts', () => {
    const { Name, VisibilityConfig } = one(of('AWS::WAFv2::WebACL')).Properties
    expect([Name, at(VisibilityConfig, 'MetricName')]).toEqual([{ Ref: 'AWS::StackName' }, Name])
    expect(described('kept calls of an address out')).toMatchObject({
      Namespace: 'AWS/WAFV2',
      MetricName: 'BlockedRequests',
      Dimensions: expect.arrayContaining([
        { Name: 'WebACL', Value: Name },
        { Name: 'Region', Value: { Ref: 'AWS::Region' } },
        { Name: 'Rule', Value: 'ALL' },
      ]),
      Threshold: 1,
    })
  })

  it('keeps no samples of requests, which carry secrets', () => {
    expect(JSON.stringify(one(of('AWS::WAFv2::WebACL')).Properties)).not.toContain('"SampledRequestsEnabled":true')
  })
})
