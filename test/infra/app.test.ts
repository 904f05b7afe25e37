import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { functionEnvironments } from '../../shared/contracts/environment.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhuli-synth-'))
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

const { context } = z.object({ context: z.looseObject({}) }).parse(readJson('cdk.json'))

/** Runs the app as the command line of the CDK does. */
const run = (more: object = {}) =>
  spawnSync(process.execPath, ['infra/app.ts'], {
    env: { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...more }) },
    encoding: 'utf8',
  })

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.optional(z.unknown()) })),
})
const Function = z.object({
  Code: z.object({ S3Key: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('the app, as the command line runs it', () => {
  let synthesis: ReturnType<typeof run>
  beforeAll(() => {
    synthesis = run()
  })

  it('has no complaint', () => {
    expect(synthesis.stderr).not.toMatch(/error|warning/i)
    expect(synthesis.status).toBe(0)
  })

  it('bundles every function so that it starts', () => {
    const { Resources } = Template.parse(readJson(join(folder, 'Zhuli.template.json')))
    const bundled = Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => Function.parse(Properties))
    const started = bundled.map(({ Code, Environment }) => {
      const bundle = join(folder, `asset.${Code.S3Key.replace('.zip', '')}`, 'index.mjs')
      const variables = Object.entries(Environment.Variables).map(([name, value]) => [
        name,
        // What CloudFormation would put in place of a reference.
        typeof value === 'string' ? value : 'made-on-deployment',
      ])
      const { stdout, stderr } = spawnSync(
        process.execPath,
        [
          '--input-type=module',
          '--eval',
          `import { handler } from ${JSON.stringify(pathToFileURL(bundle))}; process.stdout.write(typeof handler)`,
        ],
        { env: { ...Object.fromEntries(variables), AWS_REGION: 'cn-north-1' }, encoding: 'utf8' },
      )
      return stdout + stderr
    })
    expect(started).toEqual(Object.keys(functionEnvironments).map(() => 'function'))
  })

  it('says in one sentence that a deployment does not exist', () => {
    const { status, stderr } = run({ deployment: 'beijing' })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^There is no deployment "beijing"\. .+\n$/)
  })
})
