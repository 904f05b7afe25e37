import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../functions/adapters/answers.ts'
import { digest } from '../../../functions/adapters/digest.ts'
import type { Commit } from '../../../functions/adapters/record.ts'
import type { AssistantCase } from '../../../shared/domain/assistant.ts'
import { brokenLink } from '../../../shared/domain/chain.ts'
import { dutiesOf } from '../../../shared/domain/duties.ts'
import type { StageRef } from '../../../shared/domain/duty.ts'
import { evolve } from '../../../shared/domain/evolve.ts'
import { applicationIdOf } from '../../../shared/domain/ids.ts'
import { assistantId, type Bench, emptyBench, monday, organisation, particulars } from '../../support/bank.ts'
import { branchOpen, filed, hqOpen, hqPending, notAppointed, onPost, reviewOpen } from '../../support/cases.ts'
import { type TestBank, useEngines } from '../../support/engines.ts'
import { caseId, dutiesAmong } from '../support.ts'

const openBank = useEngines()

const answer: Answer = { client: 'hr', key: 'k1', request: 'r1', status: 201, headers: {}, body: '{}' }
const branchStage: StageRef = { applicationId: applicationIdOf(assistantId, 1), stage: 'branch', round: 1 }

/** The commit that leads from one bench to the next. */
const between = (before: Bench, after: Bench, more: Partial<Commit> = {}): Commit => {
  const recorded = after.events.slice(before.events.length)
  if (after.state === null) throw new Error('The case has not begun.')
  return {
    before: before.state,
    advanced: { state: after.state, recorded },
    duties: dutiesOf(before.state, recorded, organisation),
    token: null,
    answer: null,
    now: after.now,
    ...more,
  }
}

/** The same filing as of another case: another id, the same person. */
const filedAs = (number: number): Bench => {
  const bench = filed()
  const state: AssistantCase = { ...(bench.state as AssistantCase), id: caseId(number) }
  return { ...bench, state }
}

const store = async ({ system }: TestBank, ...benches: readonly Bench[]): Promise<void> => {
  let before = emptyBench
  for (const after of benches) {
    expect(await system.record.commit(between(before, after))).toBe('committed')
    before = after
  }
}

describe('a commit', () => {
  test('stores the snapshot, the events, the duties, the token and the answer together', async () => {
    const { system, items } = await openBank()
    const commit = between(filed(), branchOpen(), { token: { stage: branchStage, value: 'token-1' }, answer })
    const filing = between(emptyBench, filed())
    await system.record.commit(filing)

    expect(await system.record.commit(commit)).toBe('committed')

    expect(await system.record.load(assistantId)).toEqual(branchOpen().state)
    expect(await system.record.events(assistantId, 0, 100)).toEqual(branchOpen().events)
    expect(await system.record.tokens(assistantId, branchStage)).toEqual(['token-1'])
    expect(await system.answers.find('hr', 'k1')).toMatchObject(answer)
    expect(dutiesAmong(await items())).toHaveLength(filing.duties.length + commit.duties.length)
  })

  test('on a version that is not the newest any more stores nothing', async () => {
    const bank = await openBank()
    await store(bank, filed(), branchOpen())
    const before = await bank.items()

    const stale = between(filed(), branchOpen(), { token: { stage: branchStage, value: 'late' }, answer })

    expect(await bank.system.record.commit(stale)).toBe('version-conflict')
    expect(await bank.items()).toEqual(before)
  })

  test('on such a version stores nothing either where its events are new', async () => {
    const bank = await openBank()
    await store(bank, filed(), branchOpen())
    const before = await bank.items()
    const skipping: Commit = { ...between(hqPending(), hqOpen()), before: filed().state }
    expect(await bank.system.record.commit(skipping)).toBe('version-conflict')
    expect(await bank.items()).toEqual(before)
  })

  test('of a case that is on record already stores nothing', async () => {
    const bank = await openBank()
    await store(bank, filed())
    const before = await bank.items()
    expect(await bank.system.record.commit(between(emptyBench, filed()))).toBe('version-conflict')
    expect(await bank.items()).toEqual(before)
  })

  test('never writes over an event, not even where the snapshot would allow it', async () => {
    const bank = await openBank()
    await store(bank, filed(), branchOpen())
    const before = await bank.items()
    const forged: Commit = { ...between(filed(), hqPending()), before: branchOpen().state }
    expect(await bank.system.record.commit(forged)).toBe('version-conflict')
    expect(await bank.items()).toEqual(before)
  })

  test('whose key was answered meanwhile says so before anything else, and stores nothing', async () => {
    const bank = await openBank()
    await store(bank, filed(), branchOpen())
    expect(await bank.system.answers.keep(answer, monday)).toBe(true)
    const before = await bank.items()

    expect(await bank.system.record.commit(between(filed(), branchOpen(), { answer }))).toBe('already-answered')
    expect(await bank.system.record.commit(between(branchOpen(), hqPending(), { answer }))).toBe('already-answered')
    expect(await bank.items()).toEqual(before)
  })

  test('throws what is no conflict', async () => {
    const { system } = await openBank()
    const tooLarge = { ...answer, body: 'x'.repeat(500_000) }
    await expect(system.record.commit(between(emptyBench, filed(), { answer: tooLarge }))).rejects.toThrow(Error)
    expect(await system.record.load(assistantId)).toBeNull()
  })
})

