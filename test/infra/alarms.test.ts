import { expect, it } from 'vitest'
import { at, config, synthesised, target } from './template.ts'

const { functions, of, only, resource, template } = synthesised()
const alarm = only('AWS::CloudWatch::Alarm').Properties
const filters = of('AWS::Logs::MetricFilter').map(({ Properties }) => Properties)

it('every function’s errors are counted, in one metric of the stack’s own', () => {
  const groups = functions.map(({ logicalId }) =>
    target(at(resource(logicalId).Properties, 'LoggingConfig', 'LogGroup')),
  )
  expect(new Set(filters.map(({ LogGroupName }) => target(LogGroupName)))).toEqual(new Set(groups))
  expect(filters).toHaveLength(functions.length)
  for (const filter of filters)
    expect(filter).toMatchObject({
      FilterPattern: '{ $.level = "ERROR" }',
      MetricTransformations: [
        { MetricNamespace: { Ref: 'AWS::StackName' }, MetricName: alarm['MetricName'], MetricValue: '1' },
      ],
    })
})

it('one error raises the alarm, and silence does not', () => {
  expect(alarm).toMatchObject({
    Namespace: { Ref: 'AWS::StackName' },
    Statistic: 'Sum',
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  })
  expect(template.Outputs).toHaveProperty('ErrorAlarm')
})

it('the alarm goes to the topic that is named, or to none', () => {
  const alarmTopicArn = 'arn:aws-cn:sns:cn-north-1:123456789012:duty-officer'
  const told = synthesised({ ...config, alarmTopicArn }).only('AWS::CloudWatch::Alarm').Properties
  expect(told['AlarmActions']).toEqual([alarmTopicArn])
  expect(alarm['AlarmActions']).toBeUndefined()
})
