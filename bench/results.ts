import * as z from 'zod'

// What the measures write down, and the report reads, which may have been written long before. Figures are named where
// they need it; those of a part, a function or a price go by its name.

export const ColdStart = z.object({
  importRatio: z.number(),
  firstCallRatio: z.number(),
  gzipRatio: z.number(),
  rssRatio: z.number(),
  /** Of Node alone, making the calls. */
  nodeRssRatio: z.number(),
  importMs: z.number(),
  firstCallMs: z.number(),
  gzipBytes: z.number(),
  rssBytes: z.number(),
})
export type ColdStart = z.infer<typeof ColdStart>

/** What a part of a case took. */
export const Cost = z.object({
  transitions: z.number(),
  writeUnits: z.number(),
  readUnits: z.number(),
  /** Calls of DynamoDB, a transaction counted once. */
  writes: z.number(),
  reads: z.number(),
  invocations: z.number(),
  /** Of those, calls of the API. */
  calls: z.number(),
  mails: z.number(),
  /** Secrets that KMS derived. */
  macs: z.number(),
  /** Events that HR systems hear. */
  events: z.number(),
})
export type Cost = z.infer<typeof Cost>

/** In US dollars, by what is paid for. */
const Bill = z.record(z.string(), z.number())
const TemporalBill = z.object({ usd: z.number(), historyUsd: z.number() })

export const CaseCosts = z.object({
  transitionsPerApplication: z.number(),
  writeUnits: z.number(),
  readUnits: z.number(),
  invocations: z.number(),
  mails: z.number(),
  parts: z.record(z.string(), Cost),
  /** What so many cases cost, applications approved twice and whole cases, and what the system costs in a month without one. */
  prices: z.object({ cases: z.number(), application: Bill, whole: Bill, standing: Bill }),
  /** What else one would take, for as many. */
  beside: z.object({
    sample: z.object({
      source: z.string(),
      application: z.object({
        transitions: z.number(),
        invocations: z.number(),
        calls: z.number(),
        notifications: z.number(),
      }),
      applicationUsd: z.number(),
      wholeUsd: z.number(),
    }),
    temporal: z.object({
      source: z.string(),
      actions: z.object({ application: z.number(), whole: z.number() }),
      application: TemporalBill,
      whole: TemporalBill,
    }),
  }),
})
export type CaseCosts = z.infer<typeof CaseCosts>

/** What the same work took beside so many others. */
export const Beside = z.object({
  sweepMs: z.number(),
  sweepReads: z.number(),
  sweepReadUnits: z.number(),
  sweepWrites: z.number(),
  byIdMs: z.number(),
  listMs: z.number(),
})
export type Beside = z.infer<typeof Beside>

export const Growth = z.object({
  /** The largest bank's figures to the smallest's. */
  sweep: z.object({ readsRatio: z.number(), writesRatio: z.number(), timeRatio: z.number() }),
  byId: z.object({ timeRatio: z.number() }),
  list: z.object({ timeRatio: z.number() }),
  beside: z.record(z.string(), Beside),
})
export type Growth = z.infer<typeof Growth>

/** What calls to decide came to. */
export const Answered = z.object({
  answered: z.number(),
  /** Not answered, or not with the receipt. */
  failed: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
})
export type Answered = z.infer<typeof Answered>

/** What was owed against what came. */
export const Deliveries = z.object({
  lost: z.number(),
  /** Mails beyond the first of the same duty. */
  twice: z.number(),
})
export type Deliveries = z.infer<typeof Deliveries>

export const Burst = Deliveries.extend({
  duties: z.number(),
  memoryMiB: z.number(),
  /** Until a sweep finds nothing left, while people decide. */
  seconds: z.number(),
  /** The most resident memory that a sweep had, and the same with a tenth as much due. */
  peakMiB: z.number(),
  peakMiBOfTenth: z.number(),
  decisionsPerSecond: z.number(),
  decisions: Answered,
  /** Before, with nothing due. */
  decisionsAlone: Answered,
  /** With the first sweep killed after so many mails. */
  killed: Deliveries.extend({ afterMails: z.number() }),
})
export type Burst = z.infer<typeof Burst>

const ByContender = z.object({ zhuli: z.number(), dbos: z.number(), restate: z.number() })
const Latency = z.object({ p50Ms: z.number(), p99Ms: z.number() })
const Latencies = z.object({ zhuli: Latency, dbos: Latency, restate: Latency })
export type Latency = z.infer<typeof Latency>

/** By how many lifecycles are under way at a time. */
export const Throughput = z.object({
  /** Lifecycles in a second, the median of the rounds. */
  c1: ByContender,
  c32: ByContender,
  c128: ByContender,
  /** From filing to the mail that tells that it took effect. */
  latency: z.object({ c1: Latencies, c32: Latencies, c128: Latencies }),
  /** Milliseconds of processor time of the whole machine for a lifecycle, those of the client included. */
  processorMs: z.object({ c1: ByContender, c32: ByContender, c128: ByContender }),
})
export type Throughput = z.infer<typeof Throughput>

/** How a figure was in the beginning, and in the end. */
const FromTo = z.object({ first: z.number(), last: z.number() })
export type FromTo = z.infer<typeof FromTo>

export const Soak = z.object({
  assistants: z.number(),
  /** Of the bank's clock. */
  days: z.number(),
  minutes: z.number(),
  calls: z.number(),
  /** Calls that were made again. */
  repeated: z.number(),
  serverErrors: z.number(),
  /** Decisions that were acknowledged to whom they are by. */
  decisions: z.number(),
  mails: z.number(),
  /** Mails that came twice: whoever was killed between sending one and noting it sends it again. */
  mailsTwice: z.number(),
  kills: z.object({ system: z.number(), engine: z.number() }),
  lost: z.number(),
  doubled: z.number(),
  stuck: z.number(),
  /** Resident MiB of each process in the last, undisturbed part: its first quarter, and its last. */
  memory: z.object({ system: FromTo, engine: FromTo }),
  /** MiB that a collection of all garbage leaves in the system, a month into that part, and at its end. */
  alive: FromTo,
})
export type Soak = z.infer<typeof Soak>
