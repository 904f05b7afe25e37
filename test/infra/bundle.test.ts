import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { simpleParser } from 'mailparser'
import { afterAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { rawMessage as composed } from '../../functions/adapters/mail-message.ts'
import { bundleFunction } from '../../infra/bundle/bundle.ts'
import { ServiceFunction } from '../../infra/constructs/function.ts'
import { ZhuliStack } from '../../infra/stack.ts'
import { Template, unbundledApp, unchecked } from '../../infra/synthesise.ts'
import { functionEnvironments, type FunctionName } from '../../shared/contracts/environment.ts'
import { sampleMail } from '../support/sample-mail.ts'
import { config, smtpConfig } from './template.ts'

/** KiB that a function may have, gzipped: some percent above what it has. More is a decision, not an accident. */
const budgets: Readonly<Record<FunctionName, number>> = {
  'open-stage': 157,
  'take-effect': 157,
  'report-undeliverable': 157,
  sweep: 166,
  'keep-anchors': 118,
  api: 240,
  'receive-mail': 628,
}
const names = Object.keys(functionEnvironments) as readonly FunctionName[]

const FunctionCode = z.object({ Code: z.object({ S3Key: z.string() }) })
const SourceMap = z.object({ sources: z.array(z.string()) })

const written: string[] = []
afterAll(() => {
  for (const directory of written) rmSync(directory, { recursive: true })
})

/** Synthesises the stack with its bundles. @returns the folder of what each function is deployed with */
const deployedWith = (settings: typeof config): ReadonlyMap<FunctionName, string> => {
  const app = unbundledApp({ 'aws:cdk:bundling-stacks': ['**'] }, unchecked)
  const stack = new ZhuliStack(app, 'Zhuli', settings)
  const functions = stack.node.findAll().filter((construct) => construct instanceof ServiceFunction)
  const assembly = app.synth()
  written.push(assembly.directory)
  const { Resources } = Template.parse(assembly.getStackArtifact(stack.artifactId).template)
  const keyOf = (logicalId: string) => FunctionCode.parse(Resources[logicalId]?.Properties).Code.S3Key
  return new Map(
    functions.map(({ fileName, logicalId }) => [
      fileName,
      join(assembly.directory, `asset.${keyOf(logicalId).replace('.zip', '')}`),
    ]),
  )
}

const folders = deployedWith(config)
const folderOf = (name: FunctionName): string => folders.get(name) ?? ''
const filesIn = (folder: string, suffix: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
const modulesIn = (folder: string) => filesIn(folder, '.mjs')
/** Loads, in a Node of its own, what a function loads only when it needs it. @throws Error where something can't be */
const loadLateParts = (folder: string): string => {
  const late = readdirSync(folder).filter((file) => /^chunk-.*\.mjs$/.test(file))
  const program = late.map((file) => `import ${JSON.stringify(pathToFileURL(join(folder, file)))}`).join('\n')
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
}
const sourcesOf = (folder: string) =>
  filesIn(folder, '.mjs.map').flatMap((map) => SourceMap.parse(JSON.parse(map)).sources)

describe.each(names)('the bundle of %s', (name) => {
  it('is of this function, and of no other', () => {
    const handlers = names.filter((other) => sourcesOf(folderOf(name)).includes(`../functions/${other}.ts`))
    expect(handlers).toEqual([name])
  })

  it('stays within its budget', () => {
    const bytes = modulesIn(folderOf(name)).reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0)
    expect(bytes / 1024).toBeLessThan(budgets[name])
    expect(bytes / 1024).toBeGreaterThan(budgets[name] * 0.8)
  })

  it('has of zod’s languages the two that it speaks', () => {
    const languages = sourcesOf(folderOf(name)).filter((file) => /zod\/v4\/locales\/[\w-]+\.js$/.test(file))
    for (const file of languages) expect(file).toMatch(/\/(en|zh-CN)\.js$/)
  })

  it('imports none of Node’s modules as a module, and requires none: a module has no `require`', () => {
    const text = modulesIn(folderOf(name)).join('\n')
    expect(text).not.toMatch(/\bfrom\s*["'](node:)?[a-z_/]+["']/)
    expect(text).not.toContain('Dynamic require of')
  })

  it('can load all that it loads late', () => {
    expect(loadLateParts(folderOf(name))).toBe('')
  })

  it('leaves Node’s web client alone, which its classes bring as a whole', () => {
    expect(modulesIn(folderOf(name)).join('\n')).not.toMatch(
      /\bnew (Request|Response|Headers|FormData)\b|[^.\w]fetch\(|globalThis\.fetch/,
    )
  })

  it('leaves out the SDK’s other ways to credentials, and what only SMTP needs', () => {
    const sources = sourcesOf(folderOf(name)).join('\n')
    expect(sources).not.toMatch(/credential-provider-(ini|sso|imds|process|login)|nested-clients/)
    expect(sources).not.toMatch(/smtp-connection|client-secrets-manager/)
  })

  it('knows of the SDK’s errors those that the code asks for', () => {
    const kept = modulesIn(folderOf(name)).join('\n')
    expect(kept).toContain('TransactionCanceledException')
    expect(kept).not.toMatch(/ImportConflictException|CloudHsmClusterInUseException/)
  })
})

it('a mail is composed as ever, though nothing is left in the bundle that it does not take', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  written.push(folder)
  const composer = 'adapters/mail-message'
  await bundleFunction(composer as FunctionName, 'ses', folder)
  const { rawMessage } = (await import(join(folder, 'index.mjs'))) as { readonly rawMessage: typeof composed }
  const words = {
    subject: '【请审批】私人银行客户经理助理上岗申请',
    text: '请您就下列事项作出决定',
    html: '<p>请您就下列事项作出决定</p>',
  }
  const mail = {
    ...sampleMail(words),
    to: { name: '王芳, 分行 <甲>', address: 'wang@bank.test' },
    replyTo: 'approval+00000001001.secret@reply.bank.test',
    inReplyTo: '<1@bank.test>',
    isReply: true,
  }
  const arrived = await simpleParser(await rawMessage(mail, { name: '示例银行', address: 'no-reply@bank.test' }))
  expect(arrived).toMatchObject({
    to: { value: [mail.to] },
    from: { value: [{ name: '示例银行', address: 'no-reply@bank.test' }] },
    replyTo: { value: [{ address: mail.replyTo }] },
    subject: mail.subject,
    text: mail.text,
  })
})

it('the words for every refusal are with who answers calls, or takes mails', () => {
  const explaining = names.filter((name) => sourcesOf(folderOf(name)).some((file) => file.endsWith('/refusals.ts')))
  expect(explaining.toSorted()).toEqual(['api', 'receive-mail'])
})

it('only who takes mails, and the sweep, can answer them', () => {
  const answering = names.filter((name) =>
    sourcesOf(folderOf(name)).some((file) => file.endsWith('/compose-answer.ts')),
  )
  expect(answering.toSorted()).toEqual(['receive-mail', 'sweep'])
})

it('a deployment that mails by SMTP has what it needs for it', () => {
  const folder = deployedWith(smtpConfig).get('open-stage') ?? ''
  const sources = sourcesOf(folder).join('\n')
  expect(sources).toMatch(/smtp-connection/)
  expect(sources).toMatch(/client-secrets-manager/)
  expect(modulesIn(folder).join('\n')).not.toContain('Dynamic require of')
  expect(loadLateParts(folder)).toBe('')
})

it('the files of the pages lie beside the module that reads them, and no others do', () => {
  const files = readdirSync(folderOf('api')).filter((file) => !/\.mjs(\.map)?$/.test(file))
  const served = readdirSync('functions/http/pages').filter((file) => /\.(js|css)$/.test(file))
  expect(files.toSorted()).toEqual(served.toSorted())
})
