import { expect, test } from 'vitest'
import { StageSetback } from '../../functions/rejoin.ts'
import { noted } from '../../functions/task.ts'
import type { LogFacts } from '../../functions/adapters/log.ts'

const facts = { case: '7k3m9q2d', task: 'open-stage' }

const noting = async (work: () => Promise<void>) => {
  const lines: object[] = []
  const take = (level: string) => (message: string, given: LogFacts) => void lines.push({ level, message, ...given })
  const log = { info: take('INFO'), warn: take('WARN'), error: take('ERROR') }
  const outcome = await noted(log, facts, work).then(
    () => 'done',
    (error: unknown) => error,
  )
  return { outcome, lines }
}

test('a task is noted under its case, however it ends, and what it throws goes on', async () => {
  expect(await noting(async () => undefined)).toEqual({
    outcome: 'done',
    lines: [{ level: 'INFO', message: 'Did a task.', ...facts }],
  })
  const setback = new StageSetback('rejected')
  expect(await noting(() => Promise.reject(setback))).toEqual({
    outcome: setback,
    lines: [{ level: 'INFO', message: 'A task ended otherwise.', ...facts, outcome: 'Rejected' }],
  })
  const defect = new TypeError('wang@bank.test')
  expect(await noting(() => Promise.reject(defect))).toEqual({
    outcome: defect,
    lines: [{ level: 'WARN', message: 'A task failed.', ...facts, error: 'TypeError' }],
  })
})
