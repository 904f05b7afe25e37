import { describe, expect, test } from 'vitest'
import type { System } from '../../functions/adapters/system.ts'
import { sweepDue } from '../../functions/sweep-due.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { openStageOf } from '../../shared/domain/assistant.ts'
import { people } from '../support/bank.ts'
import { type TestBank, useEngines } from '../support/engines.ts'
import { branchAsked, caseId, decide, done, dutiesAmong, file, load, register, trail } from './support.ts'

const openBank = useEngines()

const always = () => true
const id = caseId(1)

const registered = async (): Promise<TestBank> => {
  const bank = await openBank()
  await register(bank.system.directory)
  return bank
}

/** But for the heads that wait for the day to end. */
const dutiesLeft = async (bank: TestBank) =>
  dutiesAmong(await bank.items())
    .filter(({ sk }) => !sk.endsWith('-a'))
    .map(({ sk, dueAt }) => [sk, dueAt])

const fulfilled = ({ mails }: TestBank) => mails.map(({ headers }) => headers['x-zhuli-duty'] ?? '').toSorted()

describe('a mail that could not be sent', () => {
  test('is left to the sweep, which sends it once', async () => {
    const bank = await registered()
    bank.ses.pauseSending()
    await branchAsked(bank, 1)
    expect(bank.mails).toEqual([])
    bank.ses.resumeSending()

    bank.clock.pass(1)
    await sweepDue(bank.system, always)
    expect(bank.mails, 'before whoever committed it has had the time to').toEqual([])

    bank.clock.pass(1)
    await Promise.all([sweepDue(bank.system, always), sweepDue(bank.system, always), sweepDue(bank.system, always)])
    await sweepDue(bank.system, always)
    expect(fulfilled(bank)).toEqual([`${id}-2-m1`, `${id}-2-m2`])
    bank.clock.pass(10)
    await sweepDue(bank.system, always)
    expect(bank.mails).toHaveLength(2)
  })

  test('is tried again ever more rarely, after 1, 2, 4 … minutes, and raises the alarm when it keeps failing', async () => {
    const bank = await registered()
    bank.ses.pauseSending()
    await branchAsked(bank, 1)
    bank.clock.pass(2)
    const waits: number[] = []
    for (let tries = 0; tries < 5; tries += 1) {
      await sweepDue(bank.system, always)
      const due = (await dutiesLeft(bank)).find(([sk]) => sk === `DUTY#${id}-2-m1`)?.[1]
      const minutes = (Date.parse(String(due)) - Date.parse(bank.clock.now())) / 60_000
      waits.push(minutes)
      bank.clock.pass(minutes)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16])
    expect(bank.logged.some(({ level }) => level === 'ERROR')).toBe(false)
    await sweepDue(bank.system, always)
    // What falls due at the same moment comes in no order.
    const alarms = bank.logged.filter(({ level }) => level === 'ERROR')
    expect(alarms).toHaveLength(2)
    expect(alarms).toEqual(
      expect.arrayContaining(
        ['m1', 'm2'].map((mail) =>
          expect.objectContaining({
            message: 'A duty keeps failing.',
            case: id,
            item: `DUTY#${id}-2-${mail}`,
            attempts: 6,
          }),
        ),
      ),
    )
  })

  test('because the reply was lost comes again as a copy that can be told by its duty', async () => {
    const bank = await registered()
    const send: typeof bank.system.mailer.send = async (mail) => {
      await bank.system.mailer.send(mail)
      throw new Error('The reply was lost.')
    }
    await file(bank.called, 1)
    const task = { assistantId: id, applicationId: `${id}-1`, begin: 'branch', round: 1, taskToken: 'token' }
    await bank.functions.openStage({ ...bank.called, mailer: { send } })(task)
    bank.clock.pass(2)
    await sweepDue(bank.system, always)
    expect(fulfilled(bank)).toEqual([`${id}-2-m1`, `${id}-2-m1`, `${id}-2-m2`, `${id}-2-m2`])
  })
})

describe('a mail that was sent, where the table refuses to strike it off', () => {
  /** The system whose table refuses so many times; how often anybody waits therefore is counted. */
  const refusing = (system: System, times: number) => {
    const counted = { refusals: 0, pauses: 0 }
    const complete: System['duties']['complete'] = async (struck, now) => {
      if (counted.refusals < times) {
        counted.refusals += 1
        throw new Error('The table is busy.')
      }
      await system.duties.complete(struck, now)
    }
    const pause = async () => {
      counted.pauses += 1
    }
    return { counted, faulty: { ...system, pause, duties: { ...system.duties, complete } } }
  }

  /** Opens the first stage, which mails the branch. */
  const askBranch = async (bank: TestBank, system: System): Promise<void> => {
    await file(bank.called, 1)
    const task = { assistantId: id, applicationId: `${id}-1`, begin: 'branch', round: 1, taskToken: 'token' }
    await bank.functions.openStage(system)(task)
  }

  /** Lets every try have its time. */
  const sweepOn = async (bank: TestBank): Promise<void> => {
    bank.clock.pass(10)
    await sweepDue(bank.system, always)
  }

  test('comes once if it is struck off seconds later by whoever committed it', async () => {
    const bank = await registered()
    const { counted, faulty } = refusing(bank.called, 2)
    await askBranch(bank, faulty)
    await sweepOn(bank)
    expect(fulfilled(bank)).toEqual([`${id}-2-m1`, `${id}-2-m2`])
    expect(counted).toEqual({ refusals: 2, pauses: 2 })
  })

  test('comes once if it is struck off seconds later by the sweep', async () => {
    const bank = await registered()
    bank.ses.pauseSending()
    await askBranch(bank, bank.called)
    bank.ses.resumeSending()
    bank.clock.pass(2)
    await sweepDue(refusing(bank.system, 2).faulty, always)
    await sweepOn(bank)
    expect(fulfilled(bank)).toEqual([`${id}-2-m1`, `${id}-2-m2`])
  })

  test('is given up to the sweep if the table goes on refusing, and comes again', async () => {
    const bank = await registered()
    const { counted, faulty } = refusing(bank.called, Infinity)
    await askBranch(bank, faulty)
    expect(counted).toEqual({ refusals: 4, pauses: 3 })
    expect(bank.logged.map(({ message, duty }) => [message, duty])).toEqual(
      expect.arrayContaining(['m1', 'm2'].map((mail) => ['Left a duty to the sweep.', `${id}-2-${mail}`])),
    )
    await sweepOn(bank)
    expect(fulfilled(bank)).toEqual([`${id}-2-m1`, `${id}-2-m1`, `${id}-2-m2`, `${id}-2-m2`])
  })
})

