import { beforeEach, describe, expect, test } from 'vitest'
import { tableKeys } from '../../../shared/contracts/table.ts'
import type { SendCode } from '../../../shared/domain/duty.ts'
import { approvalIdOf } from '../../../shared/domain/ids.ts'
import { people } from '../../support/bank.ts'
import { shareBank, useEngines } from '../../support/engines.ts'
import { caseId } from '../support.ts'

const bank = shareBank(useEngines())

let number = 0
/** A subject of each test's own. */
let subject = { assistantId: caseId(1), to: people.branch, subject: '' }

beforeEach(() => {
  number += 1
  subject = { assistantId: caseId(number), to: people.branch, subject: approvalIdOf(caseId(number), 1) }
})

const issueFor = (cause: string | null) => bank().system.codes.issue(subject, null, cause, bank().clock.now())
const issue = async () => (await issueFor(null))?.duty ?? null
const accept = (digits: string) => bank().system.codes.accept(subject, digits, bank().clock.now())
const digitsOf = ({ subject: of, issue: nth }: SendCode) => bank().system.secrets.code(of, nth)

/** Issues a code. @returns its digits */
const issued = async (): Promise<string> => {
  const duty = await issue()
  if (duty === null) throw new Error('No code was issued.')
  return digitsOf(duty)
}

/** A code that is wrong for sure. */
const other = (digits: string, by: number): string => String((Number(digits) + by) % 1_000_000).padStart(6, '0')

describe('a code', () => {
  test('is accepted for its subject, and nobody else', async () => {
    const digits = await issued()
    expect(await accept(digits)).toBe(true)
    const elsewhere = { ...subject, subject: approvalIdOf(caseId(number), 2) }
    expect(await bank().system.codes.accept(elsewhere, digits, bank().clock.now())).toBe(false)
  })

  test('is not accepted before one was issued, whatever is tried', async () => {
    expect(await accept('000000')).toBe(false)
    expect(await accept('')).toBe(false)
  })

  test('is valid for ten minutes, not a moment longer', async () => {
    const digits = await issued()
    bank().clock.pass(9.999)
    expect(await accept(digits)).toBe(true)
    bank().clock.pass(0.001)
    expect(await accept(digits)).toBe(false)
  })

  test('may be tried five times, whether or not the tries are right; a new one starts anew', async () => {
    const digits = await issued()
    for (const by of [1, 2, 3, 4]) expect(await accept(other(digits, by))).toBe(false)
    expect(await accept(digits)).toBe(true)
    expect(await accept(digits)).toBe(false)
    expect(await accept(await issued())).toBe(true)
  })

  test('ends when it is spent; the next one is as good as ever', async () => {
    const digits = await issued()
    expect(await accept(digits)).toBe(true)
    await bank().system.codes.spend(subject)
    expect(await accept(digits)).toBe(false)
    expect(await accept(await issued())).toBe(true)
  })

  test('ends with the next one', async () => {
    const first = await issued()
    const second = await issued()
    expect(first).not.toBe(second)
    expect(await accept(first)).toBe(false)
    expect(await accept(second)).toBe(true)
  })

  test('is no code of another day: nothing makes the numbers begin again', async () => {
    await issued()
    const items = (await bank().items()) as unknown as readonly Record<string, unknown>[]
    const kept = items.filter(({ sk }) => sk === `CODE#${subject.subject}`)
    expect(kept).toHaveLength(1)
    expect(kept[0]).not.toHaveProperty(tableKeys.timeToLive)
  })

  test('tried by a hundred at once gets no more tries than in a row', async () => {
    const digits = await issued()
    const guesses = Array.from({ length: 100 }, (_, index) => (index < 60 ? other(digits, index + 1) : digits))
    const accepted = (await Promise.all(guesses.map(accept))).filter(Boolean)
    expect(accepted.length).toBeLessThanOrEqual(5)
    expect(await accept(digits)).toBe(false)
  })
})

describe('codes', () => {
  test('are issued five times an hour at most, and again when the hour is over', async () => {
    for (const nth of [1, 2, 3, 4, 5]) {
      expect(await issue()).toMatchObject({ issue: nth })
      bank().clock.pass(10)
    }
    expect(await issue()).toBeNull()
    bank().clock.pass(9)
    expect(await issue()).toBeNull()
    bank().clock.pass(1)
    expect(await issue()).toMatchObject({ issue: 6 })
    expect(await issue()).toBeNull()
  })

  test('are issued once for a cause that comes again, and the code stays the one that it was', async () => {
    const first = await issueFor('mail-1')
    bank().clock.pass(5)
    expect(await issueFor('mail-1')).toEqual({ duty: first?.duty, isNew: false })
    expect(await accept(await digitsOf(first!.duty))).toBe(true)
    expect(await issueFor('mail-2')).toMatchObject({ duty: { issue: 2 }, isNew: true })
    expect(await issueFor(null)).toMatchObject({ duty: { issue: 3 }, isNew: true })
    expect(await issueFor(null)).toMatchObject({ duty: { issue: 4 }, isNew: true })
  })

  test('are issued once for a cause that comes again, though another code was issued in between', async () => {
    const first = await issueFor('mail-1')
    const second = await issueFor('mail-2')
    expect(await issueFor('mail-1')).toEqual({ duty: first?.duty, isNew: false })
    expect(await accept(await digitsOf(second!.duty))).toBe(true)
  })

  test('asked for by twenty at once are five at most, each of another number', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, issue))
    const issues = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? (outcome.value?.issue ?? []) : []))
    expect(issues.length).toBeGreaterThan(0)
    expect(issues.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5].slice(0, issues.length))
  })

  test('are kept nowhere', async () => {
    const digits = await issued()
    const kept = (await bank().items()).filter(({ sk }) => sk.includes(subject.subject))
    expect(kept.map(({ sk }) => sk)).toEqual([`CODE#${subject.subject}`, `DUTY#${subject.subject}-c1`])
    expect(JSON.stringify(kept)).not.toContain(digits)
  })
})
