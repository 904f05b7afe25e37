import { unmarshall } from '@aws-sdk/util-dynamodb'
import { digest } from '../../../functions/adapters/digest.ts'
import {
  type AssistantCase,
  liveApplication,
  liveDispute,
  openStageOf,
  stageOfApproval,
  stagesOf,
} from '../../../shared/domain/assistant.ts'
import { brokenLink } from '../../../shared/domain/chain.ts'
import { dutiesOf } from '../../../shared/domain/duties.ts'
import type { RecordedEvent } from '../../../shared/domain/events.ts'
import { isPublished } from '../../../shared/domain/publishing.ts'
import { evolve } from '../../../shared/domain/evolve.ts'
import { nextStep } from '../../../shared/domain/next-step.ts'
import { addMinutes, dayOf, type Instant } from '../../../shared/domain/time.ts'
import { waitingOf } from '../../../shared/domain/waiting.ts'
import { organisation } from '../bank.ts'
import { id, type Run } from './run.ts'

/** Of the bank in memory. */
const zone = 'Asia/Shanghai'

/** Days in which everything that can happen to an application by itself has happened, several rounds of it. */
const quietDays = 120

const earliestDue = (run: Run): Instant | undefined =>
  run.table
    .items()
    .flatMap(({ duePartition, dueAt }) => (duePartition === undefined ? [] : [dueAt?.S as Instant]))
    .toSorted((a, b) => a.localeCompare(b))[0]

/** Nothing goes wrong any more, and time passes: the sweep does what falls due until nothing does for months. */
export const letTimePass = async (run: Run): Promise<void> => {
  const end = addMinutes(run.now, quietDays * 24 * 60)
  await run.rest()
  for (let due = earliestDue(run); due !== undefined && due <= end; due = earliestDue(run)) {
    run.moveTo(due)
    await run.sweep()
    await run.rest()
  }
}

const must = (isFine: boolean, what: string): void => {
  if (!isFine) throw new Error(what)
}

const expectSoundHistory = (state: AssistantCase, events: readonly RecordedEvent[]): void => {
  must(brokenLink(events, digest) === null, 'The chain of events is broken.')
  must(
    events.every(({ seq }, index) => seq === index + 1),
    'The events are not numbered without gaps.',
  )
  let replayed: AssistantCase | null = null
  for (const event of events) replayed = evolve(replayed, event)
  must(JSON.stringify(replayed) === JSON.stringify(state), 'The case is not what its events say.')
  const decided = events.flatMap((event) =>
    event.type === 'stage-decided' ? [`${event.data.applicationId} ${event.data.stage} ${event.data.round}`] : [],
  )
  must(new Set(decided).size === decided.length, 'A stage was decided twice.')
}

const expectConsents = (state: AssistantCase): void => {
  for (const { status, stages, effectiveAt } of state.applications) {
    if (status !== 'approved') continue
    const consents = stages.filter(({ status: counted }) => counted === 'approved').map(({ stage }) => stage)
    must(consents.join() === 'branch,hq', `An application was approved by ${consents.join()}.`)
    const isHeldBack = liveDispute(state) !== null
    must(effectiveAt !== null || isHeldBack, 'Both consents are there, and nothing took effect.')
  }
}

/** The workflow has learnt of everything: it waits for nothing that has happened, and nothing waits for it. */
const expectWorkflowInStep = (state: AssistantCase, run: Run): void => {
  must(nextStep(state) === null || openStageOf(state) !== null, 'The case waits for the workflow.')
  must(
    run.executions.all.every(({ status }) => status !== 'running'),
    'An execution is still on its way.',
  )
  const waits = run.executions.all.filter(({ status }) => status === 'waiting').length
  const open = stagesOf(state).filter(({ status, stage }) => status === 'open' && stage !== 'dispute').length
  must(waits <= open, `${waits} executions wait, though ${open} stages are open.`)
}

/** Whatever can end by itself has ended: silence never leaves a case hanging. */
const expectNothingHanging = (state: AssistantCase): void => {
  must(liveApplication(state) === null || liveDispute(state) !== null, 'An application has neither ended nor expired.')
}

