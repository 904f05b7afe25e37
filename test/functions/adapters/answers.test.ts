import { expect, test } from 'vitest'
import type { Answer } from '../../../functions/adapters/answers.ts'
import { monday } from '../../support/bank.ts'
import { shareBank, useEngines } from '../../support/engines.ts'

const bank = shareBank(useEngines())

const answer: Answer = {
  client: 'hr',
  key: 'key-1',
  request: 'digest-1',
  status: 409,
  headers: { 'content-type': 'application/problem+json' },
  body: '{"detail":"员工已在岗 \u{1F600}"}',
}

test('an answer is found again as it was given, byte for byte', async () => {
  const { system } = bank()
  expect(await system.answers.find('hr', 'key-1')).toBeNull()
  expect(await system.answers.keep(answer, monday)).toBe(true)
  expect(await system.answers.find('hr', 'key-1')).toMatchObject(answer)
})

test('the first answer stays: of many kept at once under a key, one is', async () => {
  const { system } = bank()
  const kept = await Promise.all(
    Array.from({ length: 8 }, (_, index) => system.answers.keep({ ...answer, key: 'key-2', body: `${index}` }, monday)),
  )
  expect(kept.filter(Boolean)).toHaveLength(1)
  expect(await system.answers.find('hr', 'key-2')).toMatchObject({ body: String(kept.indexOf(true)) })
})

test('a key that a request has claimed is that request’s alone, as often as it comes, until it is answered', async () => {
  const { system } = bank()
  const claim = { client: 'hr', key: 'key-4', request: 'digest-1' }
  const other = { ...claim, request: 'digest-2' }
  for (const [one, isTaken] of [
    [claim, true],
    [other, false],
    [claim, true],
  ] as const)
    expect(await system.answers.claim(one, monday)).toBe(isTaken)
  expect(await system.answers.find('hr', 'key-4')).toMatchObject(claim)
  expect(await system.answers.keep({ ...answer, ...other }, monday)).toBe(false)
  expect(await system.answers.keep({ ...answer, ...claim }, monday)).toBe(true)
  expect(await system.answers.claim(claim, monday)).toBe(false)
  expect(await system.answers.find('hr', 'key-4')).toMatchObject({ ...answer, ...claim })
})

test('keys of different clients never meet, whatever characters they have', async () => {
  const { system } = bank()
  await system.answers.keep({ ...answer, client: 'hr', key: 'one#two' }, monday)
  expect(await system.answers.find('payroll', 'one#two')).toBeNull()
  expect(await system.answers.find('hr#one', 'two')).toBeNull()
})

test('an answer may be forgotten after thirty days', async () => {
  const { system, items } = bank()
  await system.answers.keep({ ...answer, key: 'key-3' }, monday)
  const item = (await items()).find(({ key }) => key === 'key-3')
  expect(item?.['expiresAt']).toBe(Date.parse('2025-04-02T01:00:00.000Z') / 1000)
})