describe('one live post', () => {
  test('a second case of the same person is refused and leaves nothing behind', async () => {
    const bank = await openBank()
    await store(bank, filed())
    const before = await bank.items()
    expect(await bank.system.record.commit(between(emptyBench, filedAs(2)))).toBe('post-is-live')
    expect(await bank.items()).toEqual(before)
  })

  test.each([
    ['on the post', [filed(), branchOpen(), hqPending(), hqOpen(), onPost()]],
    ['waiting for the branch', [filed(), branchOpen()]],
  ])('holds while the first is %s', async (_, benches) => {
    const bank = await openBank()
    await store(bank, ...benches)
    expect(await bank.system.record.commit(between(emptyBench, filedAs(2)))).toBe('post-is-live')
  })

  test('ends with the case: the same person may come again, and both posts stay on record', async () => {
    const bank = await openBank()
    await store(bank, filed(), branchOpen(), notAppointed())
    expect((await bank.items()).filter(({ sk }) => sk === 'LIVE-POST')).toEqual([])

    expect(await bank.system.record.commit(between(emptyBench, filedAs(2)))).toBe('committed')

    expect(await bank.system.lists.postsOf(particulars.employeeNo)).toEqual([caseId(2), assistantId])
    expect(await bank.system.record.commit(between(emptyBench, filedAs(3)))).toBe('post-is-live')
  })
})

describe('what is read back', () => {
  test('is nothing for a case that is not on record', async () => {
    const { system } = await openBank()
    expect(await system.record.load(assistantId)).toBeNull()
    expect(await system.record.events(assistantId, 0, 10)).toEqual([])
    expect(await system.record.tokens(assistantId, branchStage)).toEqual([])
  })

  test('is a chain without a broken link, and its replay is the snapshot', async () => {
    const bank = await openBank()
    await store(bank, filed(), branchOpen(), hqPending(), hqOpen(), onPost(), reviewOpen())
    const events = await bank.system.record.events(assistantId, 0, 100)
    expect(brokenLink(events, digest)).toBeNull()
    const replayed = events.reduce<AssistantCase | null>(evolve, null)
    expect(replayed).toEqual(await bank.system.record.load(assistantId))
    expect(replayed).toEqual(reviewOpen().state)
  })

  test('is read in stretches, each after an event and of a length', async () => {
    const bank = await openBank()
    await store(bank, filed(), branchOpen(), hqPending(), hqOpen(), onPost())
    const read = async (after: number, limit: number) =>
      (await bank.system.record.events(assistantId, after, limit)).map(({ seq }) => seq)
    expect(await read(0, 2)).toEqual([1, 2])
    expect(await read(2, 3)).toEqual([3, 4, 5])
    expect(await read(5, 3)).toEqual([6])
    expect(await read(6, 3)).toEqual([])
  })
})

describe('task tokens', () => {
  test('are kept for each round of each stage, all of them', async () => {
    const bank = await openBank()
    const { record } = bank.system
    await store(bank, filed(), branchOpen())
    const second = { ...branchStage, round: 2 }
    const review: StageRef = { applicationId: null, stage: 'centre-review', round: 1 }
    const { state } = branchOpen()
    await record.putToken(state!, branchStage, 'old', [], monday)
    await record.putToken(state!, branchStage, 'new', [], monday)
    await record.putToken(state!, review, 'review', [], monday)
    expect(new Set(await record.tokens(assistantId, branchStage))).toEqual(new Set(['old', 'new']))
    expect(await record.tokens(assistantId, second)).toEqual([])
    expect(await record.tokens(assistantId, review)).toEqual(['review'])
  })

  test('are kept, with a duty that is due at once, only while the case stands as it was read', async () => {
    const bank = await openBank()
    const { system } = bank
    await store(bank, filed())
    const [duty] = dutiesOf(null, filed().events, organisation)
    const { state } = filed()
    expect(await system.record.putToken({ ...state!, version: 7 }, branchStage, 'late', [duty!], monday)).toBe(false)
    expect(await system.record.tokens(assistantId, branchStage)).toEqual([])
    expect(await system.record.putToken(state!, branchStage, 'token', [duty!], monday)).toBe(true)
    const [entry] = await system.duties.due(monday, 10)
    const open = (await system.duties.read([entry!])).get(entry!)
    expect(open).toEqual({ duty, attempts: 0, owedSince: monday })
  })
})
