import { describe, expect, test } from 'vitest'
import { publishedEvents } from '../../shared/contracts/published-events.ts'
import type { DomainEvent, Dossier, EventOf, RecordedEvent } from '../../shared/domain/events.ts'
import { isPublished, type PublishedEvent, publishedOf } from '../../shared/domain/publishing.ts'
import { assistantId, particulars, people } from '../support/bank.ts'
import { filed } from '../support/cases.ts'
import { states } from '../support/states.ts'

type Type = DomainEvent['type']

/** Whatever somebody wrote, and whatever says who somebody is in words. */
const words = 'WORDS'
const written = { ...particulars, name: words, email: `${words}@bank.test`, sourceNote: words }
const applicationId = `${assistantId}-1` as never
const stage = { applicationId, stage: 'hq', round: 2 } as const
const asked = [{ id: `${assistantId}001` as never, approver: people.hq, onBehalfOf: null }]
const dossier = { note: words, purpose: words, centre: words } as Dossier
const day = '2025-03-10' as never
const at = '2025-03-03T01:00:00.000Z' as never
const filing = { applicationId, filedBy: people.filer, note: words, client: words }
const clientId = 'K1' as never
const newTimes = { dueOn: day, timetable: [] }
const newAmendment = { amendBy: '2025-03-11' as never, amendmentEnds: at }

/** Every event that can happen, and what the outside hears of it. */
const table: { readonly [Each in Type]: readonly [EventOf<Each>['data'], unknown] } = {
  'onboarding-filed': [
    { ...filing, assistantId, particulars: written, purpose: words },
    {
      applicationId,
      filedBy: 'F1',
      track: 'private-bank',
      source: 'graduate-programme',
      branchId: 'BR1',
      centreId: 'C1',
      teamId: null,
    },
  ],
  'transfer-filed': [
    { ...filing, early: true, grounds: words, reviewRound: null },
    { applicationId, filedBy: 'F1', early: true },
  ],
  'stage-opened': [
    { ...stage, asked, dueOn: day, dossier, timetable: [] },
    { ...stage, dueOn: day },
  ],
  'stage-reminded': [{ ...stage, asked }, null],
  'stage-escalated': [{ ...stage, to: 'hq', told: [people.hq], asked, atOnce: false, next: null }, null],
  'approvers-added': [{ ...stage, asked }, null],
  'mail-undeliverable': [{ dutyId: 'm1', kind: 'bounce', to: people.hq, applicationId, approvalId: null }, null],
  'stage-decided': [
    {
      ...stage,
      approvalId: asked[0]!.id,
      decision: 'return',
      reason: words,
      stepUp: 'mail-code',
      dossierHash: words,
      dossier,
      standard: null,
      amendBy: day,
      amendmentEnds: at,
    },
    { ...stage, decision: 'return', decidedBy: 'Q1', onBehalfOf: 'Q2', amendBy: day },
  ],
  'application-withdrawn': [
    { applicationId, reason: words, client: words },
    { applicationId, withdrawnBy: 'Q1' },
  ],
  'application-amended': [
    {
      ...stage,
      changes: { name: words, email: words, source: 'other', sourceNote: words, teamId: null },
      purpose: words,
      grounds: words,
      note: words,
      client: words,
    },
    { ...stage, amendedBy: 'Q1', changes: { source: 'other', teamId: null } },
  ],
  'application-expired': [stage, stage],
  'onboarding-took-effect': [
    { applicationId, effectiveAt: at, onPostSince: day, reviewDueOn: day, reviewCallAt: at, remindAt: at },
    { applicationId, effectiveAt: at, onPostSince: day, reviewDueOn: day },
  ],
  'transfer-took-effect': [
    { applicationId, effectiveAt: at, grade: 'junior' },
    { applicationId, effectiveAt: at, grade: 'junior' },
  ],
  'review-called': [{ round: 1 }, { round: 1 }],
  'decision-disputed': [
    { ...stage, approvalId: asked[0]!.id, reason: words, effect: 'begun' },
    { ...stage, disputedBy: 'Q1', effect: 'begun' },
  ],
  'decision-upheld': [
    { ...stage, resumed: newTimes, amendment: newAmendment },
    { ...stage, dueOn: '2025-03-10', amendBy: '2025-03-11' },
  ],
  'decision-annulled': [stage, stage],
  'policy-adopted': [
    { applicationId, version: '2025-2', stage: null, amendment: newAmendment, reviewCallAt: at, client: words },
    { applicationId, policyVersion: '2025-2', dueOn: null, amendBy: '2025-03-11' },
  ],
  'assistant-exited': [
    {
      ground: 'unfit',
      body: 'branch',
      employeeNo: people.branch,
      decidedOn: day,
      reasons: words,
      evidence: words,
      client: words,
    },
    { ground: 'unfit', body: 'branch', decidedBy: 'B1', decidedOn: day },
  ],
  'exit-begun': [
    {
      ground: 'discipline',
      body: 'hq',
      employeeNo: people.hq,
      decidedOn: day,
      reasons: words,
      evidence: words,
      client: words,
      round: 1,
    },
    { ground: 'discipline', body: 'hq', decidedBy: 'Q1', decidedOn: day },
  ],
  'exit-completed': [{}, {}],
  'mentor-named': [{ mentor: people.mentor, remindAt: at, client: words }, { mentor: 'M1' }],
  'training-plan-set': [
    {
      version: 2,
      items: [{ id: 'T1', topic: 'other', title: words, dueOn: day, assessment: { kind: words, passMark: 60 } }],
      remindAt: at,
      client: words,
    },
    { planVersion: 2, items: [{ id: 'T1', topic: 'other', dueOn: day }] },
  ],
  'assessment-recorded': [
    {
      itemId: 'T1',
      attempt: 2,
      takenOn: day,
      assessor: people.mentor,
      score: 61,
      passed: true,
      remindAt: null,
      client: words,
    },
    { itemId: 'T1', attempt: 2, takenOn: day, passed: true },
  ],
  'attendance-recorded': [{ kind: 'meeting', on: day, title: words, minutes: 30, client: words }, null],
  'training-reminded': [{ missing: ['plan'], due: [], overdue: [], told: [people.head], remindAt: at }, null],
  'clients-assigned': [
    { clientIds: [clientId], count: 32, cap: 35, nearCap: true, client: words },
    { clientIds: ['K1'], count: 32, cap: 35 },
  ],
  'clients-received': [
    { clientIds: [clientId], count: 1, cap: 35, nearCap: false, from: people.mentor, client: words },
    { clientIds: ['K1'], count: 1, cap: 35, from: 'M1' },
  ],
  'clients-released': [{ clientIds: [clientId], client: words }, { clientIds: ['K1'] }],
  'clients-handed-over': [
    { clientIds: [clientId], to: people.mentor, client: words },
    { clientIds: ['K1'], to: 'M1' },
  ],
  'violation-recorded': [
    {
      reportedBy: people.hq,
      on: day,
      severity: 'serious',
      sanctioned: true,
      sanctionLiftedOn: null,
      description: words,
      evidence: words,
      client: words,
    },
    { on: day, severity: 'serious', sanctioned: true, sanctionLiftedOn: null },
  ],
  'performance-recorded': [{ period: '2026-Q3' as never, figures: { deals: 3 }, client: words }, null],
  'qualifications-recorded': [
    {
      qualifications: {
        yearsInFinance: 3,
        yearsInBank: 1,
        education: 'master',
        lendingQualification: true,
        examination: null,
        averageDailyDeposits: null,
      },
      client: words,
    },
    null,
  ],
}

