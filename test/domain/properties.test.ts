import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { digest } from '../../functions/adapters/digest.ts'
import {
  type AssistantCase,
  hasEnded,
  liveApplication,
  liveDispute,
  liveReview,
  openStageOf,
  stagesOf,
  workflowStageOf,
} from '../../shared/domain/assistant.ts'
import { brokenLink } from '../../shared/domain/chain.ts'
import type { DecideStage } from '../../shared/domain/commands.ts'
import { allowedDecisions, answersStill } from '../../shared/domain/deciding.ts'
import { dutiesOf } from '../../shared/domain/duties.ts'
import { evolve } from '../../shared/domain/evolve.ts'
import { isSameStep, nextStep } from '../../shared/domain/next-step.ts'
import { membersOf } from '../../shared/domain/organisation.ts'
import { alarmOf } from '../../shared/domain/passing-time.ts'
import { isRefusal } from '../../shared/domain/refusal.ts'
import type { StageRecord } from '../../shared/domain/stage.ts'
import { anniversaryOf, dayOf } from '../../shared/domain/time.ts'
import { ask, type Bench, contextOf, people } from '../support/bank.ts'
import { beginnings, given, turns } from '../support/histories.ts'

/** Two consents, in order, by two people neither of whom filed nor is the assistant: else nothing has an effect. */
const expectConsents = ({ applications, particulars }: AssistantCase): void => {
  for (const { effectiveAt, status, filedBy, stages } of applications) {
    if (status !== 'approved') {
      expect(effectiveAt).toBeNull()
      continue
    }
    const consents = stages.filter(({ decision, status: counted }) => decision === 'approve' && counted !== 'annulled')
    expect(consents.map(({ stage }) => stage)).toEqual(['branch', 'hq'])
    // Whom a delegate stood in for counts like the delegate.
    const [branch, hq] = consents.map(({ decidedBy, onBehalfOf }) => [decidedBy, onBehalfOf ?? decidedBy])
    expect(branch!.filter((person) => hq!.includes(person))).toEqual([])
    expect([filedBy, particulars.employeeNo].filter((person) => [...branch!, ...hq!].includes(person))).toEqual([])
  }
}

const expectSound = ({ state, events }: Bench): void => {
  if (state === null) return
  expectConsents(state)
  expect(
    state.applications
      .slice(0, -1)
      .every(
        ({ status, effectiveAt }) =>
          status !== 'open' && status !== 'returned' && (status !== 'approved' || effectiveAt !== null),
      ),
  ).toBe(true)
  const open = stagesOf(state).filter(({ status }) => status === 'open')
  expect(open.filter(({ stage }) => stage !== 'dispute').length).toBeLessThanOrEqual(1)
  expect(open.filter(({ stage }) => stage === 'dispute')).toEqual([liveDispute(state)?.stage].filter(Boolean))
  // What is disputed counts for nothing until it is settled.
  if (liveDispute(state) !== null) expect([openStageOf(state)?.stage, nextStep(state)]).toEqual(['dispute', null])
  expect(liveApplication(state) === null || liveReview(state) === null).toBe(true)
  const approvals = stagesOf(state).flatMap(({ asked }) => asked.map(({ id }) => id))
  expect(new Set(approvals).size).toBe(approvals.length)
  expect(brokenLink(events, digest)).toBeNull()
  let replayed: AssistantCase | null = null
  for (const event of events) replayed = evolve(replayed, event)
  expect(replayed).toEqual(state)
}

/** The facts of the post are those of what had effect, and nobody who has left has clients (art. 4, 9). */
const expectStanding = ({ status, applications, onPostSince, reviewDueOn, exit, portfolio }: AssistantCase): void => {
  const [onboarding, ...transfers] = applications
  const since = onboarding!.effectiveAt
  expect(status === 'candidate' || status === 'not-appointed').toBe(since === null)
  expect(onPostSince).toBe(since === null ? null : dayOf(since, 'Asia/Shanghai'))
  expect(reviewDueOn).toBe(onPostSince === null ? null : anniversaryOf(onPostSince))
  expect(transfers.some(({ effectiveAt }) => effectiveAt !== null)).toBe(status === 'transferred')
  expect(exit !== null).toBe(status === 'exiting' || status === 'exited')
  if (exit !== null) expect(portfolio.length > 0).toBe(status === 'exiting')
}

/** Nothing is ever stuck: one thing moves a case on, and as long as it is no step of the workflow, it has its time. */
const expectMoving = (state: AssistantCase): void => {
  const [open, next, live] = [openStageOf(state), nextStep(state), liveApplication(state)]
  const isFrozen = liveDispute(state) !== null
  const moving = {
    ended: hasEnded(state) && !isFrozen,
    asked: open !== null,
    'pending step': next !== null && open === null,
    'with the filer': live?.status === 'returned' && !isFrozen,
    'on the post': state.status === 'on-post' && !isFrozen && live === null && liveReview(state) === null,
  }
  expect(Object.entries(moving).flatMap(([name, is]) => (is ? [name] : []))).toHaveLength(1)
  expect(alarmOf(state) !== null || moving.ended || moving['pending step']).toBe(true)
  const asked = workflowStageOf(state)
  if (asked !== null && !isFrozen)
    expect(next).toEqual({ applicationId: asked.applicationId, begin: asked.stage, round: asked.round })
}

