import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { report } from '../../bench/report.ts'

const file = new URL('../../bench/results.json', import.meta.url)
const results = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')))
const measures = Object.keys(results).filter((name) => name !== 'machine')

test('the figures on record are all in the report', () => {
  expect(report(results).match(/^## .+/gm)).toHaveLength(measures.length)
  expect(report(results)).not.toMatch(/run `npm run bench/)
})

test.each(measures)(
  'where the figures of %s lack what is told of them, it says what to run, and tells the rest',
  (name) => {
    const told = report({ ...results, [name]: { another: {} } })
    expect(told).toContain(`run \`npm run bench -- ${name}\` again`)
    expect(told.match(/run `npm run bench/g)).toHaveLength(1)
    expect(told.match(/^## .+/gm)).toHaveLength(measures.length)
  },
)

test('what was never measured is left out', () => {
  const { machine, growth } = results
  expect(report({ machine, growth }).match(/^## .+/gm)).toEqual(['## Growth'])
})
