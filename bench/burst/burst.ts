import { setTimeout as pause } from 'node:timers/promises'
import type { Burst } from '../results.ts'
import { type BurstBank, startBurstBank } from './bank.ts'
import { askBranches, decideAtRate } from './decisions.ts'
import { type Limits, startApi, startSweep, sweepLimits } from './functions.ts'

// Everything due at once: the sweep works it off in a process of its own, within the memory and the time of its
// function, while people decide at a steady rate; and again, while it is killed half-way.

const duties = Number(process.env['BENCH_DUTIES'] ?? 10_000)
const perSecond = 20
/** Seconds for which people decide with nothing due: until the API is warm, and then to be measured. */
const warmSeconds = 5
const aloneSeconds = 10
/** Seconds for which there are cases to decide on. */
const mostSeconds = 270
/** Minutes from one sweep to the next, and for which a claimed duty is left to whoever claimed it. */
const interval = 5
/** Sweeps by which whatever failed must be done. */
const mostSweeps = 6
/** Duties that a sweep works on at a time: so many it may have sent and not noted when it is killed. */
const atOnce = 10

const mib = (bytes: number): number => Math.round(bytes / 2 ** 20)

/** Sweeps until one finds nothing to do. @returns the most resident memory of any, in bytes */
const sweepUp = async ({ clock }: BurstBank, limits: Limits): Promise<number> => {
  let peak = 0
  for (;;) {
    const { done, peakBytes } = await startSweep(limits, clock.now()).ended
    peak = Math.max(peak, peakBytes)
    if (done === 0) return peak
  }
}

/** Sweeps at its intervals, so that whatever was put off or claimed is due again. */
const settle = async (bank: BurstBank, limits: Limits): Promise<void> => {
  for (let sweeps = 0; sweeps < mostSweeps; sweeps += 1) {
    bank.turn(interval)
    const { done, left } = await startSweep(limits, bank.clock.now()).ended
    if (done === 0 && left === 0) return
  }
}

const peakOfTenth = async (bank: BurstBank, limits: Limits): Promise<number> => {
  await bank.owe(duties / 10)
  return sweepUp(bank, limits)
}

const killHalfWay = async (bank: BurstBank, limits: Limits): Promise<Burst['killed']> => {
  const owed = await bank.owe(duties)
  const before = bank.mailbox.labels().length
  const came = (): number => bank.mailbox.labels().length - before
  const mails = owed.filter(({ kind }) => kind === 'send-mail').length
  const sweep = startSweep(limits, bank.clock.now())
  const halfCame = async (): Promise<void> => {
    while (came() < mails / 2) await pause(5)
  }
  await Promise.race([halfCame(), sweep.ended.then(() => Promise.reject(new Error('The sweep was too fast to kill.')))])
  await sweep.kill()
  const afterMails = came()
  await settle(bank, limits)
  return { ...bank.deliveriesOf(owed), afterMails }
}

const decideMeanwhile = async (bank: BurstBank, limits: Limits) => {
  const requests = await askBranches(bank, perSecond * (warmSeconds + aloneSeconds + mostSeconds))
  const api = await startApi(bank.clock.now())
  try {
    const decideFor = (seconds: number) => {
      const until = performance.now() + seconds * 1000
      return decideAtRate(api.url, perSecond, requests, () => performance.now() < until)
    }
    await decideFor(warmSeconds)
    const decisionsAlone = await decideFor(aloneSeconds)
    const owed = await bank.owe(duties)
    const begun = performance.now()
    let peak: number | null = null
    const swept = sweepUp(bank, limits).then((bytes) => {
      peak = bytes
      return Math.round((performance.now() - begun) / 1000)
    })
    const deciding = decideAtRate(api.url, perSecond, requests, () => peak === null)
    const [seconds, decisions] = await Promise.all([swept, deciding])
    if (seconds > mostSeconds) throw new Error(`The sweep took ${seconds} seconds: nobody was left to decide.`)
    await settle(bank, limits)
    return { seconds, peakMiB: mib(peak ?? 0), decisions, decisionsAlone, ...bank.deliveriesOf(owed) }
  } finally {
    await api.stop()
  }
}

/** What must not be, whatever the machine. */
const holds = ({ lost, twice, peakMiB, memoryMiB, decisions, killed }: Burst): boolean =>
  lost + twice + decisions.failed + killed.lost === 0 && killed.twice <= atOnce && peakMiB < memoryMiB

/** @throws Error where a duty is lost, or done twice other than by the kill, or a decision is not answered */
export const measureBurst = async (): Promise<Burst> => {
  const limits = sweepLimits()
  const bank = await startBurstBank(duties)
  try {
    const peakMiBOfTenth = mib(await peakOfTenth(bank, limits))
    const killed = await killHalfWay(bank, limits)
    const { memoryMiB } = limits
    const decisionsPerSecond = perSecond
    const meanwhile = await decideMeanwhile(bank, limits)
    const burst: Burst = { duties, memoryMiB, peakMiBOfTenth, decisionsPerSecond, ...meanwhile, killed }
    if (!holds(burst)) throw new Error(`The burst is not worked off as it must be: ${JSON.stringify(burst)}`)
    return burst
  } finally {
    await bank.stop()
  }
}
