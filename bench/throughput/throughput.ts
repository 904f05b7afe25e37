import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { median, percentile } from '../figures.ts'
import type { Latency, Throughput } from '../results.ts'
import { type Contender, startDbos, startRestate, startZhuli } from './contenders.ts'

// Complete lifecycles of an approval (filed, two consents, in effect) in a second, beside what one would pick instead:
// every contender in turn, several times, with so many cases under way at a time.

const widths = [1, 32, 128] as const
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)
/** Lifecycles in a round, several times as many as run at a time. */
const casesOf = (width: number): number => 60 + 4 * width

const starters = { zhuli: startZhuli, dbos: startDbos, restate: startRestate } as const
type Name = keyof typeof starters
const names = Object.keys(starters) as readonly Name[]

interface Round {
  readonly perSecond: number
  readonly latencies: readonly number[]
  /** Of the whole machine, for a lifecycle. */
  readonly processorMs: number
}

/** Milliseconds that the machine's processors have worked. */
const worked = (): number =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0)

const lifecycle = async (contender: Contender, number: number): Promise<void> => {
  const application = await contender.file(number)
  await contender.approve(application, 'branch')
  await contender.approve(application, 'hq')
  await contender.effect(application, number)
}

const measureRound = async (contender: Contender, width: number, next: () => number): Promise<Round> => {
  const latencies: number[] = []
  let left = casesOf(width)
  const [begun, workedBefore] = [performance.now(), worked()]
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const at = performance.now()
      await lifecycle(contender, next())
      latencies.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  const count = latencies.length
  return {
    perSecond: (count * 1000) / (performance.now() - begun),
    latencies,
    processorMs: (worked() - workedBefore) / count,
  }
}

const installRivals = (): void => {
  const cwd = new URL('rivals/', import.meta.url)
  if (!existsSync(new URL('node_modules', cwd))) execFileSync('npm', ['ci'], { cwd, stdio: 'inherit' })
}

const rounded = (value: number): number => Math.round(value * 10) / 10

export const measureThroughput = async (): Promise<Throughput> => {
  installRivals()
  const contenders = new Map<Name, Contender>()
  try {
    for (const name of names) contenders.set(name, await starters[name]())
    let number = 0
    const next = () => (number += 1)
    const perSecond: Record<string, Record<string, number>> = {}
    const latency: Record<string, Record<string, Latency>> = {}
    const processorMs: Record<string, Record<string, number>> = {}
    for (const width of widths) {
      const measured = new Map<Name, Round[]>()
      for (let round = 0; round < rounds; round += 1)
        for (const [name, contender] of contenders)
          measured.set(name, [...(measured.get(name) ?? []), await measureRound(contender, width, next)])
      for (const [name, of] of measured) {
        const latencies = of.flatMap((round) => round.latencies)
        ;(perSecond[`c${width}`] ??= {})[name] = rounded(median(of.map((round) => round.perSecond)))
        ;(processorMs[`c${width}`] ??= {})[name] = rounded(median(of.map((round) => round.processorMs)))
        ;(latency[`c${width}`] ??= {})[name] = {
          p50Ms: rounded(percentile(latencies, 0.5)),
          p99Ms: rounded(percentile(latencies, 0.99)),
        }
      }
    }
    return { ...perSecond, latency, processorMs } as unknown as Throughput
  } finally {
    for (const contender of contenders.values()) await contender.stop()
  }
}
