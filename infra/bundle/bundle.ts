import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as esbuild, type BuildOptions, type Plugin } from 'esbuild'
import type { FunctionName } from '../../shared/contracts/environment.ts'
import type { MailSettings } from '../config.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Packages in CommonJS call `require` for Node's own modules, and a module has none unless it makes one. */
const requireInModule =
  "import{createRequire as zhuliRequire}from'node:module';const require=zhuliRequire(import.meta.url);"

/** What is put in the place of modules that cost a cold start more than they give, and why: see docs/adr/0013. */
const substitutes: readonly (readonly [RegExp, string])[] = [
  [/^@aws-sdk\/credential-provider-node$/, 'credentials.ts'],
  [/^\.\.\/locales\/index\.js$/, 'locales.ts'],
  [/^\.\/mime-types\.js$/, 'absent.ts'],
]

/** What a deployment has no use for by its way of mail. */
const unused: Readonly<Record<MailSettings['transport'], readonly (readonly [RegExp, string])[]>> = {
  ses: [[/^\.\/smtp-mailer\.ts$/, 'absent.ts']],
  smtp: [],
}

/**
 * To import one of Node's own modules as a module reads every one of its exports, and with them much of Node that is
 * loaded only where it is used. Taken as a built-in, and only when something of it is used, it costs next to nothing.
 */
const lateBuiltin = (name: string): string => {
  const exported = Object.keys(createRequire(import.meta.url)(name) as object)
  const getters = exported.map((key) => `get ${JSON.stringify(key)}(){return of().${key}}`)
  return `let it;const of=()=>it??=process.getBuiltinModule(${JSON.stringify(name)});module.exports={${getters.join()}}`
}

const substitution = (transport: MailSettings['transport']): Plugin => ({
  name: 'substitution',
  setup: (build) => {
    for (const [filter, file] of [...substitutes, ...unused[transport]])
      build.onResolve({ filter }, () => ({ path: here(file) }))
    build.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path }) =>
      isBuiltin(path) ? { path: path.startsWith('node:') ? path : `node:${path}`, namespace: 'builtin' } : undefined,
    )
    build.onLoad({ filter: /^node:/, namespace: 'builtin' }, ({ path }) => ({
      contents: lateBuiltin(path),
      loader: 'js',
    }))
  },
})

/** How any function is bundled: the SDK in the pinned version that was tested, and a module that starts fast. */
const bundleOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  // What is imported only when it is needed lies beside, and is not read before.
  splitting: true,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunk-[hash]',
  // The map lies in the package to read a stack trace by; its sources are in version control.
  sourcemap: true,
  sourcesContent: false,
  banner: { js: requireInModule },
  // The SDK's parser of browsers' names, which is asked for in browsers alone.
  external: ['bowser'],
  logLevel: 'warning',
} as const satisfies BuildOptions

/** The files of pages lie beside the module that reads them, as in the source. */
const copyPages = (folder: string): void =>
  cpSync(`${root}functions/http/pages`, folder, {
    recursive: true,
    filter: (path) => ['', '.css', '.js'].includes(extname(path)),
  })

/** Bundles a function for a way of mail into a folder, whose `index.mjs` has its `handler`. */
export const bundleFunction = async (
  name: FunctionName,
  transport: MailSettings['transport'],
  folder: string,
): Promise<void> => {
  const { outputFiles } = await esbuild({
    ...bundleOptions,
    plugins: [substitution(transport)],
    absWorkingDir: root,
    entryPoints: [{ in: `functions/${name}.ts`, out: 'index' }],
    // Where it seems to lie is in its map and so in its hash, which is not to change from one machine to another.
    outdir: `${root}dist`,
    write: false,
  })
  mkdirSync(folder, { recursive: true })
  for (const { path, contents } of outputFiles) writeFileSync(join(folder, basename(path)), contents)
  if (name === 'api') copyPages(folder)
}
