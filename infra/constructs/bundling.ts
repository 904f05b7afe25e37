import { fileURLToPath } from 'node:url'
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs'
import type { FunctionName } from '../../shared/contracts/environment.ts'

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Packages in CommonJS call `require` for Node's own modules, and a module has none unless it makes one. */
const requireInModule =
  "import{createRequire as zhuliRequire}from'node:module';const require=zhuliRequire(import.meta.url);"

/** The browser files lie beside the module that reads them, as in the source. Copied by Node, since shells differ. */
const copyPages: nodejs.ICommandHooks = {
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (inputDir, outputDir) => [
    `"${process.execPath}" "${file('copy-pages.ts')}" "${inputDir}/functions/http/pages" "${outputDir}"`,
  ],
}

export function bundling(name: FunctionName): nodejs.BundlingOptions {
  return {
    format: nodejs.OutputFormat.ESM,
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    logLevel: nodejs.LogLevel.WARNING,
    // The map lies in the package to read a stack trace by; its sources are in version control.
    sourceMap: true,
    sourcesContent: false,
    banner: requireInModule,
    // The SDK is bundled: the pinned version that was tested, and a faster start than the runtime's copy.
    externalModules: [],
    esbuildArgs: {
      // Importing these two as modules costs some 20 ms of a cold start; fetched as built-ins they don't.
      '--alias:node:http': file('builtin-http.cjs'),
      '--alias:node:https': file('builtin-https.cjs'),
      '--alias:http': file('builtin-http.cjs'),
      '--alias:https': file('builtin-https.cjs'),
    },
    ...(name === 'api' && { commandHooks: copyPages }),
  }
}
