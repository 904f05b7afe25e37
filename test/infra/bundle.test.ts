import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Metafile } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleFunction } from '../../infra/bundle/bundle.ts'
import { functionEnvironments, type FunctionName } from '../../shared/contracts/environment.ts'

/** KiB that a function may have, gzipped: some percent above what it has. More is a decision, not an accident. */
const budgets: Readonly<Record<FunctionName, number>> = {
  'open-stage': 215,
  'take-effect': 215,
  'report-undeliverable': 215,
  sweep: 275,
  api: 330,
  'receive-mail': 700,
}
const names = Object.keys(functionEnvironments) as readonly FunctionName[]

const root = mkdtempSync(join(tmpdir(), 'zhuli-bundles-'))
const metafiles = new Map<FunctionName, Metafile>()
const folderOf = (name: string) => join(root, name)
const modulesIn = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
const sourcesOf = (metafile: Metafile | undefined) =>
  Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) => Object.keys(inputs))

beforeAll(async () => {
  for (const name of names) metafiles.set(name, await bundleFunction(name, 'ses', folderOf(name)))
})
afterAll(() => rmSync(root, { recursive: true }))

describe.each(names)('the bundle of %s', (name) => {
  it('stays within its budget', () => {
    const bytes = modulesIn(folderOf(name)).reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0)
    expect(bytes / 1024).toBeLessThan(budgets[name])
    expect(bytes / 1024).toBeGreaterThan(budgets[name] * 0.8)
  })

  it('has of zod’s languages the two that it speaks', () => {
    const languages = sourcesOf(metafiles.get(name)).filter((file) => /zod\/v4\/locales\/[\w-]+\.js$/.test(file))
    for (const file of languages) expect(file).toMatch(/\/(en|zh-CN)\.js$/)
  })

  it('imports none of Node’s modules as a module, except the one that makes the others’ require', () => {
    const imported = modulesIn(folderOf(name)).flatMap((text) => [...text.matchAll(/\bfrom\s*"((?:node:)?[a-z_/]+)"/g)])
    expect(imported.map(([, module]) => module)).toEqual([])
    const required = modulesIn(folderOf(name)).flatMap((text) => [...text.matchAll(/from'(node:[a-z_/]+)'/g)])
    expect(new Set(required.map(([, module]) => module))).toEqual(new Set(['node:module']))
  })

  it('leaves out the SDK’s other ways to credentials, and what only SMTP needs', () => {
    const sources = sourcesOf(metafiles.get(name)).join('\n')
    expect(sources).not.toMatch(/credential-provider-(ini|sso|imds|process|login)|nested-clients/)
    expect(sources).not.toMatch(/smtp-connection|client-secrets-manager/)
  })
})

it('a deployment that mails by SMTP has what it needs for it', async () => {
  const sources = sourcesOf(await bundleFunction('open-stage', 'smtp', folderOf('smtp'))).join('\n')
  expect(sources).toMatch(/smtp-connection/)
  expect(sources).toMatch(/client-secrets-manager/)
})

it('the files of the pages lie beside the module that reads them, and no others do', () => {
  const files = readdirSync(folderOf('api')).filter((file) => !/\.mjs(\.map)?$/.test(file))
  const served = readdirSync('functions/http/pages').filter((file) => /\.(js|css)$/.test(file))
  expect(files.toSorted()).toEqual(served.toSorted())
})
