import { randomInt } from 'node:crypto'
import { inLanes } from '../../functions/lanes.ts'
import { branches, centres, emailOf, hq, people as staff } from '../../infra/local/sample/organisation.ts'
import type { DossierView, ReceiptView } from '../../shared/contracts/decisions.ts'
import type { ApplicationView, AssistantView } from '../../shared/contracts/resources.ts'
import { addDays, type Day } from '../../shared/domain/time.ts'
import { decideAt, train } from '../../test/support/bank-client.ts'
import type { SoakClient } from './client.ts'

/** What the system acknowledged, as those have it to whom it did so. */
export interface Ledger {
  /** By employee number. */
  readonly filed: Map<string, ApplicationView>
  /** By approval. */
  readonly receipts: Map<string, readonly ReceiptView[]>
}

/** How people behave, as shares of one. */
const habits = { answersToday: 0.6, amends: 0.7, trains: 0.8, exits: 0.0004, goesAway: 0.15 } as const
/** Among what may be decided; what isn't named is as likely as `return`. */
const leanings: Readonly<Record<string, number>> = {
  approve: 20,
  qualified: 8,
  return: 2,
  reject: 1,
  'below-standard': 1,
}

const happens = (share: number): boolean => randomInt(1_000_000) < share * 1_000_000
const oneOf = <Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item =>
  items[randomInt(items.length)] as Item

/** Why nobody is found qualified who was not trained. */
const untrained = new Set(['no-training-plan', 'training-not-passed'])

/** Whose mails come back. */
const unreachable = new Set(['ZH003', 'HZ002'])
const addressOf = (employeeNo: string): string =>
  unreachable.has(employeeNo) ? `bounce+${employeeNo.toLowerCase()}@simulator.amazonses.com` : emailOf(employeeNo)

const numberOf = (index: number): string => `S${String(index).padStart(4, '0')}`

interface Link {
  readonly path: string
  readonly secret: string
}

const linksIn = (text: string): readonly Link[] =>
  [...text.matchAll(/https?:\/\/\S+\/decide\/\S+/g)].map(([link]) => {
    const { pathname, hash } = new URL(link)
    return { path: pathname, secret: hash.slice(1).split('&')[0] ?? '' }
  })

/** Does some things at a time, and all of them. */
export const each = <Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> =>
  inLanes(items, 6, work)

