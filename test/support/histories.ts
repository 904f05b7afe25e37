import * as fc from 'fast-check'
import { type AssistantCase, openStageOf } from '../../shared/domain/assistant.ts'
import type { Command } from '../../shared/domain/commands.ts'
import { ClientId, type EmployeeNo } from '../../shared/domain/ids.ts'
import { Decision } from '../../shared/domain/kinds.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { isRefusal } from '../../shared/domain/refusal.ts'
import { addDays, addMinutes, dayOf, Instant } from '../../shared/domain/time.ts'
import { itemsToPass } from '../../shared/domain/training.ts'
import { actors, impersonal, personal } from './actors.ts'
import { ask, type Bench, done, people } from './bank.ts'
import { planItems, punished } from './cases.ts'
import { type StateName, states } from './states.ts'

const names = <Name extends string>(record: Readonly<Record<Name, unknown>>) => Object.keys(record) as Name[]

/** A history goes on from any state: by chance alone few would come far. */
export const beginnings = new Map<StateName, Bench>(names(states).map((name) => [name, states[name]()]))

/** What ends a case for good is rare: it would cut nearly every history short. */
const isEnd = (name: keyof typeof personal): boolean => /^exit|^withdraw/.test(name)

const personally = (commands: readonly (keyof typeof personal)[]) =>
  fc.record({
    kind: fc.constant('personal' as const),
    command: fc.constantFrom(...commands),
    actor: fc.constantFrom(...Object.values(actors), people.secondBranch, people.secondHq, people.assistant),
  })

const someClients = fc.subarray(
  ['K1', 'K2', 'K3', 'K4'].map((id) => ClientId.parse(id)),
  { minLength: 1 },
)
const trainingActs = fc.constantFrom('plan' as const, 'pass' as const)
const clientActs = fc.constantFrom('assign' as const, 'release' as const, 'hand-over' as const)

/** One turn of a random history: someone gives a command, the bank's people change, or time goes on. */
export const turns = fc.oneof(
  { weight: 24, arbitrary: personally(names(personal).filter((name) => !isEnd(name))) },
  { weight: 1, arbitrary: personally(names(personal).filter(isEnd)) },
  {
    weight: 24,
    arbitrary: fc.record({
      kind: fc.constant('impersonal' as const),
      command: fc.constantFrom(...names(impersonal)),
    }),
  },
  {
    // By chance alone hardly anyone who was asked would answer, and the consents would go untested.
    weight: 24,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      nth: fc.nat(3),
      decision: fc.constantFrom(
        'approve' as const,
        'approve' as const,
        'approve' as const,
        'qualified' as const,
        'uphold' as const,
        'annul' as const,
        ...Decision.options,
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('dispute' as const), nth: fc.nat(1), byPrincipal: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('bounce' as const), nth: fc.nat(3) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('clients' as const), act: clientActs, some: someClients }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('training' as const), act: trainingActs }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('punishment' as const) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('alarm' as const) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('minutes' as const), minutes: fc.nat(4000) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('approvers' as const),
      branch: fc.subarray(Object.values(people), { minLength: 1 }),
      hq: fc.subarray(Object.values(people), { minLength: 1 }),
      head: fc.option(fc.constantFrom(...Object.values(people)), { freq: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('absence' as const),
      absent: fc.constantFrom(...Object.values(people)),
      delegate: fc.option(fc.constantFrom(...Object.values(people)), { freq: 5 }),
      days: fc.nat(20),
    }),
  },
)
export type Turn = typeof turns extends fc.Arbitrary<infer Value> ? Value : never

/** The case after a command, or as it was where the command is refused. */
const tried = (bench: Bench, command: Command, by: EmployeeNo): Bench =>
  isRefusal(ask(bench, command, by)) ? bench : done(bench, command, by)

/** The case after commands that are each tried by somebody of the centre. */
const triedAll = (bench: Bench, commands: readonly Command[]): Bench =>
  commands.reduce((so, command) => tried(so, command, people.head), bench)

/** What makes the plan anew, so that it is to be passed anew, or passes it. */
const trainingOf = (
  { onPostSince, training }: AssistantCase,
  act: 'plan' | 'pass',
  now: Instant,
): readonly Command[] => {
  if (onPostSince === null) return []
  if (act === 'plan') {
    const version = (training.plan?.version ?? 0) + 1
    const items = planItems(onPostSince).map((item) => ({ ...item, id: `${item.id}-${version}` }))
    return [
      { type: 'name-mentor', mentor: people.mentor },
      { type: 'set-training-plan', items },
    ]
  }
  const assessed = { takenOn: dayOf(now, 'Asia/Shanghai'), assessor: people.mentor, score: 80, passed: true }
  return itemsToPass(training).map(({ id: itemId }) => ({ type: 'record-assessment', itemId, ...assessed }))
}

