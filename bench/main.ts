import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { measureBurst } from './burst/burst.ts'
import { measureCase } from './case.ts'
import { measureColdStart } from './cold-start.ts'
import { measureGrowth } from './growth.ts'
import { report } from './report.ts'
import { soak } from './soak/soak.ts'
import { measureThroughput } from './throughput/throughput.ts'

// Measures what docs and issues claim, and writes it down: npm run bench, or some of it: npm run bench -- coldStart

const measures: Readonly<Record<string, () => Promise<unknown>>> = {
  coldStart: measureColdStart,
  case: measureCase,
  growth: measureGrowth,
  burst: measureBurst,
  throughput: measureThroughput,
  soak: () => soak(500, () => undefined),
}

const file = new URL('results.json', import.meta.url)

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(measures)
const unknown = chosen.filter((name) => !Object.hasOwn(measures, name))
if (unknown.length > 0) {
  process.stderr.write(`There is no measure ${unknown.join(', ')}; there are ${Object.keys(measures).join(', ')}.\n`)
  process.exit(2)
}

const results = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Record<string, unknown>
for (const name of chosen) results[name] = await measures[name]?.()
const [processor] = cpus()
results['machine'] = {
  processor: processor?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
}
writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
writeFileSync(new URL('RESULTS.md', import.meta.url), report(results))
