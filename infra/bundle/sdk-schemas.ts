import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The source of all that works with the SDK. */
const readAdapters = (root: string): string => {
  const folder = `${root}functions/adapters`
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
}

/** esbuild takes an object with a computed key for one that may do something, and keeps it with all that it names. */
const withPlainKeys = (schemas: string): string => {
  const names = new Map([...schemas.matchAll(/^const (_\w+) = (".*");$/gm)].map(([, key, name]) => [key, name]))
  return schemas.replaceAll(/\[(_\w+)\]:/g, (computed, key: string) =>
    names.has(key) ? `${names.get(key)}:` : computed,
  )
}

/** The classes of a client's errors that the SDK tries again because they say so themselves. */
const retryable = (errors: string): readonly string[] =>
  errors
    .split(/^export class /m)
    .filter((text) => text.includes('$retryable'))
    .map((text) => /^\w+/.exec(text)?.[0] ?? '')

/**
 * A client's schemas, so that a bundler can leave out those of operations and errors that nobody asks for. An error
 * whose class is left out comes as the service's general one, with its own name.
 */
export const leanSchemas =
  (root: string) =>
  (path: string): string => {
    const adapters = readAdapters(root)
    const again = retryable(readFileSync(join(path, '../../models/errors.js'), 'utf8'))
    const isAskedFor = (error: string) => again.includes(error) || new RegExp(`\\b${error}\\b`).test(adapters)
    return withPlainKeys(readFileSync(path, 'utf8')).replaceAll(
      /^n\d+_registry\.registerError\(\w+\$, (\w+)\);$/gm,
      (registration, error: string) => (isAskedFor(error) ? registration : ''),
    )
  }
