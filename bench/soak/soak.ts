import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Day, Instant } from '../../shared/domain/time.ts'
import { addDays } from '../../shared/domain/time.ts'
import { median } from '../figures.ts'
import type { FromTo, Soak } from '../results.ts'
import { audit, type Findings } from './audit.ts'
import { createClient, type SoakClient } from './client.ts'
import { createPeople, type Ledger, type People } from './people.ts'
import { type SoakedProcess, startProcess, type Victim } from './process.ts'
import { freePort } from '../../infra/local/free-port.ts'

interface Soaked extends Soak {
  /** Where data and log of a run stay that found something; null otherwise. */
  readonly kept: string | null
  readonly findings: Findings
}

/** The course of a run, in days of the bank's clock. */
const course = { filing: 600, disturbed: 800, warm: 830, last: 930, quiet: 90 } as const
/** Milliseconds between two kills, at most and at least. */
const killsEvery = [3000, 15_000] as const
/** Days within which whatever waits for people has been answered, or has expired. */
const settledWithin = 60

/** Kills one process or the other, again and again. @returns what ends that */
const disturb = (process: SoakedProcess): (() => Promise<void>) => {
  const ending = new AbortController()
  const done = (async () => {
    for (;;) {
      try {
        await pause(randomInt(...killsEvery), undefined, { signal: ending.signal })
      } catch {
        return
      }
      await process.kill(randomInt(3) === 0 ? 'engine' : 'system')
    }
  })()
  return async () => {
    ending.abort()
    await done
  }
}

/** Turns the clock by some days and hours at once, and now and then by many. */
const jump = (): number => (randomInt(20) === 0 ? 12 : 1 + randomInt(4))
const instantOn = (day: Day): Instant => `${day}T0${randomInt(1, 9)}:${randomInt(10, 60)}:00.000Z` as Instant

const twice = (keys: readonly (string | undefined)[]): number => {
  const known = keys.filter((key) => key !== undefined)
  return known.length - new Set(known).size
}

/** What a run goes by. */
interface Run {
  readonly assistants: number
  readonly process: SoakedProcess
  readonly client: SoakClient
  readonly people: People
  /** The day before the first. */
  readonly begin: Day
  /** Bytes of resident memory, now and then, once nothing is killed any more. */
  readonly memory: Readonly<Record<Victim, number>>[]
  /** Bytes that are alive in the system, once it has done everything since its last start, and when all is settled. */
  readonly alive: number[]
  readonly say: (line: string) => void
}

/** People do what they do while time jumps on; `calm` is called when it is time to leave the processes alone. */
const liveThrough = async (run: Run, calm: () => Promise<void>): Promise<void> => {
  const { assistants, process, client, people, begin, memory, alive, say } = run
  let filed = 0
  for (let day = 1; day < course.last; day += jump()) {
    const today = addDays(begin, day)
    await client.turn({ to: instantOn(today) })
    while (filed < assistants && filed / assistants <= day / course.filing) await people.fileOne((filed += 1))
    await people.answerMails()
    await people.keepHouse(today)
    if (day >= course.disturbed) {
      await calm()
      memory.push(await process.memory())
    }
    if (day >= course.warm && alive.length === 0) alive.push(await process.alive())
    say(`day ${day}, ${filed} filed, ${people.waiting()} unanswered, ${client.calls.answered} calls`)
  }
}

/** Everybody answers everything, until whatever was under way has had the time that it may take. */
const settle = async ({ process, client, people, begin, memory, alive }: Run): Promise<void> => {
  for (let day = course.last; day <= course.last + course.quiet; day += 3) {
    await client.turn({ to: instantOn(addDays(begin, day)) })
    await people.answerMails(true)
    memory.push(await process.memory())
  }
  alive.push(await process.alive())
}

/** In MiB, medians of the first quarter of the samples and of the last. */
const ends = (bytes: readonly number[]): FromTo => {
  const quarter = Math.ceil(bytes.length / 4)
  const mib = (some: readonly number[]) => Math.round(median(some) / 2 ** 20)
  return { first: mib(bytes.slice(0, quarter)), last: mib(bytes.slice(-quarter)) }
}

/**
 * A bank over years of its clock, while its processes are killed at random: so many assistants are filed, decided on
 * by people who answer, forget, are away or can't be reached, trained, reviewed, transferred or let go. Then it is
 * left alone until everything has had its time, and what is on record is compared with what was acknowledged.
 */
export const soak = async (assistants: number, say: (line: string) => void): Promise<Soaked> => {
  const begun = performance.now()
  const process = await startProcess(await freePort())
  const client = createClient(process.url)
  const ledger: Ledger = { filed: new Map(), receipts: new Map() }
  const people = createPeople(client, ledger)
  await people.register()
  const begin = (await client.now()).slice(0, 10) as Day
  const memory: Run['memory'] = []
  const alive: Run['alive'] = []
  const run: Run = { assistants, process, client, people, begin, memory, alive, say }
  const calm = disturb(process)
  let isClean = false
  try {
    await liveThrough(run, calm)
    await settle(run)
    const last = course.last + course.quiet
    const findings = await audit(client, ledger, instantOn(addDays(begin, last - settledWithin)))
    const mails = await client.mails()
    const { lost, doubled, stuck } = findings
    isClean = lost.length + doubled.length + stuck.length === 0
    return {
      assistants,
      days: last,
      minutes: Math.round((performance.now() - begun) / 6000) / 10,
      calls: client.calls.answered,
      repeated: client.calls.repeated,
      serverErrors: client.calls.failed,
      decisions: ledger.receipts.size,
      mails: mails.length,
      mailsTwice: twice(mails.map(({ headers }) => headers['x-zhuli-duty'])),
      kills: process.kills,
      lost: lost.length,
      doubled: doubled.length,
      stuck: stuck.length,
      memory: { system: ends(memory.map(({ system }) => system)), engine: ends(memory.map(({ engine }) => engine)) },
      alive: ends(alive),
      findings,
      kept: isClean ? null : process.folder,
    }
  } finally {
    await calm()
    await process.stop(!isClean)
  }
}
