import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ZhuliStack } from '../../infra/stack.ts'
import { Template, unbundledApp, unchecked } from '../../infra/synthesise.ts'
import { at, config, synthesised } from './template.ts'

const runbook = readFileSync('docs/runbook.md', 'utf8')

/** The heading as others link it. */
const anchorOf = (title: string): string => title.toLowerCase().replaceAll(' ', '-')

test('what it links within itself is there', () => {
  const anchors = [...runbook.matchAll(/^##+ (.+)$/gm)].map(([, title = '']) => anchorOf(title))
  const links = [...runbook.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor = '']) => anchor)
  expect(links.length).toBeGreaterThan(3)
  expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([])
})

test('every operation that it names is one', () => {
  const { stderr } = spawnSync(process.execPath, ['infra/operate/ops.ts'], { encoding: 'utf8' })
  const operations = [...stderr.matchAll(/npm run ops -- ([\w-]+)/g)].map(([, name]) => name)
  const named = [...runbook.matchAll(/npm run ops -- ([\w-]+)/g)].map(([, name]) => name)
  expect(new Set(named)).toEqual(new Set(operations))
})

test('a restored table is given all that a restore leaves out, as the template has it', () => {
  const [, settings = ''] = /<!-- settings -->\s+```bash\n([^`]+)```/.exec(runbook) ?? []
  const { Properties } = synthesised().only('AWS::DynamoDB::Table')
  const attribute = String(at(Properties, 'TimeToLiveSpecification', 'AttributeName'))
  expect(settings).toContain(`Enabled=true,AttributeName=${attribute}`)
  expect(at(Properties, 'PointInTimeRecoverySpecification')).toEqual({ PointInTimeRecoveryEnabled: true })
  expect(settings).toContain('PointInTimeRecoveryEnabled=true')
  expect(at(Properties, 'DeletionProtectionEnabled')).toBe(true)
  expect(settings).toContain('--deletion-protection-enabled')
  // Beyond these a table has its keys, indexes, billing and encryption, which a restore brings along.
  expect(Object.keys(Properties).toSorted()).toEqual([
    'AttributeDefinitions',
    'BillingMode',
    'DeletionProtectionEnabled',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'PointInTimeRecoverySpecification',
    'SSESpecification',
    'TimeToLiveSpecification',
  ])
})

test('the table under another id is the only resource to import, and the first stays when it leaves the stack', () => {
  expect(runbook).toContain("(`'Table'` → `'Restored'`)")
  expect(readFileSync('infra/constructs/record.ts', 'utf8')).toContain("new dynamodb.Table(this, 'Table', {")
  const app = unbundledApp({}, unchecked)
  const stack = new ZhuliStack(app, 'Zhuli', config)
  const table = stack.record.table.node.defaultChild as CfnTable
  const before = synthesised().template.Resources
  table.overrideLogicalId('RecordRestored')
  const after = Template.parse(app.synth().getStackArtifact(stack.artifactId).template).Resources
  expect(Object.keys(after).filter((id) => !(id in before))).toEqual(['RecordRestored'])
  const gone = Object.entries(before).filter(([id]) => !(id in after))
  expect(gone.map(([, { Type }]) => Type)).toEqual(['AWS::DynamoDB::Table'])
  for (const [, resource] of gone) expect(resource).toMatchObject({ DeletionPolicy: 'Retain' })
  const changed = Object.entries(after).filter(
    ([id, resource]) => id in before && JSON.stringify(resource) !== JSON.stringify(before[id]),
  )
  // As the runbook says. None of them is made anew by that.
  expect(new Set(changed.map(([, { Type }]) => Type))).toEqual(
    new Set(['AWS::CloudWatch::Alarm', 'AWS::IAM::Policy', 'AWS::Lambda::Function']),
  )
})

test('it says which actions an operator has to be allowed, all that the operations call', () => {
  const sources = readdirSync('infra/operate').map((file) => readFileSync(`infra/operate/${file}`, 'utf8'))
  const called = sources.flatMap((source) =>
    [...source.matchAll(/new (\w+)Command\(|paginate(\w+)\(/g)].map(([, command, pages]) => command ?? pages ?? ''),
  )
  expect(called).toContain('ListExecutions')
  const [, allowed = ''] = /^An operator is allowed([^#]+?)\n\n/m.exec(runbook) ?? []
  const lacking = called.filter((name) => !allowed.includes(`:${name === 'Invoke' ? 'InvokeFunction' : name}\``))
  expect(lacking).toEqual([])
})