describe('an execution', () => {
  test('that died before a decision is replaced as the decision is made, from the record', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    await bank.states.stopAll()
    done(await decide(bank.system, id, people.branch, 'approve'))
    await bank.states.idle()
    expect(openStageOf(await load(bank.system, id))).toMatchObject({ stage: 'hq' })
    expect(bank.states.history(`${id}-1-hq-1-0`)).toEqual(['Begin', 'HqApproval'])
  })

  test('that was not told of a decision goes on when the sweep tells it, 15 minutes later', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    const succeed = () => Promise.reject(new Error('Step Functions is out of reach.'))
    const faulty = { ...bank.system, workflow: { ...bank.system.workflow!, succeed } }
    done(await decide(faulty, id, people.branch, 'approve'))
    bank.clock.pass(14)
    await sweepDue(bank.system, always)
    expect(openStageOf(await load(bank.system, id))).toBeNull()
    bank.clock.pass(1)
    await sweepDue(bank.system, always)
    await bank.states.idle()
    expect(openStageOf(await load(bank.system, id))).toMatchObject({ stage: 'hq' })
    expect(bank.states.executions()).toHaveLength(1)
  })

  test('that died after it was told of a decision is replaced by the sweep, once', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    // The answer arrives, and the execution dies before it comes to HQ.
    const succeed = async () => {
      await bank.states.stopAll()
      return true
    }
    const faulty = { ...bank.system, workflow: { ...bank.system.workflow!, succeed } }
    done(await decide(faulty, id, people.branch, 'approve'))
    expect(openStageOf(await load(bank.system, id))).toBeNull()
    bank.clock.pass(15)
    await Promise.all([sweepDue(bank.system, always), sweepDue(bank.system, always)])
    await bank.states.idle()
    expect(openStageOf(await load(bank.system, id))).toMatchObject({ stage: 'hq' })
    expect(bank.states.executions()).toHaveLength(2)

    bank.clock.pass(30)
    await sweepDue(bank.system, always)
    expect(bank.states.executions()).toHaveLength(2)
    expect(await dutiesLeft(bank)).toEqual([])
  })

  test('that never came to its first stage is started again', async () => {
    const bank = await registered()
    const start = async () => undefined
    await file({ ...bank.system, workflow: { ...bank.system.workflow!, start } }, 1)
    bank.clock.pass(15)
    await sweepDue(bank.system, always)
    await bank.states.idle()
    expect(openStageOf(await load(bank.system, id))).toMatchObject({ stage: 'branch' })
  })
})

describe('time passes', () => {
  test('for every case by its own alarm, and not before', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    bank.clock.pass(24 * 60)
    await branchAsked(bank, 2)
    const alarm = alarmOf(await load(bank.system, id))!
    bank.clock.moveTo(new Date(Date.parse(alarm) - 1).toISOString())
    await sweepDue(bank.system, always)
    expect(await trail(bank.system, id)).not.toContain('stage-reminded')
    bank.clock.moveTo(alarm)
    await sweepDue(bank.system, always)
    expect((await trail(bank.system, id)).filter((type) => type === 'stage-reminded')).toHaveLength(1)
    expect(await trail(bank.system, caseId(2))).not.toContain('stage-reminded')
  })

  test('also where the sweep was away for weeks: everything happens once and in its order', async () => {
    const bank = await registered()
    await branchAsked(bank, 1)
    await branchAsked(bank, 2)
    bank.clock.moveTo('2025-06-30T01:00:00.000Z')
    await Promise.all([sweepDue(bank.system, always), sweepDue(bank.system, always)])
    await sweepDue(bank.system, always)
    for (const number of [1, 2]) {
      const types = await trail(bank.system, caseId(number))
      expect(types.slice(2)).toEqual([
        'stage-reminded',
        'stage-reminded',
        'stage-escalated',
        'stage-reminded',
        'stage-escalated',
        'application-expired',
      ])
    }
    await bank.states.idle()
    expect(bank.states.executions().map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED'])
  })
})
