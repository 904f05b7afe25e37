import type { Duties } from '../../functions/adapters/duties.ts'
import type { Clock } from './clock.ts'
import type { Instant } from '../../shared/domain/time.ts'

/** An entry of what is due: which item, and when. */
export interface Due {
  readonly item: string
  readonly dueAt: Instant
}

export interface Engines {
  readonly clock: Clock
  /** Resolves when no execution moves by itself. */
  readonly idle: () => Promise<void>
  /** What is due first, if anything is by `until`. */
  readonly earliest: (until: Instant) => Promise<Due | undefined>
  /** Does what is due by the clock. */
  readonly sweep: () => Promise<void>
}

/** What is due first by `until`, of all that the functions do by the clock. */
export const earliestOf = async (all: readonly Pick<Duties, 'due'>[], until: Instant): Promise<Due | undefined> => {
  const firsts = await Promise.all(all.map((each) => each.due(until, 1)))
  const [due] = firsts.flat().toSorted((a, b) => a.dueAt.localeCompare(b.dueAt))
  return due && { item: `${due.key['pk']?.S} ${due.key['sk']?.S}`, dueAt: due.dueAt }
}

/** Something falls due again and again because it can't be done; time doesn't go on past it. */
export class TimeStopped extends Error {
  override readonly name = 'TimeStopped'
  readonly item: string
  constructor(item: string) {
    super(`${item} stays due, whatever the sweep does.`)
    this.item = item
  }
}

/**
 * How often an entry may fall due within a day of the bank's time. What fails is put off by minutes and then by hours,
 * so without this bound a turn by a year would try it tens of thousands of times.
 */
const triesADay = 20
const dayMs = 24 * 60 * 60 * 1000

/** Takes note of what falls due. @throws TimeStopped when it has done so too often */
const createWatch = (): ((due: Due) => void) => {
  const lately = new Map<string, readonly number[]>()
  return ({ item, dueAt }) => {
    const at = Date.parse(dueAt)
    const times = [...(lately.get(item) ?? []), at].filter((time) => at - time < dayMs)
    if (times.length > triesADay) throw new TimeStopped(item)
    lately.set(item, times)
  }
}

const drain = async ({ clock, idle, earliest, sweep }: Engines, until: Instant, signal: AbortSignal): Promise<void> => {
  const watch = createWatch()
  for (;;) {
    signal.throwIfAborted()
    await idle()
    const due = await earliest(until)
    if (due === undefined) return
    watch(due)
    clock.reach(due.dueAt)
    await sweep()
  }
}

export interface Timekeeper {
  /** Time moves on to where `target` says, and everything that falls due on the way happens in its order. */
  readonly advance: (target: (now: Instant) => Instant) => Promise<void>
  /** Does what has fallen due in the meantime. */
  readonly catchUp: () => Promise<void>
  /** Lets nothing begin any more, and resolves when what was under way has ended. */
  readonly stop: () => Promise<void>
}

/** Turns the clock, one turn at a time: the second of two that come together begins where the first ended. */
export const createTimekeeper = (engines: Engines): Timekeeper => {
  const { clock } = engines
  const stopping = new AbortController()
  let queue: Promise<unknown> = Promise.resolve()

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = queue.then(work)
    queue = done.catch(() => undefined)
    return done
  }

  return {
    advance: (targetOf) =>
      inTurn(async () => {
        const target = targetOf(clock.now())
        await drain(engines, target, stopping.signal)
        clock.reach(target)
        await drain(engines, clock.now(), stopping.signal)
      }),
    catchUp: () => inTurn(() => drain(engines, clock.now(), stopping.signal)),
    stop: async () => {
      stopping.abort(new Error('The system is stopping.'))
      await queue
    },
  }
}
