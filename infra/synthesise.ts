import { readFileSync, rmSync } from 'node:fs'
import { App, type AppProps } from 'aws-cdk-lib'
import * as z from 'zod'
import type { FunctionName } from '../shared/contracts/environment.ts'
import { selectConfig, type Config } from './config.ts'
import { deployments } from './config/deployments.ts'
import { ServiceFunction } from './constructs/function.ts'
import { ZhuliStack } from './stack.ts'

const Properties = z.record(z.string(), z.unknown())
export const Template = z.looseObject({
  Outputs: Properties,
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.prefault(Properties, {}) })),
})
export type Template = z.output<typeof Template>

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
const TableDefinition = z.object({
  KeySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(
    z.object({
      IndexName: z.string(),
      KeySchema,
      Projection: z.object({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY']) }),
    }),
  ),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }),
})

const Definition = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), z.looseObject({ Type: z.string() })),
})

/** What the embedded system takes from the stack, so that both run the same table and the same workflow. */
export interface SynthesisedParts {
  readonly table: z.output<typeof TableDefinition>
  /** Amazon States Language; its tasks name a function by its file (`open-stage`) where the stack has an ARN. */
  readonly definition: z.output<typeof Definition>
  /** As EventBridge Scheduler reads it, such as `rate(5 minutes)`. */
  readonly sweepSchedule: string
}

export interface Synthesised {
  readonly stack: ZhuliStack
  readonly template: Template
}

/** The template that `cdk synth` would give, except that nothing is bundled and no rules are checked. */
export function synthesise(config: Config): Synthesised {
  const app = unbundledApp({}, unchecked)
  const stack = new ZhuliStack(app, 'Zhuli', config)
  const assembly = app.synth()
  try {
    return { stack, template: Template.parse(assembly.getStackArtifact(stack.artifactId).template) }
  } finally {
    // The template is all that is wanted: every start would otherwise leave a folder behind.
    rmSync(assembly.directory, { recursive: true, force: true })
  }
}

/**
 * For who only wants the template: the library's own rules take seconds, and hundreds of MiB for as long as the process
 * lives. `cdk synth` goes by them.
 */
export const unchecked: AppProps = { builtinCloudFormationValidation: false }

export function unbundledApp(overrides: Readonly<Record<string, unknown>> = {}, props: AppProps = {}): App {
  const { context } = z
    .object({ context: Properties })
    .parse(JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')))
  return new App({
    ...props,
    context: { ...context, 'aws:cdk:bundling-stacks': [], ...overrides },
    analyticsReporting: false,
  })
}

export function synthesisedParts(): SynthesisedParts {
  const { stack, template } = synthesise(selectConfig(deployments, 'default'))
  const { DefinitionString } = propertiesOf(template, 'AWS::StepFunctions::StateMachine')
  return {
    table: TableDefinition.parse(propertiesOf(template, 'AWS::DynamoDB::Table')),
    definition: Definition.parse(JSON.parse(joined(DefinitionString, functionsOf(stack)))),
    sweepSchedule: sweepScheduleOf(template),
  }
}

/** Whatever is run by the clock is run at the same intervals: the embedded system runs one after the other. */
function sweepScheduleOf({ Resources }: Template): string {
  const schedules = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule')
  const [expression, ...others] = new Set(schedules.map((schedule) => schedule.Properties['ScheduleExpression']))
  if (others.length > 0) throw new Error('Expected one interval for all that the stack runs by the clock')
  return z.string().parse(expression)
}

function propertiesOf(template: Template, type: string): z.output<typeof Properties> {
  const [resource, ...more] = Object.values(template.Resources).filter(({ Type }) => Type === type)
  if (resource === undefined || more.length > 0) throw new Error(`Expected one ${type} in the stack`)
  return resource.Properties
}

function functionsOf(stack: ZhuliStack): ReadonlyMap<string, FunctionName> {
  const functions = stack.node.findAll().filter((construct) => construct instanceof ServiceFunction)
  return new Map(functions.map(({ logicalId, fileName }) => [logicalId, fileName]))
}

const Part = z.union([
  z.string(),
  z.strictObject({ Ref: z.literal('AWS::Partition') }),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
])

/** Puts names where CloudFormation would put the partition and the functions' ARNs. */
function joined(value: unknown, functions: ReadonlyMap<string, FunctionName>): string {
  const [, parts] = z.strictObject({ 'Fn::Join': z.tuple([z.literal(''), z.array(Part)]) }).parse(value)['Fn::Join']
  return parts
    .map((part) => {
      if (typeof part === 'string') return part
      if ('Ref' in part) return 'aws'
      const [logicalId] = part['Fn::GetAtt']
      const name = functions.get(logicalId)
      if (name === undefined) throw new Error(`The workflow names ${logicalId}, which is no function of the stack`)
      return name
    })
    .join('')
}
