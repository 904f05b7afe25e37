import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { System } from '../../functions/adapters/system.ts'
import { sweepDimensions, type SweepFigures, sweepUnits } from '../../shared/contracts/metrics.ts'
import { people } from '../support/bank.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, caseId, decide, file, register } from './support.ts'

const openBank = useEngines()

/** What each sweep measured. */
const watched = ({ functions: { sweep } }: TestBank, system: System) => {
  const measured: SweepFigures[] = []
  const run = sweep({ ...system, figures: { put: (figures) => void measured.push(figures) } })
  return async () => {
    await run({})
    return measured.at(-1)
  }
}

test('nothing due: nothing is left, and the calendar’s days are counted down', async () => {
  const bank = await openBank()
  const measure = watched(bank, bank.system)
  expect(await measure()).toEqual({
    DutiesDone: 0,
    DutiesLeft: 0,
    OldestDutyAge: 0,
    OldestDecisionAge: 0,
    // From Monday, 3 March 2025 to the end of 2026.
    CalendarDaysLeft: 668,
  })
  bank.clock.moveTo('2026-12-30T17:00:00.000Z')
  expect(await measure()).toMatchObject({ CalendarDaysLeft: 0 })
})

test('a mail that keeps being refused grows old, however often it is put off, and is counted off when it went', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await file(bank.system, 1)
  await bank.states.idle()
  bank.ses.pauseSending()
  await decide(bank.system, caseId(1), people.branch, 'reject', 'No room.')
  const measure = watched(bank, bank.system)
  bank.clock.pass(3)
  expect(await measure()).toMatchObject({ DutiesLeft: expect.any(Number), OldestDutyAge: 3 * 60, OldestDecisionAge: 0 })
  bank.clock.pass(60)
  expect(await measure()).toMatchObject({ OldestDutyAge: 63 * 60 })
  bank.ses.resumeSending()
  bank.clock.pass(60)
  const last = await measure()
  expect(last).toMatchObject({ DutiesLeft: 0, OldestDutyAge: 0 })
  expect(last?.DutiesDone).toBeGreaterThan(0)
})

test('a head that nobody keeps grows old too: whoever should may not even run', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await file(bank.system, 1)
  await bank.states.idle()
  // An hour and a half after midnight, and an hour after it was due.
  bank.clock.moveTo('2025-03-03T17:30:00.000Z')
  const measure = watched(bank, bank.system)
  expect(await measure()).toMatchObject({ DutiesLeft: 0, OldestDutyAge: 60 * 60 })
})

test('a decision of which the workflow shows no sign is counted from when it was made', async () => {
  const bank = await openBank()
  await register(bank.system.directory)
  await branchAsked(bank, 1)
  const out = () => Promise.reject(new Error('Step Functions is away.'))
  const system = { ...bank.system, workflow: { start: out, succeed: out, fail: out } }
  await decide(system, caseId(1), people.branch, 'approve')
  const measure = watched(bank, system)
  bank.clock.pass(16)
  expect(await measure()).toMatchObject({ OldestDecisionAge: 16 * 60, OldestDutyAge: 16 * 60 })
  const mended = watched(bank, bank.system)
  bank.clock.pass(16)
  await mended()
  await bank.states.idle()
  bank.clock.pass(16)
  expect(await mended()).toMatchObject({ OldestDecisionAge: 0 })
})

test('the figures are a line of the log that CloudWatch takes apart, in the namespace of the stack', () => {
  const figures = { DutiesDone: 3, DutiesLeft: 1, OldestDutyAge: 120, OldestDecisionAge: 0, CalendarDaysLeft: 38 }
  const program = `
    import { createFigures } from './functions/adapters/figures.ts'
    createFigures({ METRICS_NAMESPACE: 'Zhuli' }).put(${JSON.stringify(figures)})`
  const line = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
  const Metrics = Object.entries(sweepUnits).map(([Name, Unit]) => ({ Name, Unit }))
  expect(JSON.parse(line)).toMatchObject({
    ...figures,
    ...sweepDimensions,
    _aws: { CloudWatchMetrics: [{ Namespace: 'Zhuli', Metrics, Dimensions: [Object.keys(sweepDimensions)] }] },
  })
})
