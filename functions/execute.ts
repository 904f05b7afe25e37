import type { AssistantCase } from '../shared/domain/assistant.ts'
import { advance } from '../shared/domain/chain.ts'
import type { Command } from '../shared/domain/commands.ts'
import type { Context, Origin } from '../shared/domain/context.ts'
import { decide } from '../shared/domain/decide.ts'
import { dutiesOf } from '../shared/domain/duties.ts'
import type { StageRef } from '../shared/domain/duty.ts'
import type { AssistantId } from '../shared/domain/ids.ts'
import type { Organisation } from '../shared/domain/organisation.ts'
import { isRefusal, type Refusal, refuse } from '../shared/domain/refusal.ts'
import type { Answer } from './adapters/answers.ts'
import { digest } from './adapters/digest.ts'
import type { System } from './adapters/system.ts'
import { attempt } from './perform.ts'

/** A command, whom it is about and who gives it. */
export interface Order {
  readonly assistantId: AssistantId
  readonly command: Command
  readonly origin: Origin
  /** The task token to keep with the stage that the command opens. */
  readonly token?: { readonly stage: StageRef; readonly value: string }
  /** What the caller is answered if the command is carried out, where it is to be kept for a repetition. */
  readonly answer?: (state: AssistantCase) => Answer | null
}

export type Outcome =
  | { readonly type: 'done'; readonly state: AssistantCase }
  | { readonly type: 'refused'; readonly refusal: Refusal; readonly state: AssistantCase | null }
  /** Another call with the same idempotency key was carried out meanwhile. */
  | { readonly type: 'answered-meanwhile' }

/** The case changed under every try; nothing was stored and the caller may try again. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy'
}

/** How often something is tried again because the case changed meanwhile. */
export const tries = 8

/** Milliseconds of a pause before the next try, at most, times the tries so far: enough to let the others through. */
const pauseUnit = 20

/** Loads the bank around a case. Every case has a centre; one that is gone is a fault of the record. */
export const organisationOf = async (system: System, state: AssistantCase): Promise<Organisation> => {
  const filers = state.applications.map(({ filedBy }) => filedBy)
  const organisation = await system.directory.around(state.particulars.centreId, filers)
  if (organisation === null) throw new Error(`The centre of case ${state.id} is not on record.`)
  return organisation
}

const worldOf = async (system: System, command: Command, state: AssistantCase | null): Promise<Organisation | null> => {
  if (state !== null) return organisationOf(system, state)
  if (command.type !== 'file-onboarding') return null
  return system.directory.around(command.particulars.centreId, [command.filedBy])
}

const contextOf = (system: System, organisation: Organisation, origin: Origin): Context => {
  const { zone, calendar, policies } = system
  return { now: system.now(), zone, calendar, policies, organisation, origin, digest }
}

/** What an order would make of a case, without carrying it out; null where it would be refused. */
export const preview = async (
  system: System,
  state: AssistantCase,
  { command, origin }: Order,
): Promise<AssistantCase | null> => {
  const context = contextOf(system, await organisationOf(system, state), origin)
  const decided = decide(command, state, context)
  return isRefusal(decided) ? null : advance(state, decided, context).state
}

/** Load, decide, commit: until the command is refused, stored, or the case has changed too often meanwhile. */
export const execute = async (system: System, order: Order): Promise<Outcome> => {
  const { assistantId, command, origin } = order
  for (let attempted = 1; attempted <= tries; attempted += 1) {
    const before = await system.record.load(assistantId)
    const organisation = await worldOf(system, command, before)
    if (organisation === null) return { type: 'refused', refusal: unknown(command), state: null }
    const context = contextOf(system, organisation, origin)
    const decided = decide(command, before, context)
    if (isRefusal(decided)) return { type: 'refused', refusal: decided, state: before }
    const advanced = advance(before, decided, context)
    const duties = dutiesOf(before, advanced.recorded, organisation)
    const outcome = await system.record.commit({
      before,
      advanced,
      duties,
      token: order.token ?? null,
      answer: order.answer?.(advanced.state) ?? null,
      now: context.now,
    })
    switch (outcome) {
      case 'committed':
        await attempt(system, duties, async () => ({ state: advanced.state, organisation }))
        return { type: 'done', state: advanced.state }
      case 'already-answered':
        return { type: 'answered-meanwhile' }
      case 'post-is-live':
        return { type: 'refused', refusal: livePost(advanced.state), state: null }
      case 'version-conflict':
        await system.pause(Math.random() * pauseUnit * attempted)
    }
  }
  throw new TooBusy(`The case changed ${tries} times while ${command.type} was being decided.`)
}

const unknown = (command: Command): Refusal =>
  command.type === 'file-onboarding'
    ? refuse('unknown-centre', { centre: command.particulars.centreId }, '/assistant/centreId')
    : refuse('unknown-assistant')

const livePost = ({ particulars }: AssistantCase): Refusal =>
  refuse('already-live', { employeeNo: particulars.employeeNo }, '/assistant/employeeNo')
