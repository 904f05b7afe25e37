import { expect, test } from 'vitest'
import { errorName, jsonLog } from '../../../functions/adapters/log.ts'

/** A line without what the library says of every one. */
const readLine = (line: string): unknown => {
  const { timestamp: _, service: __, sampling_rate: ___, ...said } = JSON.parse(line) as Record<string, unknown>
  return said
}

test('each line is one JSON object with its level, as the alarm and whoever searches the log look for it', () => {
  const lines: string[] = []
  const log = jsonLog((line) => lines.push(line))
  log.info('Did.', { case: 'c1', duty: 'd1' })
  log.warn('Left.', { attempts: 2 })
  log.error('Gave\nup.', { duty: 'd1', known: null })
  expect(lines.map(readLine)).toEqual([
    { level: 'INFO', message: 'Did.', case: 'c1', duty: 'd1' },
    { level: 'WARN', message: 'Left.', attempts: 2 },
    { level: 'ERROR', message: 'Gave\nup.', duty: 'd1' },
  ])
  expect(lines.map((line) => line.split('\n').length)).toEqual([2, 2, 2])
})

test('an error is named without its message', () => {
  expect([errorName(new RangeError('wang@bank.test')), errorName('wang@bank.test')]).toEqual(['RangeError', 'string'])
})

test('the number of whoever is mailed about their absence is in no line', () => {
  const lines: string[] = []
  const log = jsonLog((line) => lines.push(line))
  log.warn('A duty failed.', { item: 'DUTY#absence-HR-100.x-c12', attempts: 1 })
  expect(lines.map(readLine)).toEqual([
    { level: 'WARN', message: 'A duty failed.', item: 'DUTY#absence-***-c12', attempts: 1 },
  ])
})
