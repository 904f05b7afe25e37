import { setTimeout as pause } from 'node:timers/promises'
import { openStageOf } from '../../shared/domain/assistant.ts'
import { EmployeeNo } from '../../shared/domain/ids.ts'
import { done, emptyBench, onboarding, particulars, people } from '../../test/support/bank.ts'
import { conducted } from '../../test/support/cases.ts'
import { percentile } from '../figures.ts'
import type { Answered } from '../results.ts'
import { idOf } from '../written.ts'
import type { BurstBank } from './bank.ts'

/** Where the ids of cases to be decided on begin: beyond those of the people on the post. */
const firstAsked = 1_000_000
const writtenAtOnce = 10

/** What somebody needs to decide: where, and with which secret and code. */
export interface Request {
  readonly path: string
  readonly secret: string
  readonly code: string
}

/** Puts a case on record as it stands when its branch has been asked, and has opened the link and got a code. */
const askBranch = async ({ system, clock }: BurstBank, number: number): Promise<Request> => {
  const assistantId = idOf(firstAsked + number)
  const employeeNo = EmployeeNo.parse(`D${number}`)
  const filing = { ...onboarding, assistantId, particulars: { ...particulars, employeeNo } }
  const now = clock.now()
  const { state, events } = conducted(done({ ...emptyBench, now }, filing, people.filer))
  const approval = state === null ? null : openStageOf(state)?.asked.find(({ approver }) => approver === people.branch)
  if (state === null || !approval) throw new Error('The branch was not asked.')
  const recorded = { advanced: { state, recorded: events }, duties: [], token: null, answer: null, now }
  const outcome = await system.record.commit({ before: null, ...recorded })
  if (outcome !== 'committed') throw new Error(`A case is not on record: ${outcome}.`)
  const issued = await system.codes.issue({ assistantId, to: people.branch, subject: approval.id }, null, null, now)
  if (issued === null) throw new Error('A code was refused.')
  await system.duties.complete([issued], now)
  return {
    path: `/decide/${approval.id}`,
    secret: await system.secrets.of('approval-link', approval.id),
    code: await system.secrets.code(approval.id, issued.duty.issue),
  }
}

/** Has so many branches asked. */
export const askBranches = async (bank: BurstBank, count: number): Promise<Request[]> => {
  const requests: Request[] = []
  let next = 0
  const write = async (): Promise<void> => {
    while (next < count) requests.push(await askBranch(bank, next++))
  }
  await Promise.all(Array.from({ length: writtenAtOnce }, write))
  return requests
}

/** Begins `work` so many times a second, whether or not what began before has ended, while it may go on. */
const atRate = async (perSecond: number, work: () => Promise<void>, mayGoOn: () => boolean): Promise<void> => {
  const begun = performance.now()
  const begunWork: Promise<void>[] = []
  while (mayGoOn()) {
    const early = begun + (begunWork.length * 1000) / perSecond - performance.now()
    if (early > 0) await pause(early)
    begunWork.push(work())
  }
  await Promise.all(begunWork)
}

/** Branches decide through the API at `url`, so many a second, until none is left that was asked. */
export const decideAtRate = async (
  url: string,
  perSecond: number,
  requests: Request[],
  mayGoOn: () => boolean,
): Promise<Answered> => {
  const times: number[] = []
  let failed = 0

  const decide = async ({ path, secret, code }: Request): Promise<void> => {
    const begun = performance.now()
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret, code, decision: 'approve', reason: null }),
    })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`The decision was answered ${response.status}.`)
    times.push(performance.now() - begun)
  }
  const decideNext = async (): Promise<void> => {
    const request = requests.pop()
    try {
      if (request !== undefined) await decide(request)
    } catch {
      failed += 1
    }
  }

  await atRate(perSecond, decideNext, () => requests.length > 0 && mayGoOn())
  const shown = (share: number): number => Math.round(percentile(times, share) * 10) / 10
  return { answered: times.length, failed, p50Ms: shown(0.5), p99Ms: shown(0.99) }
}