/** HR and the approvers of the sample's bank. */
export const createPeople = (client: SoakClient, ledger: Ledger) => {
  const unanswered = new Map<string, Link>()
  /** By approval: what was decided and refused, which nobody tries again; without training, nobody is found qualified. */
  const refused = new Map<string, readonly string[]>()
  /** Filed, and not yet seen on the post. */
  const awaited = new Set<string>()
  const onPost = new Set<string>()

  const register = async (): Promise<void> => {
    for (const { no, ...person } of staff)
      await client.call('PUT', `/v1/people/${no}`, { ...person, email: addressOf(no) })
    await client.call('PUT', '/v1/hq', hq)
    for (const { id, ...branch } of branches) await client.call('PUT', `/v1/branches/${id}`, branch)
    for (const { id, ...centre } of centres) await client.call('PUT', `/v1/centres/${id}`, centre)
  }

  const fileOne = async (index: number): Promise<void> => {
    const employeeNo = numberOf(index)
    const centre = oneOf(centres)
    const [team] = centre.teams
    const assistant = {
      employeeNo,
      name: `助理${index}`,
      email: index % 25 === 0 ? `bounce+${employeeNo}@simulator.amazonses.com` : emailOf(employeeNo),
      track: index % 3 === 0 ? 'diamond' : 'private-bank',
      source: 'graduate-programme',
      centreId: centre.id,
      ...(team !== undefined && { teamId: team.id }),
    }
    const body = { procedure: 'onboarding', assistant, purpose: '培养为私钻客户经理', filedBy: 'HR100' }
    const key = { 'idempotency-key': `soak-${employeeNo}` }
    const { status, body: filed, text } = await client.call<ApplicationView>('POST', '/v1/applications', body, key)
    if (status !== 201) throw new Error(`Filing was answered ${status}: ${text}`)
    ledger.filed.set(employeeNo, filed)
    awaited.add(filed.assistantId)
  }

  const answer = async ([approvalId, { path, secret }]: readonly [string, Link]): Promise<void> => {
    const { status, body } = await client.call<DossierView>('POST', `${path}/dossier`, { secret })
    if (status === 200) {
      const tried = refused.get(approvalId) ?? []
      const left = body.allowed.filter((one) => !tried.includes(one))
      // The review of whoever was not trained waits until the year is over, and more may be decided.
      if (left.length === 0) return
      const decision = oneOf(left.flatMap((one) => Array.from({ length: leanings[one] ?? 2 }, () => one)))
      const reason = body.reasonNeeded.includes(decision) ? '详见附件' : null
      const receipt = await decideAt(client, path, { secret, decision, reason })
      if (receipt.status === 200)
        ledger.receipts.set(approvalId, [...(ledger.receipts.get(approvalId) ?? []), receipt.body])
      // Another was first, or the case has moved on; a code that came too late is asked for anew.
      else if (untrained.has(receipt.body.code ?? '')) {
        refused.set(approvalId, [...tried, decision])
        return
      } else if (receipt.status === 422 || receipt.status === 400) return
    }
    unanswered.delete(approvalId)
  }

  /** Puts mentor and plan on file for whom came onto the post, and forgets whom nobody waits for. */
  const welcome = async (id: string): Promise<void> => {
    const { body: assistant } = await client.call<AssistantView>('GET', `/v1/assistants/${id}`)
    if (assistant.status === 'candidate') return
    awaited.delete(id)
    if (assistant.status !== 'on-post') return
    onPost.add(id)
    const centre = centres.find(({ id: centreId }) => centreId === assistant.centreId)
    const mentor = staff.find(({ no, centreId }) => centreId === assistant.centreId && no !== centre?.head)
    if (centre !== undefined && mentor !== undefined && happens(habits.trains))
      await train(client, id, centre.head, mentor.no)
  }

  const amend = async ({ id, stages }: ApplicationView): Promise<void> => {
    const amendment = { by: 'HR100', changes: {}, note: '已补充材料' }
    const key = { 'idempotency-key': `amend-${id}-${stages.length}` }
    await client.call('POST', `/v1/applications/${id}/amendment`, amendment, key)
  }

  const exit = async (id: string, today: Day): Promise<void> => {
    onPost.delete(id)
    const decidedBy = { body: 'hq', employeeNo: 'ZH001' }
    const body = {
      ground: 'unfit',
      decidedBy,
      decidedOn: today,
      reasons: '详见所附决定',
      evidence: '示例银发〔2024〕1号',
    }
    await client.call('POST', `/v1/assistants/${id}/exits`, body, { 'idempotency-key': `exit-${id}` })
  }

  const goAway = async (today: Day): Promise<void> => {
    const away = oneOf([
      ...hq.approvers,
      ...branches.flatMap(({ approvers }) => approvers),
      ...centres.map(({ head }) => head),
    ])
    const delegate = happens(0.5) ? oneOf(staff.filter(({ no, post }) => post === 'staff' && no !== away)).no : null
    const delegation = { delegate, from: today, until: addDays(today, 1 + randomInt(14)), reason: '休假' }
    await client.call('PUT', `/v1/people/${away}/delegation`, delegation)
  }

  /** Everybody answers what they were mailed, now or another day; `all` of it where nobody puts anything off. */
  const answerMails = async (all = false): Promise<void> => {
    for (const { text } of await client.newMails())
      for (const link of linksIn(text)) unanswered.set(link.path.slice('/decide/'.length), link)
    await each(
      [...unanswered].filter(() => all || happens(habits.answersToday)),
      answer,
    )
  }

  /** What HR does in a day. */
  const keepHouse = async (today: Day): Promise<void> => {
    const { body } = await client.call<{ items: readonly ApplicationView[] }>('GET', '/v1/applications?status=returned')
    await each(
      body.items.filter(() => happens(habits.amends)),
      amend,
    )
    await each(awaited, welcome)
    await each(
      [...onPost].filter(() => happens(habits.exits)),
      (id) => exit(id, today),
    )
    if (happens(habits.goesAway)) await goAway(today)
  }

  return { register, fileOne, answerMails, keepHouse, waiting: () => unanswered.size }
}

export type People = ReturnType<typeof createPeople>
