import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { report } from '../../bench/report.ts'

const file = new URL('../../bench/results.json', import.meta.url)
const results = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')))
const measures = ['coldStart', 'case', 'growth', 'burst', 'throughput', 'soak']

/** What is told, measure by measure. */
const partsOf = (figures: typeof results): readonly string[] =>
  report(figures)
    .split(/^(?=## )/m)
    .slice(1)

test('every measure is told', () => {
  expect(partsOf(results)).toHaveLength(measures.length)
})

test.each(measures)(
  'where the figures of %s lack what is told of them, it says what to run, and tells the rest',
  (name) => {
    const parts = partsOf(results).with(
      measures.indexOf(name),
      expect.stringContaining(`run \`npm run bench -- ${name}\` again`),
    )
    expect(partsOf({ ...results, [name]: { another: {} } })).toEqual(parts)
  },
)

test.each([
  ['coldStart', 'rssBytes'],
  ['case', 'macs'],
  ['growth', 'listMs'],
  ['burst', 'afterMails'],
  ['throughput', 'p99Ms'],
  ['soak', 'alive'],
])('where the figures of %s lack %s alone, it tells none of them', (measure, figure) => {
  const lacking: unknown = JSON.parse(
    JSON.stringify(results[measure], (name, value: unknown) => (name === figure ? undefined : value)),
  )
  expect(partsOf({ ...results, [measure]: lacking })[measures.indexOf(measure)]).toContain('Measured before')
})

test('what was never measured is left out', () => {
  const { machine, growth } = results
  expect(partsOf({ machine, growth })).toEqual([expect.stringMatching(/^## Growth\n[^]+ assistants/)])
})
