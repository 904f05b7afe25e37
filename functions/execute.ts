import type { AssistantCase } from '../shared/domain/assistant.ts'
import { advance } from '../shared/domain/chain.ts'
import type { Command } from '../shared/domain/commands.ts'
import type { Context, Origin } from '../shared/domain/context.ts'
import { decide } from '../shared/domain/decide.ts'
import { anchoringOf, dutiesOf, reducingOf } from '../shared/domain/duties.ts'
import type { StageRef } from '../shared/domain/duty.ts'
import type { RecordedEvent } from '../shared/domain/events.ts'
import type { AssistantId, EmployeeNo } from '../shared/domain/ids.ts'
import type { Organisation } from '../shared/domain/organisation.ts'
import type { Period } from '../shared/domain/performance.ts'
import { isRefusal, type Refusal, refuse } from '../shared/domain/refusal.ts'
import type { Answer } from './adapters/answers.ts'
import { digest } from './adapters/digest.ts'
import type { Commit, Write } from './adapters/record.ts'
import type { System } from './adapters/system.ts'
import { attempt } from './perform.ts'
import { changed, retry } from './retry.ts'

/** A case and the bank around it, as somebody has just looked at them; null for a case that has yet to begin. */
export interface Seen {
  readonly state: AssistantCase | null
  readonly organisation: Organisation
}

/** A command, whom it is about and who gives it. */
export interface Order {
  readonly assistantId: AssistantId
  readonly command: Command
  readonly origin: Origin
  /** What the caller has looked at, so that it need not be read again: if it has changed since, the commit finds out. */
  readonly seen?: Seen
  /** The task token to keep with the stage that the command opens. */
  readonly token?: { readonly stage: StageRef; readonly value: string }
  /** What the caller is answered if the command is carried out, where it is to be kept for a repetition. */
  readonly answer?: (state: AssistantCase, recorded: readonly RecordedEvent[]) => Answer | null
  /** What is stored with the events beyond the case itself, in the same transaction. */
  readonly besides?: (recorded: readonly RecordedEvent[]) => readonly Write[]
}

export type Outcome =
  /** `recorded` is what this call changed, and `answer` what is kept for a repetition. */
  | {
      readonly type: 'done'
      readonly state: AssistantCase
      readonly recorded: readonly RecordedEvent[]
      readonly answer: Answer | null
    }
  | { readonly type: 'refused'; readonly refusal: Refusal; readonly state: AssistantCase | null }
  /** Another call with the same idempotency key was carried out meanwhile. */
  | { readonly type: 'answered-meanwhile' }
  /** What was to be stored besides has changed since the order was made out: it is to be made out anew. */
  | { readonly type: 'besides-changed' }

/** Whom a command names who need have nothing to do with the case so far. */
const peopleOf = (command: Command): readonly EmployeeNo[] => (command.type === 'name-mentor' ? [command.mentor] : [])

/** Loads the bank around a case. Every case has a centre; one that is gone is a fault of the record. */
export const organisationOf = async (
  system: System,
  state: AssistantCase,
  command: Command | null = null,
): Promise<Organisation> => {
  const filers = state.applications.map(({ filedBy }) => filedBy)
  const { mentor } = state.training
  const others = [...filers, ...(mentor === null ? [] : [mentor]), ...(command === null ? [] : peopleOf(command))]
  const { centreId, branchId } = state.particulars
  const organisation = await system.directory.around(centreId, others, branchId)
  if (organisation === null) throw new Error(`The centre of case ${state.id} is not on record.`)
  const periods = Object.keys(state.performance) as Period[]
  return periods.length === 0 ? organisation : { ...organisation, scoring: await system.performance.rules(periods) }
}

/** Looks at what an order is about; null where a case is not on record that it does not begin. */
const lookAt = async (system: System, { assistantId, command }: Order): Promise<Seen | null> => {
  const state = await system.record.load(assistantId)
  if (state !== null) return { state, organisation: await organisationOf(system, state, command) }
  if (command.type !== 'file-onboarding') return null
  const { centreId, branchId } = command.particulars
  const organisation = await system.directory.around(centreId, [command.filedBy], branchId)
  return organisation === null ? null : { state, organisation }
}

const contextOf = (system: System, { state, organisation }: Seen, origin: Origin): Context => {
  const { zone, calendar, policies } = system
  const at = system.now()
  // Whoever changed the case last may have had a clock that is ahead: within a case, time never goes back.
  const now = state !== null && state.changedAt > at ? state.changedAt : at
  return { now, zone, calendar, policies, organisation, origin, digest }
}

/** What an order would make of a case, without carrying it out; null where it would be refused. */
export const preview = async (
  system: System,
  state: AssistantCase,
  { command, origin }: Order,
): Promise<AssistantCase | null> => {
  const context = contextOf(system, { state, organisation: await organisationOf(system, state) }, origin)
  const decided = decide(command, state, context)
  return isRefusal(decided) ? null : advance(state, decided, context).state
}

