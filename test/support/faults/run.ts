import { setImmediate as nextTurn } from 'node:timers/promises'
import type * as OpenStage from '../../../functions/open-stage.ts'
import type * as TakeEffect from '../../../functions/take-effect.ts'
import { execute } from '../../../functions/execute.ts'
import { answer, show } from '../../../functions/answering.ts'
import { anchorDue } from '../../../functions/anchor-due.ts'
import { sweepDue } from '../../../functions/sweep-due.ts'
import { anchoringOf } from '../../../functions/adapters/anchoring.ts'
import type { Anchors } from '../../../functions/adapters/anchors.ts'
import type { System } from '../../../functions/adapters/system.ts'
import { setEnvironment } from '../../../infra/local/environment.ts'
import { openStageOf, type AssistantCase } from '../../../shared/domain/assistant.ts'
import { replyAddress } from '../../../functions/mail/links.ts'
import { receive } from '../../../functions/mail/receive.ts'
import type { Approval, Decision } from '../../../shared/domain/events.ts'
import { nextStep } from '../../../shared/domain/next-step.ts'
import { addMinutes, type Instant } from '../../../shared/domain/time.ts'
import { register, caseId, employee, filing } from '../../functions/support.ts'
import { monday, organisation, people } from '../bank.ts'
import { Executions } from './executions.ts'
import { MemoryTable } from './memory-table.ts'
import { type Fate, type Process, startProcess, variables, type World } from './processes.ts'

/** Something that somebody, or time, does to the one case of a run; each is a process of its own. */
export type Action =
  | { readonly kind: 'decide'; readonly nth: number; readonly decision: Decision }
  /** An approver answers by mail; SES may deliver it twice. */
  | { readonly kind: 'reply'; readonly nth: number; readonly text: string }
  | { readonly kind: 'dispute' }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'amend' }
  /** What is due is done, and the heads that are due are kept: by a process each. */
  | { readonly kind: 'sweep' }
  | { readonly kind: 'anchor' }
  /** What was left lies long enough to be due, and two sweeps come for it at once. */
  | { readonly kind: 'sweeps-at-once' }
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'lose-executions' }
  /** One more execution is started at the step that the case stands at: two meet there. */
  | { readonly kind: 'start-again' }

/** How far the case has come before anything goes wrong. */
export type Beginning = 'nothing' | 'at-branch' | 'at-hq'

export const id = caseId(1)

const always = () => true

const calm: Fate = { turn: async () => undefined, next: () => 'none' }

/** A bank in memory with one case, on which processes run under a fate that can be changed. */
export class Run {
  readonly sent: World['sent'] = []
  readonly published: World['published'] = []
  readonly anchors: World['anchors'] = new Map()
  readonly executions: Executions
  readonly #world: World
  readonly #alter: (system: System) => System
  #fate: Fate = calm
  #now: Instant = monday
  #running = 0
  #started = 0
  /** Whether days went by at once, as while the sweep is away. */
  hasLeapt = false

