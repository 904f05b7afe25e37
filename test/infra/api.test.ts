import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ProblemView } from '../../shared/contracts/resources.ts'
import { type CallProblem, callProblems, callProblemTexts } from '../../shared/text/problems.ts'
import { at, certificateArn, config, one, synthesised, target } from './template.ts'

const { template, of, only, resource, functions } = synthesised()
const stage = only('AWS::ApiGateway::Stage')

const Answer = z.object({
  ResponseType: z.string(),
  StatusCode: z.string(),
  ResponseParameters: z.record(z.string(), z.string()),
  ResponseTemplates: z.strictObject({ 'application/json': z.string() }),
})

describe('the API', () => {
  it('hands every path and method to one function', () => {
    const methods = of('AWS::ApiGateway::Method').map(({ Properties }) => Properties)
    expect(methods.map((method) => [method['HttpMethod'], at(method, 'Integration', 'Type')])).toEqual([
      ['ANY', 'AWS_PROXY'],
      ['ANY', 'AWS_PROXY'],
    ])
    expect(only('AWS::ApiGateway::Resource').Properties['PathPart']).toBe('{proxy+}')
    const api = one(functions.filter(({ fileName }) => fileName === 'api'))
    expect(methods.every((method) => JSON.stringify(method['Integration']).includes(api.logicalId))).toBe(true)
  })

  it('is throttled', () => {
    expect(stage.Properties).toMatchObject({
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 }],
    })
  })

  it('has its own address as long as a proxy answers for the domain', () => {
    expect(of('AWS::ApiGateway::DomainName')).toEqual([])
    expect(only('AWS::ApiGateway::RestApi').Properties['DisableExecuteApiEndpoint']).toBe(false)
  })

  it('answers for the domain alone once it has its certificate', () => {
    const served = synthesised({ ...config, certificateArn })
    expect(served.only('AWS::ApiGateway::DomainName').Properties).toMatchObject({
      DomainName: config.domain,
      RegionalCertificateArn: certificateArn,
      SecurityPolicy: 'TLS_1_2',
    })
    expect(served.only('AWS::ApiGateway::RestApi').Properties['DisableExecuteApiEndpoint']).toBe(true)
    expect(served.template.Outputs).toHaveProperty('DomainTarget')
    expect(served.template.Outputs['ApiUrl']).toEqual({ Value: `https://${config.domain}/` })
  })
})

describe('what API Gateway answers by itself', () => {
  const answers = of('AWS::ApiGateway::GatewayResponse').map(({ Properties }) => Answer.parse(Properties))
  const problemOf = ({ ResponseTemplates }: z.output<typeof Answer>) =>
    ProblemView.parse(JSON.parse(ResponseTemplates['application/json']))

  it('is a problem of the API, in both languages', () => {
    for (const answer of answers) {
      const problem = problemOf(answer)
      expect(answer.ResponseParameters['gatewayresponse.header.Content-Type']).toMatch(/^'application\/problem\+json\b/)
      expect(String(problem.status)).toBe(answer.StatusCode)
      expect(problem.type).toBe(`urn:zhuli:problem:${problem.code}`)
      expect(callProblems).toHaveProperty(problem.code)
      const { title } = callProblemTexts.en[problem.code as CallProblem]
      expect(problem.title).toBe(`${callProblemTexts['zh-CN'][problem.code as CallProblem].title} / ${title}`)
      expect(problem.detail).toMatch(/^\p{Script=Han}.+。 \/ [\w :]+\.$/u)
    }
  })

  it('keeps the status that says why, and has one for all the rest', () => {
    const statuses = answers.map(({ ResponseType, StatusCode }) => [ResponseType, StatusCode])
    expect(Object.fromEntries(statuses)).toEqual({
      THROTTLED: '429',
      WAF_FILTERED: '403',
      REQUEST_TOO_LARGE: '413',
      UNSUPPORTED_MEDIA_TYPE: '415',
      INTEGRATION_FAILURE: '504',
      INTEGRATION_TIMEOUT: '504',
      DEFAULT_4XX: '400',
      DEFAULT_5XX: '502',
    })
  })

  it('tells whoever calls too often so, and not that nothing is to be had', () => {
    const tooOften = answers.filter((answer) => problemOf(answer).code === 'too-many-calls')
    expect(tooOften.map(({ ResponseType }) => ResponseType).toSorted()).toEqual(['THROTTLED', 'WAF_FILTERED'])
  })

  it('has nothing in it that API Gateway would put something else for', () => {
    expect(JSON.stringify(answers)).not.toContain('$')
  })
})

describe('the trace', () => {
  it('has no address of a call, in which a secret may stand', () => {
    expect(stage.Properties['TracingEnabled']).toBe(false)
  })
})

describe('logs', () => {
  it('all have a retention, and are kept when the stack goes', () => {
    const groups = of('AWS::Logs::LogGroup')
    const kept = { DeletionPolicy: 'Retain', Properties: { RetentionInDays: config.logRetentionDays } }
    // Of each function, of the workflow, of access to the API and of its execution.
    expect(groups).toMatchObject(Array.from({ length: functions.length + 1 + 2 }, () => kept))
  })

  it('of the workflow tell of every step, but not of the data, in which there are task tokens', () => {
    expect(only('AWS::StepFunctions::StateMachine').Properties).toMatchObject({
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    })
  })

  it('of access name no query, header or body, nor the path, which may hold a secret', () => {
    const format = z.string().parse(at(stage.Properties, 'AccessLogSetting', 'Format'))
    const fields = z.record(z.string(), z.string()).parse(JSON.parse(format))
    expect(Object.values(fields).toSorted()).toEqual([
      '$context.httpMethod',
      '$context.identity.sourceIp',
      '$context.integrationLatency',
      '$context.requestId',
      '$context.requestTimeEpoch',
      '$context.resourcePath',
      '$context.responseLatency',
      '$context.status',
    ])
  })

  it('of execution tell of errors, without the data', () => {
    expect(stage.Properties).toMatchObject({
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'ERROR', DataTraceEnabled: false }],
    })
  })

  it('of the workflow stand under the prefix that fits into the account’s policy, by a name that never comes again', () => {
    const { LoggingConfiguration } = only('AWS::StepFunctions::StateMachine').Properties
    const arn = at(LoggingConfiguration, 'Destinations', 0, 'CloudWatchLogsLogGroup', 'LogGroupArn')
    expect(resource(target(arn)).Properties['LogGroupName']).toEqual({
      'Fn::Join': [
        '',
        [
          '/aws/vendedlogs/states/',
          { Ref: 'AWS::StackName' },
          '-',
          { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
        ],
      ],
    })
  })

  it('of execution are the group that API Gateway looks for, made before the stage', () => {
    const [group, { Properties }] = one(
      Object.entries(template.Resources).filter(
        ([, { Type, Properties: each }]) =>
          Type === 'AWS::Logs::LogGroup' && JSON.stringify(each['LogGroupName'])?.includes('API-Gateway'),
      ),
    )
    expect(Properties['LogGroupName']).toEqual({
      'Fn::Join': [
        '',
        [
          'API-Gateway-Execution-Logs_',
          { Ref: target(stage.Properties['RestApiId']) },
          `/${z.string().parse(stage.Properties['StageName'])}`,
        ],
      ],
    })
    expect(stage['DependsOn']).toContain(group)
  })
})