const expectMails = (run: Run, owed: readonly string[]): void => {
  const open = run.table
    .items()
    .filter(({ duePartition, sk }) => duePartition !== undefined && sk?.S?.startsWith('DUTY#'))
  // What a dispute brings about again and again goes on, and with it the last day's head; what is
  // given up years later is not due yet; everything else was done.
  const left = open.map((item) => JSON.parse(String(unmarshall(item)['duty'])) as { kind: string })
  must(
    left.every(({ kind }) => ['send-digest', 'anchor-head', 'reduce-case'].includes(kind)),
    `Duties were left: ${left.map(({ kind }) => kind).join()}.`,
  )
  const byDuty = Map.groupBy(run.sent, ({ dutyId }) => dutyId)
  for (const [dutyId, copies] of byDuty) {
    const excused = copies.slice(0, -1).every(({ process, isReplyLost }) => isReplyLost || process.isHit())
    must(excused, `Duty ${dutyId} was mailed ${copies.length} times without need.`)
  }
  for (const dutyId of owed) must(byDuty.has(dutyId), `Duty ${dutyId} was never mailed.`)
}

/**
 * The mails that what happened obliges to. A request may have been overtaken: by an answer, or by the end of its time
 * where the sweep was away for so long. Digests follow from what waits, and are not counted.
 */
const owedBy = (events: readonly RecordedEvent[], end: AssistantCase, run: Run): readonly string[] => {
  const owed: string[] = []
  let state: AssistantCase | null = null
  for (const event of events) {
    for (const duty of dutiesOf(state, [event], organisation)) {
      if (duty.kind !== 'send-mail') continue
      const stage = duty.approvalId === null ? null : stageOfApproval(end, duty.approvalId)
      const wasThere = stage?.status === 'open' || (stage?.status === 'expired' && !run.hasLeapt)
      const isOvertaken = duty.notice === 'decision-request' && !wasThere
      if (!isOvertaken) owed.push(duty.id)
    }
    state = evolve(state, event)
  }
  return owed
}

/** Whoever leaves out what they have had before gets what happened, all of it and in its order. */
const expectPublished = (run: Run, events: readonly RecordedEvent[]): void => {
  const heard = [...new Set(run.published)]
  const happened = events.filter(isPublished).map(({ seq }) => `${id}-${seq}`)
  must(heard.join() === happened.join(), `Published were ${heard.join()} of ${happened.join()}.`)
}

/**
 * Every day's head is one that the chain had, with all that happened on the day. Two sweeps may look for the heads of
 * two days at once, so that the later day's is the older one; it lacks nothing for it.
 */
const expectAnchored = ({ anchors, hasLeapt }: Run, events: readonly RecordedEvent[]): void => {
  must(anchors.size > 0, 'No head was ever kept.')
  for (const { seq, hash, day } of anchors.values()) {
    must(events[seq - 1]?.hash === hash, `The head that was kept for ${day} is none of the chain.`)
    const happened = events.filter(({ at }) => dayOf(at, zone) <= day).length
    // Where days went by while a process stood still, what it then writes bears the day on which it began.
    must(seq >= happened || hasLeapt, `The head that was kept for ${day} lacks some of that day's events.`)
  }
}

const expectWaiting = (state: AssistantCase, run: Run): void => {
  const kept = run.table.items().filter(({ sk }) => sk?.S?.startsWith('WAITING#'))
  must(kept.length === waitingOf(state).length, 'The lists of what waits on people are not what the case says.')
}

/** Everything that must hold when the dust has settled. @throws Error that names what does not */
export const expectSound = async (run: Run): Promise<void> => {
  const { record } = run.observer
  const state = await record.load(id)
  if (state === null) {
    must(run.executions.all.length === 0 && run.sent.length === 0, 'Something followed from a case that is none.')
    return
  }
  const events = await record.events(id, 0, 1000)
  expectSoundHistory(state, events)
  expectConsents(state)
  expectWorkflowInStep(state, run)
  expectNothingHanging(state)
  expectMails(run, owedBy(events, state, run))
  expectPublished(run, events)
  expectAnchored(run, events)
  expectWaiting(state, run)
}