  constructor(
    { table, functions }: Prepared,
    /** What a wrong implementation does otherwise. */
    alter: (system: System) => System = (system) => system,
  ) {
    this.#alter = alter
    this.executions = new Executions({
      openStage: (input) => this.#process(functions.openStage, input),
      takeEffect: (input) => this.#process(functions.takeEffect, input),
    })
    this.#world = {
      table: table.copy(),
      published: this.published,
      anchors: this.anchors,
      sent: this.sent,
      workflow: this.executions,
      now: () => this.#now,
    }
  }

  get now(): Instant {
    return this.#now
  }

  get table(): MemoryTable {
    return this.#world.table
  }

  moveTo(instant: Instant): void {
    if (instant > this.#now) this.#now = instant
  }

  under(fate: Fate): void {
    this.#fate = fate
  }

  calmDown(): void {
    this.#fate = calm
  }

  /** A system to look at what has come of it. */
  get observer(): System {
    return startProcess(this.#world, calm).system
  }

  /** Does all that is due, while nothing goes wrong. */
  async sweep(): Promise<void> {
    const { system, anchors } = startProcess(this.#world, calm)
    await sweepDue(system, always)
    await anchorDue(anchoringOf(system, anchors), always)
  }

  /** Resolves when nothing moves any more by itself, given that `turns` lets every call have its turn. */
  async rest(turns: () => Promise<unknown> = async () => undefined): Promise<void> {
    do {
      await turns()
      await nextTurn()
    } while (this.#running > 0)
  }

  /** Runs a function as a process; rejects when it fails or dies. */
  async #process<Input>(handler: (system: System) => (input: Input) => Promise<void>, input: Input): Promise<void> {
    await this.#live(startProcess(this.#world, this.#fate, false), (system) => handler(system)(input))
  }

  async #live<Result>(process: Process, work: (system: System) => Promise<Result>): Promise<Result> {
    this.#running += 1
    try {
      return await Promise.race([work(this.#alter(process.system)), process.death])
    } finally {
      this.#running -= 1
    }
  }

  /** Starts what somebody does; what fails in it is theirs to do again, and they don't. */
  begin(action: Action): void {
    const process = startProcess(this.#world, this.#fate)
    void this.#live(process, (system) => this.#do(action, system, process.anchors)).catch(() => undefined)
  }

  async #do(action: Action, system: System, anchors: Anchors): Promise<unknown> {
    switch (action.kind) {
      case 'decide':
        return this.#decide(system, action.nth, action.decision)
      case 'reply':
        return this.#reply(system, action.nth, action.text)
      case 'dispute':
        return dispute(system)
      case 'withdraw':
      case 'amend':
        return giveBack(system, action.kind)
      case 'sweep':
        this.begin({ kind: 'anchor' })
        return sweepDue(system, always)
      case 'anchor':
        return anchorDue(anchoringOf(system, anchors), always)
      case 'sweeps-at-once':
        this.moveTo(addMinutes(this.#now, 20))
        this.begin({ kind: 'sweep' })
        this.begin({ kind: 'anchor' })
        return sweepDue(system, always)
      case 'pass':
        this.hasLeapt ||= action.minutes >= 24 * 60
        this.moveTo(addMinutes(this.#now, action.minutes))
        return undefined
      case 'start-again': {
        const state = await system.record.load(id)
        const next = state === null ? null : nextStep(state)
        if (next === null) return undefined
        this.#started += 1
        return system.workflow?.start(`again-${this.#started}`, { assistantId: id, ...next })
      }
      case 'lose-executions':
        return this.executions.loseAll()
    }
  }

  /** One of those who are asked at the moment. */
  async #approval(system: System, nth: number): Promise<Approval | undefined> {
    const state = await system.record.load(id)
    const asked = state === null ? [] : (openStageOf(state)?.asked ?? [])
    return asked[nth % Math.max(asked.length, 1)]
  }

  async #reply(system: System, nth: number, text: string): Promise<unknown> {
    const approval = await this.#approval(system, nth)
    const address = approval === undefined ? null : await replyAddress(system, approval.id)
    if (approval === undefined || address === null) return undefined
    const from = organisation.people.get(approval.approver)?.email ?? ''
    const head = [
      `From: <${from}>`,
      `To: <${address}>`,
      'Subject: Re: request',
      'Content-Type: text/plain; charset=utf-8',
    ]
    return receive(system, {
      id: `message-${approval.id}`,
      raw: Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}\r\n`),
      returnPath: from,
      recipients: [address],
      verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' },
    })
  }

  /** An approver's page: shows the secret, then decides. */
  async #decide(system: System, nth: number, decision: Decision): Promise<unknown> {
    const approval = await this.#approval(system, nth)
    if (approval === undefined) return undefined
    const shown = await show(system, approval.id, await system.secrets.of('approval-link', approval.id))
    if (shown === null) return undefined
    return answer(system, shown, { decision, reason: 'For a reason.', stepUp: 'mail-code', channel: 'page' })
  }

  async file(): Promise<void> {
    const process = startProcess(this.#world, this.#fate)
    await this.#live(process, (system) => execute(system, filing(id, employee(1))))
  }
}

const byFiler = { by: people.filer, onBehalfOf: null, channel: 'api', client: 'hr-demo' } as const

const giveBack = async (system: System, kind: 'withdraw' | 'amend'): Promise<unknown> => {
  const application = (await system.record.load(id))?.applications.at(-1)
  if (application === undefined) return undefined
  const changes = { particulars: {}, purpose: null, grounds: null }
  return execute(system, {
    assistantId: id,
    command:
      kind === 'withdraw'
        ? { type: 'withdraw', applicationId: application.id, reason: 'Changed.' }
        : { type: 'amend', applicationId: application.id, changes, note: null },
    origin: byFiler,
  })
}

const newestDecision = (state: AssistantCase | null) =>
  state?.applications.at(-1)?.stages.findLast(({ decidedBy }) => decidedBy !== null) ?? null

/** The one in whose name the newest decision was made says that it was not they. */
const dispute = async (system: System): Promise<unknown> => {
  const decided = newestDecision(await system.record.load(id))
  const by = decided?.decidedBy ?? null
  const approval = decided?.asked.find(({ approver }) => approver === by)
  if (by === null || approval === undefined) return undefined
  return execute(system, {
    assistantId: id,
    command: { type: 'dispute-decision', approvalId: approval.id, reason: null },
    origin: { by, onBehalfOf: null, channel: 'page', client: null },
  })
}

/** What all runs share: a table with the organisation registered, and the functions. */
export interface Prepared {
  readonly table: MemoryTable
  readonly functions: {
    readonly openStage: typeof OpenStage.openStage
    readonly takeEffect: typeof TakeEffect.takeEffect
  }
}

export const prepare = async (): Promise<Prepared> => {
  // Each handler's module makes its own handler as it is loaded, from the variables of the process.
  const undo = setEnvironment(variables)
  const [{ openStage }, { takeEffect }] = await Promise.all([
    import('../../../functions/open-stage.ts'),
    import('../../../functions/take-effect.ts'),
  ])
  undo()
  const functions = { openStage, takeEffect }
  const bank = new Run({ table: new MemoryTable(), functions })
  await register(bank.observer.directory)
  return { table: bank.table, functions }
}

/** Brings the case to where the run begins, without any fault. */
export const bringTo = async (run: Run, beginning: Beginning): Promise<void> => {
  if (beginning === 'nothing') return
  await run.file()
  await run.rest()
  if (beginning === 'at-branch') return
  run.begin({ kind: 'decide', nth: 0, decision: 'approve' })
  await run.rest()
}
