import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'
import type { FunctionName } from '../../shared/contracts/environment.ts'
import type { MailSettings } from '../config.ts'
import { leanSchemas } from './sdk-schemas.ts'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

type Substitutes = readonly (readonly [imported: RegExp, file: string])[]

/** What is put in the place of modules that cost a cold start more than they give, and why: see docs/adr/0013. */
const substitutes: Substitutes = [
  [/^@aws-sdk\/credential-provider-node$/, 'credentials.ts'],
  [/\/fromSharedConfigFiles$/, 'shared-config-files.ts'],
  [/\/getInstanceMetadataRegion$/, 'absent.ts'],
  [/^@aws-sdk\/endpoint-cache$/, 'absent.ts'],
  [/^@smithy\/core\/event-streams$/, 'absent.ts'],
  [/\/Sha256Js$/, 'absent.ts'],
  [/^\.\/mime-types\.js$/, 'absent.ts'],
]

/** What a deployment has no use for by its way of mail. */
const unused: Readonly<Record<MailSettings['transport'], Substitutes>> = {
  ses: [
    [/^\.\/smtp-mailer\.ts$/, 'absent.ts'],
    [/^\.\.\/fetch\/index\.js$/, 'absent.ts'],
    [/^\.\.\/addressparser\/index\.js$/, 'absent.ts'],
  ],
  smtp: [],
}

/** Whoever takes a mail owes it an answer, which the sweep sends where they could not; nobody else comes to one. */
const answersMails: ReadonlySet<FunctionName> = new Set(['receive-mail', 'sweep'])
const answers: Substitutes = [[/\/compose-answer\.ts$/, 'absent.ts']]

/**
 * To import one of Node's own modules as a module reads every one of its exports, and with them much of Node that is
 * loaded only where it is used. Taken as a built-in, and only when something of it is used, it costs next to nothing.
 */
const lateBuiltin = (name: string): string => `module.exports=require('./late-builtin.ts').lateBuiltin('${name}')`

/** A package in CommonJS may do with what it requires whatever it likes: it gets the module itself. */
const builtinAsIs = (name: string): string => `module.exports=process.getBuiltinModule('${name}')`

/** Of a client's package.json the SDK reads the version. */
const versionOf = (path: string): string => {
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }
  return JSON.stringify({ version })
}

/** Puts what costs less in the place of what a function of ours has no use for. */
export const substitution = (root: string, name: FunctionName, transport: MailSettings['transport']): Plugin => ({
  name: 'substitution',
  setup: (build) => {
    const leftOut = [...substitutes, ...unused[transport], ...(answersMails.has(name) ? [] : answers)]
    for (const [filter, file] of leftOut) build.onResolve({ filter }, () => ({ path: here(file) }))
    build.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, kind }) =>
      isBuiltin(path)
        ? { path: path.replace(/^(node:)?/, 'node:'), namespace: kind === 'require-call' ? 'required' : 'builtin' }
        : undefined,
    )
    build.onLoad({ filter: /^node:/, namespace: 'builtin' }, ({ path }) => ({
      contents: lateBuiltin(path),
      resolveDir: here('.'),
    }))
    build.onLoad({ filter: /^node:/, namespace: 'required' }, ({ path }) => ({ contents: builtinAsIs(path) }))
    const lean = leanSchemas(root)
    build.onLoad({ filter: /\/@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_0\.js$/ }, ({ path }) => ({
      contents: lean(path),
    }))
    build.onLoad({ filter: /\/@aws-sdk\/client-[\w-]+\/package\.json$/ }, ({ path }) => ({
      contents: versionOf(path),
      loader: 'json',
    }))
  },
})
