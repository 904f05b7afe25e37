import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SynthesisedParts } from '../../infra/synthesise.ts'

const root = new URL('../../', import.meta.url).pathname
const cache = join(root, 'node_modules/.cache/zhuli')

/** What the synthesised template depends on. */
const sources = ['infra', 'shared']
const settings = ['cdk.json', 'package-lock.json']

const sourceFiles = (): readonly string[] => [
  ...settings,
  ...sources.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('local/'))
      .toSorted()
      .map((file) => `${folder}/${file}`),
  ),
]

const fingerprint = (): string => {
  const hash = createHash('sha256')
  for (const file of sourceFiles())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

/**
 * The table and the workflow as the stack synthesises them. Loading the CDK takes longer than most tests, so what it
 * gave is kept under the fingerprint of its sources: a change of any of them synthesises anew.
 */
export const keptParts = async (): Promise<SynthesisedParts> => {
  const kept = join(cache, `parts-${fingerprint()}.json`)
  try {
    return JSON.parse(readFileSync(kept, 'utf8')) as SynthesisedParts
  } catch {
    const { synthesisedParts } = await import('../../infra/synthesise.ts')
    const parts = synthesisedParts()
    mkdirSync(cache, { recursive: true })
    // Renamed into place: another worker may read it at this very moment.
    writeFileSync(`${kept}.${process.pid}`, JSON.stringify(parts))
    renameSync(`${kept}.${process.pid}`, kept)
    const outdated = readdirSync(cache).filter((file) => file.endsWith('.json') && join(cache, file) !== kept)
    for (const file of outdated) rmSync(join(cache, file), { force: true })
    return parts
  }
}