const recordedOf = (type: Type): RecordedEvent => {
  const [data] = table[type]
  const by = { by: people.hq, onBehalfOf: people.secondHq, channel: 'page', policyVersion: words } as const
  return { type, data, seq: 7, at, ...by, previousHash: words, hash: words } as RecordedEvent
}

const theCase = { id: assistantId, particulars: written }
const published = (type: Type): PublishedEvent | null => publishedOf(recordedOf(type), theCase, 5)

const types = Object.keys(table) as Type[]
const [heard, unheard] = [types.filter((type) => table[type][1] !== null), types.filter((type) => !table[type][1])]

describe.each(heard)('%s', (type) => {
  test('is published with what it did, in an envelope that says about whom, and where it stands in the case', () => {
    expect(published(type)).toEqual({
      id: `${assistantId}-7`,
      type,
      version: 1,
      assistantId,
      employeeNo: 'A1',
      seq: 7,
      previousSeq: 5,
      at,
      data: table[type][1],
    })
    expect(isPublished(recordedOf(type))).toBe(true)
  })

  test('says nothing that somebody wrote, and nobody’s name or address', () => {
    expect(JSON.stringify(published(type))).not.toContain(words)
  })

  test('is all in its schema', () => {
    const event = published(type)
    // What a schema does not know, it leaves out.
    expect(publishedEvents[type as PublishedEvent['type']].parse(event)).toEqual(event)
  })
})

test.each(unheard)('of %s nobody outside hears', (type) => {
  expect(published(type)).toBeNull()
  expect(isPublished(recordedOf(type))).toBe(false)
})

test('there is a schema for each that is published, and for nothing else', () => {
  expect(Object.keys(publishedEvents).toSorted()).toEqual(heard.toSorted())
})

test('the first event of a case has none before it', () => {
  const { state, events } = filed()
  expect(publishedOf(events[0]!, state!, null)).toMatchObject({ seq: 1, previousSeq: null, employeeNo: 'A1' })
})

test.each(Object.entries(states))('what happened up to "%s" fits its schemas', (_, make) => {
  const { state, events } = make()
  for (const event of events) {
    const seen = publishedOf(event, state!, null)
    if (seen === null) continue
    expect(publishedEvents[seen.type].parse(seen)).toEqual(seen)
  }
})
