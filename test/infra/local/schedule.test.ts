import { expect, it, onTestFinished, vi } from 'vitest'
import { schedule } from '../../../infra/local/schedule.ts'

const minutes = (count: number): number => count * 60 * 1000

const run = (expression: string, work: () => Promise<void>) => {
  vi.useFakeTimers({ now: Date.parse('2026-03-02T00:00:00.500Z') })
  onTestFinished(() => void vi.useRealTimers())
  const failures: unknown[] = []
  const stop = schedule(expression, work, (error) => void failures.push(error))
  onTestFinished(stop)
  return { failures, stop }
}

it('runs at the rate of the stack, until it is stopped', async () => {
  const work = vi.fn<() => Promise<void>>(async () => undefined)
  const { stop } = run('rate(5 minutes)', work)
  await vi.advanceTimersByTimeAsync(minutes(16))
  expect(work).toHaveBeenCalledTimes(4)
  stop()
  await vi.advanceTimersByTimeAsync(minutes(16))
  expect(work).toHaveBeenCalledTimes(4)
})

it('goes on after a run that failed, and after one that took too long', async () => {
  const work = vi
    .fn<() => Promise<void>>(async () => undefined)
    .mockRejectedValueOnce(new Error('failed'))
    .mockImplementationOnce(() => new Promise((resolve) => void setTimeout(resolve, minutes(12))))
  const { failures } = run('rate(5 minutes)', work)
  await vi.advanceTimersByTimeAsync(minutes(16))
  expect(work).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(minutes(6))
  expect(work).toHaveBeenCalledTimes(3)
  expect(failures).toEqual([new Error('failed')])
})

it.each(['rate(5 weeks)', 'cron(0 8 * * ? *)', 'often'])('does not guess what %s means', (expression) => {
  expect(() => schedule(expression, async () => undefined, vi.fn<() => void>())).toThrow(expression)
})
