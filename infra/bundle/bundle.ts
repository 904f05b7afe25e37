import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as esbuild, type BuildOptions } from 'esbuild'
import type { FunctionName } from '../../shared/contracts/environment.ts'
import type { MailSettings } from '../config.ts'
import { substitution } from './substitution.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

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
    plugins: [substitution(root, name, transport)],
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
