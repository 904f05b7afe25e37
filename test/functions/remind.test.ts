import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { delegate } from '../../functions/absence.ts'
import { waitingItem } from '../../functions/adapters/items.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import { Day, type Instant } from '../../shared/domain/time.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import { organisation, people } from '../support/bank.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, byHr, caseId, decide, done, register, trail } from './support.ts'

const openBank = useEngines()

const always = () => true

const registered = async (): Promise<TestBank> => {
  const bank = await openBank()
  await register(bank.system.directory)
  return bank
}

const addressOf = (person: EmployeeNo) => organisation.people.get(person)!.email

/** The digests that someone got so far. */
const digestsOf = ({ mails }: TestBank, person: EmployeeNo) =>
  mails.filter(({ to, subject }) => to.includes(addressOf(person)) && subject.startsWith('【待办汇总】'))

/** Turns the clock and does what is due then; digests are due ten minutes after what gave the occasion. */
const sweepAt = async (bank: TestBank, instant: string): Promise<void> => {
  bank.clock.moveTo(instant)
  await sweepDue(bank.system, always)
  bank.clock.pass(10)
  await sweepDue(bank.system, always)
  await bank.states.idle()
}

describe('a digest', () => {
  test('lists all that waits on someone, oldest first, each with its link, in one mail', async () => {
    const bank = await registered()
    await branchAsked(bank, 2)
    bank.clock.pass(60)
    await branchAsked(bank, 1)
    bank.clock.pass(60)
    await branchAsked(bank, 3)
    await sweepAt(bank, '2025-03-05T01:00:00.000Z')
    const [digest, ...more] = digestsOf(bank, people.branch)
    expect(more).toEqual([])
    expect(digest?.subject).toBe('【待办汇总】3 项（2025-03-05）')
    expect([...digest!.text.matchAll(/编号：(\S+)/g)].map(([, number]) => number)).toEqual(
      [2, 1, 3].map((number) => `${caseId(number)}-1`),
    )
    const links = [...digest!.text.matchAll(/\/decide\/(\w+)#([\w-]{43})\n/g)]
    expect(links).toHaveLength(3)
    for (const [, approvalId = '', secret = ''] of links) {
      expect(await bank.system.secrets.matches('approval-link', approvalId, secret)).toBe(true)
    }
    // Wednesday, the third of eleven working days.
    expect(digest?.text).toContain('2025-03-17（含当日，剩余 9 个工作日）')
  })

  test('comes once a working day at most, whatever falls due', async () => {
    const bank = await registered()
    for (const [number, at] of [
      [1, '2025-03-03T01:00:00.000Z'],
      [2, '2025-03-04T01:00:00.000Z'],
      [3, '2025-03-05T01:00:00.000Z'],
    ] as const) {
      bank.clock.moveTo(at)
      await branchAsked(bank, number)
    }
    for (const day of ['05', '06', '07', '10', '11', '12', '13', '14']) {
      await sweepAt(bank, `2025-03-${day}T01:00:00.000Z`)
      await sweepAt(bank, `2025-03-${day}T03:00:00.000Z`)
    }
    const days = digestsOf(bank, people.branch).map(({ at }) => at.slice(0, 10))
    expect(days.length).toBeGreaterThan(5)
    expect(new Set(days).size).toBe(days.length)
  })

  test('waits for office hours of a working day', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    // The reminder of Wednesday comes late: on Friday evening; Monday is the next working day.
    await sweepAt(bank, '2025-03-07T10:00:00.000Z')
    expect(await trail(bank.system, caseId(1))).toContain('stage-reminded')
    expect(digestsOf(bank, people.branch)).toEqual([])
    await sweepAt(bank, '2025-03-08T02:00:00.000Z')
    expect(digestsOf(bank, people.branch)).toEqual([])
    await sweepAt(bank, '2025-03-10T01:00:00.000Z')
    expect(digestsOf(bank, people.branch).map(({ at }) => at)).toEqual(['2025-03-10T01:10:00.000Z'])
  })

  test('that waited for the office to open lists what falls due as it opens', async () => {
    const bank = await registered()
    bank.clock.moveTo('2025-02-28T01:00:00.000Z')
    await branchAsked(bank, 1)
    bank.clock.moveTo('2025-03-03T01:00:00.000Z')
    await branchAsked(bank, 2)
    // The first is escalated on Friday, late in the evening, the second on Monday as the office opens.
    await sweepAt(bank, '2025-03-07T12:00:00.000Z')
    await sweepAt(bank, '2025-03-10T01:00:00.000Z')
    const [digest, ...more] = digestsOf(bank, people.head)
    expect(more).toEqual([])
    expect(digest?.at).toBe('2025-03-10T01:10:00.000Z')
    expect(digest?.text).toContain(caseId(1))
    expect(digest?.text).toContain(caseId(2))
  })

  test("tells on the next working day of what was escalated after the day's digest was sent", async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    await branchAsked(bank, 2)
    const { record } = bank.system
    const load: typeof record.load = (id) =>
      id === caseId(2) ? Promise.reject(new Error('Out of reach.')) : record.load(id)
    bank.clock.moveTo('2025-03-07T10:00:00.000Z')
    await sweepDue(bank.system, always)
    bank.clock.moveTo('2025-03-10T01:00:00.000Z')
    await sweepDue({ ...bank.system, record: { ...record, load } }, always)
    await sweepAt(bank, '2025-03-10T01:10:00.000Z')
    await sweepAt(bank, '2025-03-10T02:00:00.000Z')
    expect(digestsOf(bank, people.head)).toHaveLength(1)
    expect(digestsOf(bank, people.head)[0]?.text).not.toContain(caseId(2))
    await sweepAt(bank, '2025-03-11T01:00:00.000Z')
    await sweepAt(bank, '2025-03-11T03:00:00.000Z')
    expect(digestsOf(bank, people.head).map(({ at }) => at.slice(0, 10))).toEqual(['2025-03-10', '2025-03-11'])
    expect(digestsOf(bank, people.head)[1]?.text).toContain(caseId(2))
  })

  test('shows to whom it was escalated what others have to decide, without a link', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    await sweepAt(bank, '2025-03-10T01:00:00.000Z')
    const [digest] = digestsOf(bank, people.head)
    expect(digest?.text).toContain('【升级提醒】')
    expect(digest?.text).not.toContain('/decide/')
  })

  test('shows it to whoever was asked before and can answer no more, and once to whoever can again', async () => {
    const bank = await registered()
    const standIn = (from: string, until: string) =>
      delegate(
        bank.system,
        people.branch,
        { delegate: people.head, from: Day.parse(from), until: Day.parse(until), reason: '休假' },
        byHr,
      )
    await standIn('2025-03-03', '2025-03-03')
    await branchAsked(bank, 1)
    await sweepAt(bank, '2025-03-10T01:00:00.000Z')
    const [told] = digestsOf(bank, people.head)
    expect(told?.text).toContain('【升级提醒】')
    expect(told?.text).not.toContain('/decide/')

    await standIn('2025-03-10', '2025-03-14')
    await sweepAt(bank, '2025-03-11T01:00:00.000Z')
    const asked = digestsOf(bank, people.head).at(-1)
    expect(asked).not.toBe(told)
    expect(asked?.text).not.toContain('【升级提醒】')
    expect(asked?.text.match(/\/decide\//g)).toHaveLength(1)
  })

  test('leaves out what was decided, and is not sent where nothing is left', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    await branchAsked(bank, 2)
    bank.clock.moveTo('2025-03-05T01:00:00.000Z')
    await sweepDue(bank.system, always)
    done(await decide(bank.system, caseId(1), people.branch, 'approve'))
    bank.clock.pass(10)
    await sweepDue(bank.system, always)
    const [digest] = digestsOf(bank, people.branch)
    expect(digest?.text).toContain(caseId(2))
    expect(digest?.text).not.toContain(caseId(1))
    bank.clock.moveTo('2025-03-07T01:00:00.000Z')
    await sweepDue(bank.system, always)
    for (const number of [1, 2]) {
      const by = number === 1 ? people.hq : people.branch
      done(await decide(bank.system, caseId(number), by, 'reject', 'No vacancy.'))
    }
    bank.clock.pass(10)
    await sweepDue(bank.system, always)
    expect(digestsOf(bank, people.branch)).toHaveLength(1)
    expect((await bank.items()).filter(({ sk }) => sk.startsWith('WAITING#'))).toEqual([])
    // Whatever comes to wait later that day can still be told.
    const today = Day.parse('2025-03-07')
    expect(await bank.system.waiting.claimDay(people.branch, today, 'another', bank.clock.now())).toBe('own')
  })

  test('leaves out what a delegate was asked whose delegation has ended: the link is dead', async () => {
    const bank = await registered()
    const absence = { delegate: people.outsider, from: '2025-03-03', until: '2025-03-04', reason: '休假' } as never
    await delegate(bank.system, people.branch, absence, byHr)
    await branchAsked(bank, 1)
    await sweepAt(bank, '2025-03-05T01:00:00.000Z')
    expect(digestsOf(bank, people.outsider)).toEqual([])
    expect(digestsOf(bank, people.secondBranch)).toHaveLength(1)
  })

  test('tells a delegate whose delegation has ended of what is escalated to them in a place of their own', async () => {
    const bank = await registered()
    const absence = { delegate: people.head, from: '2025-03-03', until: '2025-03-04', reason: '休假' } as never
    await delegate(bank.system, people.branch, absence, byHr)
    await branchAsked(bank, 1)
    await sweepAt(bank, '2025-03-10T01:00:00.000Z')
    const [digest] = digestsOf(bank, people.head)
    expect(digest?.text).toContain('【升级提醒】')
    expect(digest?.text).not.toContain('/decide/')
  })

  test.each([
    [99, false],
    [100, true],
  ])('says whether there is more than it looked at: with %i newer ones, %s', async (newer, says) => {
    const bank = await registered()
    await branchAsked(bank, 1)
    const since = '2025-03-05T00:00:00.000Z' as Instant
    for (let number = 2; number < newer + 2; number += 1) {
      const Item = waitingItem(caseId(number), { person: people.branch, since, approvalId: null })
      await bank.client.send(new PutItemCommand({ TableName: bank.variables['TABLE_NAME'], Item }))
    }
    await sweepAt(bank, '2025-03-05T01:00:00.000Z')
    const [digest] = digestsOf(bank, people.branch)
    expect(digest?.text.includes('另有更多待办未列出')).toBe(says)
  })

  test('leaves out what somebody else is asked by now', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    await bank.system.directory.putBranch({ ...organisation.branch, approvers: [people.secondBranch, people.outsider] })
    await sweepAt(bank, '2025-03-05T01:00:00.000Z')
    expect(digestsOf(bank, people.branch)).toEqual([])
    expect(digestsOf(bank, people.secondBranch)).toHaveLength(1)
  })

  test('that could not be sent is tried again by the very duty that has the day, and sent once', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    await branchAsked(bank, 2)
    bank.clock.moveTo('2025-03-05T01:00:00.000Z')
    await sweepDue(bank.system, always)
    bank.ses.pauseSending()
    bank.clock.pass(10)
    await sweepDue(bank.system, always)
    expect(digestsOf(bank, people.branch)).toEqual([])
    bank.ses.resumeSending()
    bank.clock.pass(10)
    await sweepDue(bank.system, always)
    bank.clock.pass(60)
    await sweepDue(bank.system, always)
    expect(digestsOf(bank, people.branch)).toHaveLength(1)
    expect(digestsOf(bank, people.secondBranch)).toHaveLength(1)
  })
})
