import { spawnSync } from 'node:child_process'
import { StateMachine } from 'aws-local-stepfunctions'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { synthesisedParts } from '../../infra/synthesise.ts'
import { tableIndexes, tableKeys } from '../../shared/contracts/table.ts'
import { Beginning, OpenStageTask, TakeEffectTask, workflowErrors } from '../../shared/contracts/workflow.ts'

const Matcher = z.object({ ErrorEquals: z.array(z.string()) })
const State = z.object({
  Type: z.string(),
  Next: z.optional(z.string()),
  Resource: z.optional(z.string()),
  Parameters: z.optional(z.object({ FunctionName: z.string(), Payload: z.record(z.string(), z.string()) })),
  TimeoutSeconds: z.optional(z.int()),
  Retry: z.prefault(z.array(Matcher.extend({ MaxAttempts: z.int() })), []),
  Catch: z.prefault(z.array(Matcher.extend({ Next: z.string() })), []),
})
const Begin = z.object({
  Choices: z.array(z.object({ Variable: z.string(), StringEquals: z.string(), Next: z.string() })),
  Default: z.string(),
})

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:open-stage'
const { definition, table, sweepSchedule } = synthesisedParts()
const states = z.record(z.string(), State).parse(definition.States)
const begin = Begin.parse(definition.States['Begin'])
const stages = ['BranchApproval', 'HqApproval', 'CentreReview'] as const
const tasks = [...stages, 'TakeEffect'] as const

const beginningAt = (at: string) => begin.Choices.find(({ StringEquals }) => StringEquals === at)?.Next ?? begin.Default

/** What is wrong with a definition; empty where nothing is. */
function judged(workflow: object): string {
  const { status, stdout, stderr } = spawnSync(
    'node_modules/.bin/asl-validator',
    ['--json-definition', JSON.stringify(workflow).replaceAll(/"FunctionName":"[\w-]+"/g, `"FunctionName":"${arn}"`)],
    { encoding: 'utf8' },
  )
  return status === 0 ? '' : `${stdout}${stderr}`
}

/** The states that are entered when every stage ends well. */
function path(from: string): readonly string[] {
  const next = states[from]?.Next
  return next === undefined ? [from] : [from, ...path(next)]
}

const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
]