/** Whoever is asked who takes them names somebody; else HR's system does. */
const handedOver = (bench: Bench, clientIds: readonly ClientId[]): Bench => {
  const open = bench.state === null ? null : openStageOf(bench.state)
  const [approval] = open?.stage === 'hand-over' ? open.asked : []
  const command = { type: 'hand-over-clients', clientIds, to: people.mentor, approvalId: approval?.id ?? null } as const
  return tried(bench, command, approval?.approver ?? people.filer)
}

/** No history goes on to where the calendar ends: what happens there has tests of its own. */
const horizon = Instant.parse('2026-09-30T00:00:00.000Z')
const movedTo = (bench: Bench, now: Instant): Bench => (now > horizon ? bench : { ...bench, now })

/** The case after a turn. */
export const given = (bench: Bench, turn: Turn): Bench => {
  switch (turn.kind) {
    case 'personal':
      return tried(bench, personal[turn.command](bench, turn.actor), turn.actor)
    case 'impersonal':
      return tried(bench, impersonal[turn.command](bench), people.outsider)
    case 'answer': {
      const asked = bench.state === null ? [] : (openStageOf(bench.state)?.asked ?? [])
      const approval = asked[turn.nth % Math.max(asked.length, 1)]
      if (approval === undefined) return bench
      const { id: approvalId, approver } = approval
      return tried(
        bench,
        { type: 'decide-stage', stepUp: 'mail-code', approvalId, decision: turn.decision, reason: 'For a reason.' },
        approver,
      )
    }
    case 'dispute': {
      // One of the newest decisions, by the one in whose name it was made.
      const decided = bench.events.filter(({ type }) => type === 'stage-decided').at(-1 - turn.nth)
      if (decided?.type !== 'stage-decided') return bench
      const { approvalId } = decided.data
      const by = (turn.byPrincipal ? decided.onBehalfOf : null) ?? decided.by
      return tried(bench, { type: 'dispute-decision', approvalId, reason: null }, by as EmployeeNo)
    }
    case 'bounce': {
      const asked = bench.state === null ? [] : (openStageOf(bench.state)?.asked ?? [])
      const approval = asked[turn.nth % Math.max(asked.length, 1)]
      if (approval === undefined) return bench
      const { id: approvalId, approver: to } = approval
      const undeliverable = { dutyId: approvalId, kind: 'bounce', to, applicationId: null, approvalId } as const
      return tried(bench, { type: 'report-undeliverable', undeliverable }, people.outsider)
    }
    case 'clients': {
      const { act, some: clientIds } = turn
      if (act === 'hand-over') return handedOver(bench, clientIds)
      return act === 'assign'
        ? tried(bench, { type: 'assign-clients', clientIds, mode: 'each' }, people.filer)
        : tried(bench, { type: 'release-clients', clientIds, servedAs: 'assistant' }, people.filer)
    }
    case 'training':
      return bench.state === null ? bench : triedAll(bench, trainingOf(bench.state, turn.act, bench.now))
    case 'punishment':
      return tried(bench, punished(dayOf(bench.now, 'Asia/Shanghai')), people.filer)
    case 'alarm': {
      const alarm = bench.state === null ? null : alarmOf(bench.state)
      return alarm === null || alarm < bench.now ? bench : movedTo(bench, alarm)
    }
    case 'minutes':
      return movedTo(bench, addMinutes(bench.now, turn.minutes))
    case 'approvers':
      return {
        ...bench,
        organisation: {
          ...bench.organisation,
          centre: { ...bench.organisation.centre, head: turn.head },
          branch: { ...bench.organisation.branch, approvers: turn.branch },
          hq: { ...bench.organisation.hq, approvers: turn.hq },
        },
      }
    case 'absence': {
      const person = bench.organisation.people.get(turn.absent)
      if (person === undefined) return bench
      const from = dayOf(bench.now, 'Asia/Shanghai')
      const delegation = { delegate: turn.delegate, from, until: addDays(from, turn.days), reason: 'Leave' }
      const everyone = new Map(bench.organisation.people).set(turn.absent, { ...person, delegation })
      const away = { ...bench, organisation: { ...bench.organisation, people: everyone } }
      return tried(away, { type: 'reassess-stage' }, people.outsider)
    }
  }
}