/**
 * Commands that add to what is known of an assistant. A case can be too full for them, and is never too full to be
 * decided on, to go on and to end.
 */
const adds: ReadonlySet<Command['type']> = new Set([
  'file-transfer',
  'amend',
  'name-mentor',
  'set-training-plan',
  'record-assessment',
  'record-attendance',
  'assign-clients',
  'receive-clients',
  'record-performance',
  'record-violation',
  'record-qualifications',
])

/** Bytes of a case's JSON. Deflated it takes a fraction of the 400 KB of an item, most of which is so left for decisions. */
const mostBytes = 300 * 1024

const bytesOf = (state: AssistantCase): number => Buffer.byteLength(JSON.stringify(state))

/** Whether a change makes a case larger than it may be; one that makes it smaller is what leads out of that. */
const overfills = (before: AssistantCase, after: AssistantCase): boolean => {
  const bytes = bytesOf(after)
  return bytes > mostBytes && bytes >= bytesOf(before)
}

interface Prepared {
  readonly type: 'prepared'
  readonly commit: Commit
  readonly organisation: Organisation
}

type Refused = Extract<Outcome, { type: 'refused' }>
type Unchanged = { readonly type: 'unchanged'; readonly state: AssistantCase }

/** Load and decide. */
const prepare = async (system: System, order: Order, seen: Seen | null): Promise<Prepared | Refused | Unchanged> => {
  const { command, origin } = order
  const looked = seen ?? (await lookAt(system, order))
  if (looked === null) return { type: 'refused', refusal: unknown(command), state: null }
  const { state: before, organisation } = looked
  const context = contextOf(system, looked, origin)
  const decided = decide(command, before, context)
  if (isRefusal(decided)) return { type: 'refused', refusal: decided, state: before }
  if (before !== null && decided.length === 0) return { type: 'unchanged', state: before }
  const advanced = advance(before, decided, context)
  const { recorded, state } = advanced
  if (before !== null && adds.has(command.type) && overfills(before, state))
    return { type: 'refused', refusal: refuse('case-full'), state: before }
  const commit: Commit = {
    before,
    advanced,
    duties: [
      ...dutiesOf(before, recorded, organisation),
      ...reducingOf(before, state, context),
      ...anchoringOf(before, state, context),
    ],
    token: order.token ?? null,
    answer: order.answer?.(state, recorded) ?? null,
    besides: order.besides?.(recorded) ?? [],
    now: context.now,
  }
  return { type: 'prepared', commit, organisation }
}

/** It is so already: all there is to keep is the answer. */
const unchanged = async (system: System, { answer }: Order, state: AssistantCase): Promise<Outcome> => {
  const toKeep = answer?.(state, []) ?? null
  const isKept = toKeep === null || (await system.answers.keep(toKeep, system.now()))
  return isKept ? { type: 'done', state, recorded: [], answer: toKeep } : { type: 'answered-meanwhile' }
}

/** Commits, and does what follows. */
const store = async (
  system: System,
  prepared: readonly [Prepared, ...Prepared[]],
): Promise<Outcome | typeof changed> => {
  const [{ commit }] = prepared
  const { state, recorded } = commit.advanced
  switch (await system.record.commit(...prepared.map((one) => one.commit))) {
    case 'committed':
      await Promise.all(
        prepared.map(({ organisation, commit: { advanced, duties } }) =>
          attempt(system, duties, async () => ({ ...advanced, organisation: async () => organisation })),
        ),
      )
      return { type: 'done', state, recorded, answer: commit.answer }
    case 'already-answered':
      return { type: 'answered-meanwhile' }
    case 'besides-changed':
      return { type: 'besides-changed' }
    case 'post-is-live':
      return { type: 'refused', refusal: livePost(commit), state: commit.before }
    case 'version-conflict':
      return changed
  }
}

/**
 * Load, decide, commit: until the command is refused, stored, or the case has changed too often meanwhile. Orders about
 * other cases that come `together` with it are stored in the same transaction, or not at all.
 * @throws TooBusy
 */
export const execute = (system: System, order: Order, ...together: readonly Order[]): Promise<Outcome> =>
  retry(system, order.command.type, async (isFirst) => {
    const prepared: Prepared[] = []
    for (const each of [order, ...together]) {
      const one = await prepare(system, each, isFirst ? (each.seen ?? null) : null)
      if (one.type === 'refused') return one
      if (one.type === 'unchanged') return unchanged(system, order, one.state)
      prepared.push(one)
    }
    return store(system, prepared as [Prepared, ...Prepared[]])
  })

const unknown = (command: Command): Refusal =>
  command.type === 'file-onboarding'
    ? refuse('unknown-centre', { centre: command.particulars.centreId }, '/assistant/centreId')
    : refuse('unknown-assistant')

/** Only a filing names the employee: a decision that gives a case its post back has no member to point at. */
const livePost = ({ before, advanced: { state } }: Commit): Refusal =>
  refuse(
    'already-live',
    { employeeNo: state.particulars.employeeNo },
    before === null ? '/assistant/employeeNo' : undefined,
  )