describe('the parts that the embedded system takes', () => {
  it('are the table, by the shared names of its keys and indexes', () => {
    expect(table.KeySchema).toEqual(keys(tableKeys.partition, tableKeys.sort))
    expect(table.GlobalSecondaryIndexes).toEqual(
      Object.values(tableIndexes).map(({ name, partition, sort }) => ({
        IndexName: name,
        KeySchema: keys(partition, sort),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    )
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: tableKeys.timeToLive, Enabled: true })
  })

  it('are a workflow that an engine for JSONPath accepts, with nothing left of CloudFormation', () => {
    expect(() => Reflect.construct(StateMachine, [definition])).not.toThrow()
    expect(JSON.stringify(definition)).not.toMatch(/Fn::|"Ref"|Token\[|JSONata|Assign/)
    expect(tasks.map((task) => states[task]?.Parameters?.FunctionName)).toEqual([
      'open-stage',
      'open-stage',
      'open-stage',
      'take-effect',
    ])
  })

  it('are a workflow that the language allows, in the judgement of asl-validator', () => {
    expect(judged(definition)).toBe('')
    const astray = {
      ...definition,
      States: { ...definition.States, Begin: { ...begin, Type: 'Choice', Default: 'X' } },
    }
    expect(judged(astray)).toContain('MISSING_TRANSITION_TARGET')
    expect(judged({ ...definition, Comment: { not: 'a text' } })).toContain('SCHEMA_VALIDATION_FAILED')
  })

  it('are the schedule of the sweep', () => {
    expect(sweepSchedule).toBe('rate(5 minutes)')
  })
})

describe('the workflow', () => {
  it('consists of states that an auditor can read', () => {
    expect(Object.keys(states).toSorted()).toEqual([
      'Begin',
      'BranchApproval',
      'CentreReview',
      'Disputed',
      'Exited',
      'Expired',
      'HandOver',
      'HqApproval',
      'Rejected',
      'ReturnedForAmendment',
      'Superseded',
      'TakeEffect',
      'TookEffect',
      'UnknownBeginning',
      'Withdrawn',
    ])
  })

  it('starts at the beginning that the input names, and fails without one', () => {
    expect(definition.StartAt).toBe('Begin')
    expect(begin.Choices.map(({ Variable }) => Variable)).toEqual(begin.Choices.map(() => '$.begin'))
    expect(begin.Choices.map(({ StringEquals }) => StringEquals).toSorted()).toEqual(
      Object.keys(Beginning.def.entries).toSorted(),
    )
    expect(states[begin.Default]?.Type).toBe('Fail')
  })

  it.each([
    ['branch', ['BranchApproval', 'HqApproval', 'TakeEffect', 'TookEffect']],
    ['hq', ['HqApproval', 'TakeEffect', 'TookEffect']],
    ['effect', ['TakeEffect', 'TookEffect']],
    ['centre-review', ['CentreReview', 'BranchApproval', 'HqApproval', 'TakeEffect', 'TookEffect']],
    ['hand-over', ['HandOver', 'Exited']],
  ] as const)('goes from %s all the way', (at, expected) => {
    expect(path(beginningAt(at))).toEqual(expected)
  })

  it('enters five states for an application that is approved twice', () => {
    expect([definition.StartAt, ...path(beginningAt('branch'))]).toHaveLength(5)
  })

  it.each(stages)('waits in %s for an answer, and hands over what opening a stage takes', (stage) => {
    expect(states[stage]?.Resource).toMatch(/:states:::lambda:invoke\.waitForTaskToken$/)
    const payload = states[stage]?.Parameters?.Payload ?? {}
    const names = Object.keys(payload).map((key) => key.replace('.$', ''))
    expect(names.toSorted()).toEqual(Object.keys(OpenStageTask.shape).toSorted())
    expect(payload).toMatchObject({ 'taskToken.$': '$$.Task.Token', 'round.$': '$.round' })
    expect(beginningAt(payload['begin'] ?? '')).toBe(stage)
  })

  it('hands over what taking effect takes', () => {
    expect(states['TakeEffect']?.Resource).toMatch(/:states:::lambda:invoke$/)
    expect(states['TakeEffect']?.Parameters?.Payload).toEqual(
      Object.fromEntries(Object.keys(TakeEffectTask.shape).map((key) => [`${key}.$`, `$.${key}`])),
    )
  })

  it('catches every shared error name, and no other', () => {
    const caught = Object.values(states).flatMap(({ Catch }) => Catch.flatMap(({ ErrorEquals }) => ErrorEquals))
    expect([...new Set(caught)].toSorted()).toEqual(Object.values(workflowErrors).toSorted())
  })

  const approval = {
    Rejected: 'Rejected',
    ReturnedForAmendment: 'ReturnedForAmendment',
    Withdrawn: 'Withdrawn',
    Expired: 'Expired',
    ExitedOtherwise: 'Exited',
    Superseded: 'Superseded',
    Disputed: 'Disputed',
  }
  it.each([
    ['BranchApproval', approval],
    ['HqApproval', approval],
    [
      'CentreReview',
      { BelowStandard: 'Exited', ExitedOtherwise: 'Exited', Superseded: 'Superseded', Disputed: 'Disputed' },
    ],
    ['TakeEffect', { ExitedOtherwise: 'Exited', Disputed: 'Disputed' }],
  ])('leads from %s to an end of its own for each outcome', (stage, ends) => {
    const caught = states[stage]?.Catch.flatMap(({ ErrorEquals, Next }) => ErrorEquals.map((error) => [error, Next]))
    expect(Object.fromEntries(caught ?? [])).toEqual(ends)
    expect(Object.values(ends).filter((end) => states[end]?.Type !== 'Succeed')).toEqual([])
  })

  it.each(tasks)('takes a decision in %s as final: a retry would come before its catch', (stage) => {
    expect(states[stage]?.Retry[0]).toEqual({ ErrorEquals: Object.values(workflowErrors), MaxAttempts: 0 })
  })

  it.each(tasks)('retries %s a bounded number of times', (task) => {
    const retries = states[task]?.Retry ?? []
    expect(retries.flatMap(({ ErrorEquals }) => ErrorEquals)).toEqual(
      expect.arrayContaining(['Lambda.TooManyRequestsException', 'States.TaskFailed']),
    )
    expect(Math.max(...retries.map(({ MaxAttempts }) => MaxAttempts))).toBeLessThanOrEqual(12)
  })

  it.each([
    ['BranchApproval', 180],
    ['HqApproval', 180],
    ['CentreReview', 300],
  ] as const)('gives up %s after %i days, as the last resort only', (stage, days) => {
    expect(states[stage]?.TimeoutSeconds).toBe(days * 24 * 60 * 60)
  })

  it('lasts no longer than Step Functions lets an execution last', () => {
    expect(definition['TimeoutSeconds']).toBeLessThan(365 * 24 * 60 * 60)
  })
})
