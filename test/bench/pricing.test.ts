import { expect, test } from 'vitest'
import { ownMetrics } from '../../bench/pricing.ts'
import { sweepUnits } from '../../shared/contracts/metrics.ts'
import { synthesised } from '../infra/template.ts'

test('the bill has every metric of our own once: those of the sweep and those counted in logs', () => {
  const names = ownMetrics(synthesised().template)
  expect(names.toSorted()).toEqual([...Object.keys(sweepUnits), 'CallsHeldBack', 'Errors'].toSorted())
})