/** Of what was decided, nothing changes any more but that it was annulled. */
const expectKept = (before: AssistantCase, after: AssistantCase): void => {
  const keyOf = ({ applicationId, stage, round }: StageRecord) => `${applicationId} ${stage} ${round}`
  const stages = new Map(stagesOf(after).map((stage) => [keyOf(stage), stage]))
  expect(stages.size).toBe(stagesOf(after).length)
  for (const stage of stagesOf(before).filter(({ decision }) => decision !== null)) {
    const now = stages.get(keyOf(stage))
    expect(now).toEqual({ ...stage, status: now?.status === 'annulled' ? 'annulled' : stage.status })
  }
}

/** Whoever is asked, and is still who answers, may decide or hears why not; nobody else may. */
const expectAnswerable = (bench: Bench): void => {
  const stage = bench.state === null ? null : openStageOf(bench.state)
  for (const approval of stage?.asked ?? []) {
    const [decision] = allowedDecisions(stage!, { now: bench.now, zone: 'Asia/Shanghai' })
    if (decision === undefined) return
    const command: DecideStage = {
      type: 'decide-stage',
      stepUp: 'mail-code',
      approvalId: approval.id,
      decision,
      reason: null,
    }
    const codeFor = (by: typeof approval.approver) => {
      const outcome = ask(bench, command, by)
      return isRefusal(outcome) ? outcome.refused : 'decided'
    }
    const context = contextOf(bench, command, approval.approver)
    const reasons = ['decided', 'no-training-plan', 'training-not-passed', 'no-approver']
    const expected = answersStill(bench.state!, stage!, approval, context) ? reasons : ['unknown-approval', 'four-eyes']
    expect(expected).toContain(codeFor(approval.approver))
    expect(codeFor(people.outsider === approval.approver ? people.filer : people.outsider)).toBe('unknown-approval')
  }
}

/** The workflow is told of each step that comes to wait for it; requests are for what is open, and nobody is passed over. */
const expectOwed = ({ state: before }: Bench, bench: Bench): void => {
  const { state, organisation, events } = bench
  if (state === null) return
  const recorded = events.slice(before?.version ?? 0)
  const duties = dutiesOf(before, recorded, organisation)
  const [open, next] = [openStageOf(state), nextStep(state)]
  const waited = before === null || openStageOf(before) !== null ? null : nextStep(before)
  if (next !== null && open === null && (waited === null || !isSameStep(waited, next)))
    expect(duties).toContainEqual(expect.objectContaining({ kind: 'resume-workflow', next }))
  for (const duty of duties)
    if (duty.kind === 'send-mail' && /request/.test(duty.notice))
      expect(open?.asked).toContainEqual(expect.objectContaining({ id: duty.approvalId, approver: duty.to }))
  for (const { type, data } of recorded) {
    if (type !== 'stage-escalated' || open === null) continue
    const context = contextOf(bench, { type: 'pass-time' }, people.outsider)
    const asked = open.asked.filter((approval) => answersStill(state, open, approval, context))
    const heard = [...data.told, ...asked.map(({ approver }) => approver)]
    const isOver = open.timetable[0]?.act === 'expire' && open.timetable[0].at <= bench.now
    if (!isOver) expect(heard).toEqual(expect.arrayContaining([...membersOf(organisation, data.to)]))
  }
}

test('whatever is done in whatever order, by whomever: the invariants hold after every turn', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...beginnings.keys()),
      fc.array(turns, { minLength: 30, maxLength: 60 }),
      (begin, history) => {
        let bench = beginnings.get(begin)!
        for (const turn of history) {
          const before = bench
          bench = given(bench, turn)
          // Nothing brings back what has ended, unless the decision that ended it is disputed.
          const mayChange = turn.kind === 'dispute' || (before.state !== null && liveDispute(before.state) !== null)
          if (before.state !== null && hasEnded(before.state) && !mayChange) expect(bench.state).toBe(before.state)
          // Only a review that ended the post can be annulled: whoever left by another's word stays away.
          if (before.state?.exit && before.state.exit.ground !== 'below-standard')
            expect(['exiting', 'exited']).toContain(bench.state?.status)
          if (bench.state === before.state) continue
          expectSound(bench)
          expectStanding(bench.state!)
          expectMoving(bench.state!)
          expectAnswerable(bench)
          expectOwed(before, bench)
          if (before.state !== null) expectKept(before.state, bench.state!)
        }
      },
    ),
    { numRuns: 800, seed: 1 },
  )
}, 60_000)
