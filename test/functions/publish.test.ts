import { DeleteItemCommand } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { System } from '../../functions/adapters/system.ts'
import { doneBy } from '../../functions/duty-result.ts'
import { perform } from '../../functions/perform.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import { isPublished, type PublishedEvent } from '../../shared/domain/publishing.ts'
import { organisation, people } from '../support/bank.ts'
import { shareBank, type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, caseId, decide, done, dutiesAmong, file, load, recipients, register } from './support.ts'

const openBank = useEngines()

const id = caseId(1)
const withId = (...seqs: readonly number[]) => seqs.map((seq) => `${id}-${seq}`)

/** A system whose bus can not be reached. */
const cutOff = (system: System): System => ({
  ...system,
  bus: { put: () => Promise.reject(new Error('The bus can not be reached.')) },
})

const heard = ({ published }: TestBank) => published.map(({ detail }) => detail.id)

const openPublications = async (bank: TestBank): Promise<readonly string[]> =>
  dutiesAmong(await bank.items())
    .map(({ sk }) => sk.slice('DUTY#'.length))
    .filter((duty) => duty.endsWith('-p'))

describe('whoever commits', () => {
  test('publishes at once, and leaves nothing to do', async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    await branchAsked(bank, 1)
    expect(new Set(heard(bank))).toEqual(new Set(withId(1, 2)))
    expect(bank.published[0]).toMatchObject({
      source: 'zhuli',
      detailType: 'onboarding-filed.v1',
      detail: { employeeNo: 'A1', seq: 1, previousSeq: null, at: '2025-03-03T01:00:00.000Z', data: { filedBy: 'F1' } },
    })
    expect(bank.published.at(-1)).toMatchObject({
      detailType: 'stage-opened.v1',
      detail: { seq: 2, previousSeq: 1, data: { stage: 'branch' } },
    })
    expect(await openPublications(bank)).toEqual([])
    expect((await bank.items()).filter(({ sk }) => sk.endsWith('-p'))).toEqual([])
  })

  test('is neither failed nor kept from mailing by a bus that can not be reached; the sweep publishes later', async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    await branchAsked(bank, 1)
    const [mailed, before] = [bank.mails.length, heard(bank).length]

    done(await decide(cutOff(bank.system), id, people.branch, 'reject', 'No vacancy.'))

    expect(recipients(bank.mails.slice(mailed))).toHaveLength(4)
    expect(heard(bank)).toHaveLength(before)
    expect(await openPublications(bank)).toEqual(withId(3).map((event) => `${event}-p`))
    expect(bank.logged).toContainEqual({
      message: 'Left a duty to the sweep.',
      case: caseId(1),
      duty: `${id}-3-p`,
      error: 'Error',
    })

    bank.clock.pass(2)
    await sweepDue(cutOff(bank.system), () => true)
    expect(await openPublications(bank)).toHaveLength(1)
    bank.clock.pass(2)
    await sweepDue(bank.system, () => true)
    expect(heard(bank).slice(before)).toEqual(withId(3))
    expect(await openPublications(bank)).toEqual([])
  })

  test('publishes before its own events those that could not be published before', async () => {
    const bank = await openBank()
    await register(bank.system.directory)
    await file(cutOff(bank.called), 1)
    expect(heard(bank)).toEqual([])
    bank.clock.pass(20)
    await sweepDue(cutOff(bank.system), () => true)
    await bank.states.idle()
    // The workflow's own function, whose bus is there, has opened the stage.
    expect(heard(bank)).toEqual(withId(1, 2))
  })
})

/** What goes wrong with a call that a publisher makes. */
type Fault = 'none' | 'fails' | 'reply lost'

