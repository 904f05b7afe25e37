import { digest } from '../../functions/adapters/digest.ts'
import type { AssistantView, ApplicationView } from '../../shared/contracts/resources.ts'
import { type Evidence, misfitsIn } from '../../shared/domain/evidence.ts'
import type { SoakClient } from './client.ts'
import { type Deliveries, readDeliveries, undelivered } from './deliveries.ts'
import { each, type Ledger } from './people.ts'

/** What a run left that it must not, each in a sentence. */
export interface Findings {
  /** Acknowledged, and not on record; or on record, and never delivered. */
  readonly lost: string[]
  /** On record twice, or acknowledged in two ways. */
  readonly doubled: string[]
  /** Waiting, with nobody and no time to wait for. */
  readonly stuck: string[]
}

const repeated = (values: readonly string[]): readonly string[] =>
  values.filter((value, index) => values.indexOf(value) !== index)

/** One case against what was acknowledged of it, and what came of it. */
const auditCase = async (
  client: SoakClient,
  ledger: Ledger,
  deliveries: Deliveries,
  employeeNo: string,
  found: Findings,
): Promise<void> => {
  const filed = ledger.filed.get(employeeNo)
  const { body } = await client.call<{ items: readonly AssistantView[] }>(
    'GET',
    `/v1/assistants?employeeNo=${employeeNo}`,
  )
  const assistant = body.items.find(({ id }) => id === filed?.assistantId)
  if (filed === undefined || assistant === undefined) {
    found.lost.push(`${employeeNo} was filed and is not there`)
    return
  }
  if (body.items.length > 1) found.doubled.push(`${employeeNo} was filed ${body.items.length} times`)

  const { body: evidence } = await client.call<Evidence>('GET', `/v1/assistants/${assistant.id}/evidence`)
  for (const { detail } of misfitsIn(evidence, [], digest)) found.lost.push(`${assistant.id}: ${detail}`)
  found.lost.push(...undelivered(evidence, deliveries))
  const decided = evidence.events.filter((event) => event.type === 'stage-decided')
  const stages = decided.map(({ data: { applicationId, stage, round } }) => `${applicationId}/${stage}/${round}`)
  for (const stage of repeated(stages)) found.doubled.push(`${assistant.id}: ${stage} was decided twice`)

  for (const [approvalId, receipts] of ledger.receipts) {
    if (!approvalId.startsWith(assistant.id)) continue
    const event = decided.find(({ data }) => data.approvalId === approvalId)
    for (const { decision, decidedBy, decidedAt } of receipts) {
      const isKept = event?.data.decision === decision && event.by === decidedBy && event.at === decidedAt
      if (!isKept) found.lost.push(`${approvalId}: ${decision} by ${decidedBy} at ${decidedAt}`)
    }
  }
}

const pages = async function* <Item>(client: SoakClient, path: string): AsyncGenerator<Item> {
  let next: string | null = null
  do {
    const cursor: string = next === null ? '' : `&cursor=${encodeURIComponent(next)}`
    const { body } = await client.call<{ items: readonly Item[]; next: string | null }>('GET', `${path}${cursor}`)
    yield* body.items
    next = body.next
  } while (next !== null)
}

/** How a case came to where it is, for whoever has to find out. */
const lastEvents = async (client: SoakClient, assistantId: string): Promise<string> => {
  const { body } = await client.call<Evidence>('GET', `/v1/assistants/${assistantId}/evidence`)
  return body.events
    .slice(-8)
    .map(({ type, at }) => `${type} at ${at}`)
    .join(', ')
}

/** Whether a case can go on: somebody was asked lately, or its year is not over. */
const isWaiting = (assistant: AssistantView, open: ReadonlySet<string>, before: string): boolean => {
  if (open.has(assistant.id)) return true
  if (assistant.status !== 'on-post') return false
  return (assistant.reviewDueOn ?? '') >= before.slice(0, 10) || (assistant.review?.openedAt ?? '') >= before
}

/** What has not ended against how long anything may take. */
const auditWaiting = async (client: SoakClient, ledger: Ledger, before: string, found: Findings): Promise<void> => {
  const known = new Set([...ledger.filed.values()].map(({ assistantId }) => assistantId))
  const open = new Set<string>()
  for (const status of ['open', 'returned'])
    for await (const one of pages<ApplicationView>(client, `/v1/applications?status=${status}&limit=200`)) {
      open.add(one.assistantId)
      const since = one.stages.at(-1)?.openedAt ?? one.filedAt
      if (since < before) found.stuck.push(`${one.id} is ${status}: ${await lastEvents(client, one.assistantId)}`)
    }
  for (const status of ['candidate', 'on-post', 'exiting'])
    for await (const one of pages<AssistantView>(client, `/v1/assistants?status=${status}&limit=200`)) {
      if (!known.has(one.id)) found.doubled.push(`${one.id} was filed by nobody`)
      if (!isWaiting(one, open, before))
        found.stuck.push(
          `${one.id} is ${status}, its review due on ${one.reviewDueOn}: ${await lastEvents(client, one.id)}`,
        )
    }
}

/**
 * Compares what is on record with what was acknowledged, once everybody has answered everything and time has gone on
 * for long enough that whatever waits for people has been answered or has expired: `before` is the day that was long enough ago.
 */
export const audit = async (client: SoakClient, ledger: Ledger, before: string): Promise<Findings> => {
  const found: Findings = { lost: [], doubled: [], stuck: [] }
  const deliveries = await readDeliveries(client)
  await each(ledger.filed.keys(), (employeeNo) => auditCase(client, ledger, deliveries, employeeNo, found))
  await auditWaiting(client, ledger, before, found)
  return found
}
