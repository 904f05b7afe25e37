import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { System } from '../../functions/adapters/system.ts'
import { workflowErrors } from '../../shared/contracts/workflow.ts'
import { type Action, type Beginning, bringTo, prepare, type Prepared, Run } from '../support/faults/run.ts'
import { expectSound, letTimePass } from '../support/faults/invariants.ts'
import type { Fault } from '../support/faults/processes.ts'

/** `npm run test:faults` asks for many. */
const runs = Number(process.env['FAULT_RUNS'] ?? 300)
const seed = process.env['FAULT_SEED'] === undefined ? {} : { seed: Number(process.env['FAULT_SEED']) }

let prepared: Prepared

beforeAll(async () => {
  prepared = await prepare()
})

const decision = fc.constantFrom(
  'approve' as const,
  'approve' as const,
  'approve' as const,
  'reject' as const,
  'return' as const,
  'uphold' as const,
  'annul' as const,
)

const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('decide' as const), nth: fc.nat(1), decision }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('reply' as const),
      nth: fc.nat(1),
      text: fc.constantFrom('同意', 'reject For a reason.', 'Thank you.'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('sweep' as const, 'sweeps-at-once' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(2, 16, 1440, 5760, 30_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'withdraw' as const,
        'amend' as const,
        'dispute' as const,
        'lose-executions' as const,
        'start-again' as const,
      ),
    }),
  },
)

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 12, arbitrary: fc.constant('none' as const) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Fault>('dies-before', 'dies-after', 'reply-lost', 'fails', 'conflicts'),
  },
)

const beginning = fc.constantFrom<Beginning>('nothing', 'at-branch', 'at-hq')

/** One history: things happen at once and in any order, with faults; then none, and time passes. */
const property = (alter?: (system: System) => System) =>
  fc.asyncProperty(
    fc.scheduler(),
    beginning,
    // What begins together races; what one wave leaves behind, the next one finds.
    fc.array(fc.array(actions, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
    fc.infiniteStream(fault),
    async (scheduler, begins, waves, faults) => {
      const run = new Run(prepared, alter)
      await bringTo(run, begins)
      run.under({
        turn: (label) => scheduler.schedule(Promise.resolve(), label),
        next: () => faults.next().value,
      })
      if (begins === 'nothing') void run.file().catch(() => undefined)
      for (const wave of waves) {
        for (const action of wave) run.begin(action)
        await run.rest(() => scheduler.waitIdle())
      }
      run.calmDown()
      await letTimePass(run)
      await expectSound(run)
    },
  )

describe('whatever process dies at whatever call', () => {
  test(
    'every recorded decision reaches the workflow, no mail is lost, and no case waits for what has happened',
    async () => {
      const begun = performance.now()
      const details = await fc.check(property(), { numRuns: runs, ...seed })
      if (process.env['FAULT_RUNS'] !== undefined) {
        const seconds = ((performance.now() - begun) / 1000).toFixed(0)
        const result = details.failed ? 'broken' : '0 broken'
        process.stdout.write(`${details.numRuns} histories, seed ${details.seed}, ${seconds} s: ${result}.\n`)
      }
      expect(details.failed, `${String(details.errorInstance)} ${fc.defaultReportMessage(details)}`).toBe(false)
    },
    24 * 60 * 60 * 1000,
  )
})

describe('the property notices', () => {
  /** Tells the workflow first and records second, and so has nothing to do afterwards. */
  const callbackFirst = (system: System): System => ({
    ...system,
    record: {
      ...system.record,
      commit: async (commit) => {
        for (const duty of commit.duties) {
          if (duty.kind !== 'resume-workflow' || duty.ended === null) continue
          const { assistantId, ended, setback, next } = duty
          for (const token of await system.record.tokens(assistantId, ended)) {
            if (setback !== null) await system.workflow?.fail(token, workflowErrors[setback])
            if (next !== null) await system.workflow?.succeed(token, { assistantId, ...next })
          }
        }
        const duties = commit.duties.filter((duty) => duty.kind !== 'resume-workflow' || duty.ended === null)
        return system.record.commit({ ...commit, duties })
      },
    },
  })

  /** Mails at once what a commit causes, and keeps no duty to do it. */
  const withoutOutbox = (system: System): System => ({
    ...system,
    record: {
      ...system.record,
      commit: (commit) =>
        system.record.commit({ ...commit, duties: commit.duties.filter(({ kind }) => kind !== 'send-mail') }),
    },
  })

  /** Keeps no token: nobody can answer the task that waits. */
  const withoutTokens = (system: System): System => ({
    ...system,
    record: { ...system.record, commit: (commit) => system.record.commit({ ...commit, token: null }) },
  })

  /** Counts an event as published before the bus has it. */
  const cursorFirst = (system: System): System => ({
    ...system,
    bus: {
      put: async (event) => {
        await system.published.advance(event.assistantId, event.seq)
        await system.bus.put(event)
      },
    },
  })

  /** Publishes what was just committed, whatever became of what was committed before. */
  const newestAlone = (system: System): System => ({
    ...system,
    published: {
      ...system.published,
      cursor: async (id) => {
        const [cursor, state] = await Promise.all([system.published.cursor(id), system.record.load(id)])
        return Math.max(cursor ?? 0, (state?.version ?? 0) - 1)
      },
    },
  })

  test.each([
    ['events that count as published before they are', cursorFirst, /Published were/],
    ['a publisher that does not begin behind the cursor', newestAlone, /Published were/],
    [
      'a workflow that is told first, and the record written second',
      callbackFirst,
      /waits for the workflow|nothing took effect|executions wait/,
    ],
    ['mails that are not owed before they are sent', withoutOutbox, /never mailed/],
    ['a task whose token is not kept', withoutTokens, /executions wait/],
  ])('%s', async (_, alter, notice) => {
    const { failed, errorInstance } = await fc.check(property(alter), { numRuns: 1000, endOnFailure: true })
    expect([failed, String(errorInstance)]).toEqual([true, expect.stringMatching(notice)])
  })
})