describe('a case of which everything is still to be published', () => {
  const shared = shareBank(openBank)
  let upTo = 0
  let happened: readonly string[] = []

  beforeAll(async () => {
    await register(shared().system.directory)
    await branchAsked(shared(), 1)
    // A reminder, of which nobody outside hears, leaves a gap.
    shared().clock.moveTo('2025-03-05T01:00:00.000Z')
    await sweepDue(shared().system, () => true)
    for (const approver of [people.branch, people.hq]) {
      done(await decide(shared().system, id, approver, 'approve'))
      await shared().states.idle()
    }
    const events = (await shared().system.record.events(id, 0, 200)).filter(isPublished)
    happened = withId(...events.map(({ seq }) => seq))
    upTo = events.at(-1)?.seq ?? 0
  })

  const forget = async (): Promise<void> => {
    const { client, variables } = shared()
    const key = marshall({ pk: `CASE#${id}`, sk: 'PUBLISHED' })
    await client.send(new DeleteItemCommand({ TableName: variables['TABLE_NAME'], Key: key }))
  }

  /** Publishes, and strikes the duty off with what it came to, as those do who have it. */
  const publish = async (system: System, to = upTo, attempts = 1): Promise<'struck off' | 'left'> => {
    const look = async () => ({ state: await load(shared().system, id), organisation: async () => organisation })
    const struck = doneBy(dutyUpTo(to), await perform(system, dutyUpTo(to), look, attempts))
    if (struck === null) return 'left'
    await system.duties.complete([struck], system.now())
    return 'struck off'
  }
  const dutyUpTo = (to: number) => ({ kind: 'publish-events', id: `${id}-${to}-p`, assistantId: id, upTo: to }) as const

  /** A bus that keeps what it takes, and has a fault for each call. */
  const busOf = (taken: PublishedEvent[], faults: Iterator<Fault>): System['bus'] => ({
    put: async (event) => {
      const fault = faults.next().value
      if (fault === 'fails') throw new Error('The bus refused.')
      taken.push(event)
      if (fault === 'reply lost') throw new Error('The bus took it and did not say so.')
    },
  })
  const calm: readonly Fault[] = []
  const ids = (events: readonly PublishedEvent[]) => events.map((event) => event.id)

  test('a bus that refuses one gets none behind it; the next publisher begins with the one that was refused', async () => {
    await forget()
    const taken: PublishedEvent[] = []
    const failing = { ...shared().system, bus: busOf(taken, ['none', 'none', 'fails'].values() as Iterator<Fault>) }
    await expect(publish(failing)).rejects.toThrow('The bus refused.')
    expect(ids(taken)).toEqual(happened.slice(0, 2))
    expect(await shared().system.published.cursor(id)).toBe(2)

    await publish({ ...shared().system, bus: busOf(taken, calm.values()) })
    expect(ids(taken)).toEqual(happened)
    expect(happened).toEqual(withId(1, 2, 4, 5, 6, 7))
    expect(taken.map(({ previousSeq }) => previousSeq)).toEqual([null, ...taken.slice(0, -1).map(({ seq }) => seq)])
  })

  test('a publisher that dies before it moves the cursor has everything published again, word for word', async () => {
    await forget()
    const taken: PublishedEvent[] = []
    const bus = busOf(taken, calm.values())
    const duties = { ...shared().system.duties, complete: () => Promise.reject(new Error('It died.')) }
    await expect(publish({ ...shared().system, bus, duties })).rejects.toThrow('It died.')
    await publish({ ...shared().system, bus })
    expect(taken).toHaveLength(2 * happened.length)
    expect(taken.slice(happened.length)).toEqual(taken.slice(0, happened.length))
  })

  test('what is published already is not published again', async () => {
    await forget()
    const taken: PublishedEvent[] = []
    const system = { ...shared().system, bus: busOf(taken, calm.values()) }
    await publish(system, 4)
    const unread = () => Promise.reject(new Error('The case was read for nothing.'))
    for (const to of [4, 2]) await perform(system, dutyUpTo(to), unread, 1)
    expect(ids(taken)).toEqual(withId(1, 2, 4))
    expect(await system.published.cursor(id)).toBe(4)
  })

  test('keeps a call that would first have to publish all that piled up for five, and leaves the rest to the sweep', async () => {
    await forget()
    const taken: PublishedEvent[] = []
    const system = { ...shared().system, bus: busOf(taken, calm.values()) }
    expect(await publish(system, upTo, 0)).toBe('left')
    expect(ids(taken)).toEqual(happened.slice(0, 5))
    expect(await publish(system, upTo, 0)).toBe('struck off')
    expect(ids(taken)).toEqual(happened)
    await forget()
    expect(await publish(system, upTo, 1)).toBe('struck off')
    expect(taken).toHaveLength(2 * happened.length)
    await forget()
    expect(await publish(system, 6, 0)).toBe('struck off')
  })

  test('is read page by page, however small DynamoDB makes them', async () => {
    await forget()
    const taken: PublishedEvent[] = []
    const { record } = shared().system
    const events: System['record']['events'] = (...[of, after, limit]) => record.events(of, after, Math.min(limit, 2))
    await publish({ ...shared().system, record: { ...record, events }, bus: busOf(taken, calm.values()) })
    expect(ids(taken)).toEqual(happened)
  })

  test('an event that is not on record is an error, and no end of looking for it', async () => {
    await expect(publish(shared().system, 999)).rejects.toThrow(`of case ${id} is not on record`)
  })

  test('the cursor never goes back', async () => {
    await forget()
    const { published } = shared().system
    expect(await published.cursor(id)).toBeNull()
    await Promise.all([4, 2, 5, 3].map((seq) => published.advance(id, seq)))
    await published.advance(id, 1)
    expect(await published.cursor(id)).toBe(5)
  })

  test('however many publish at once, and whatever fails, each event comes first in its order, and none is missing', async () => {
    const fault = fc.constantFrom<Fault>('none', 'none', 'none', 'fails', 'reply lost')
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 1, max: upTo }), { minLength: 2, maxLength: 4 }),
        fc.infiniteStream(fault),
        async (scheduler, commits, faults) => {
          await forget()
          const taken: PublishedEvent[] = []
          const { system } = shared()
          const bus = busOf(taken, faults)
          const inTurn = <Result>(label: string, call: () => Promise<Result>) =>
            scheduler.schedule(Promise.resolve(), label).then(call)
          const racing: System = {
            ...system,
            bus: { put: (event) => inTurn(`put ${event.seq}`, () => bus.put(event)) },
            duties: {
              ...system.duties,
              complete: (struck, at) =>
                inTurn('strike off', async () => {
                  if (faults.next().value === 'fails') throw new Error('It died.')
                  await system.duties.complete(struck, at)
                }),
            },
            published: {
              cursor: (of) => inTurn('cursor', () => system.published.cursor(of)),
              advance: (of, seq) =>
                inTurn(`advance ${seq}`, async () => {
                  if (faults.next().value === 'fails') throw new Error('It died.')
                  await system.published.advance(of, seq)
                }),
            },
          }
          await scheduler.waitFor(Promise.allSettled(commits.map((to) => publish(racing, to))))
          await publish({ ...system, bus: busOf(taken, calm.values()) })

          const first = new Map(taken.toReversed().map((event) => [event.id, event]))
          expect([...new Set(ids(taken))]).toEqual(happened)
          // What comes again is the same.
          for (const event of taken) expect(event).toEqual(first.get(event.id))
        },
      ),
      { numRuns: 60 },
    )
  })
})
