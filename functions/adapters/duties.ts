import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { longestPause } from '../../shared/contracts/metrics.ts'
import { tableIndexes, tableKeys } from '../../shared/contracts/table.ts'
import type { Duty, MailDuty } from '../../shared/domain/duty.ts'
import type { Undeliverable } from '../../shared/domain/events.ts'
import { AssistantId } from '../../shared/domain/ids.ts'
import { addMinutes, type Instant } from '../../shared/domain/time.ts'
import { readBatch } from './batch.ts'
import { changing, isTransacted, isWritten } from './conditional.ts'
import { duePartitions, dutyKey, dutyKeyOf, expiresAfter, type Item, packed, type Whose } from './items.ts'
import type { DutyOutcome } from './outcomes.ts'
import { cursorUpdate } from './published.ts'

/** An entry of the `due` index: a case whose alarm has come, a person's absence, or a duty that nobody has done yet. */
export interface DueItem {
  readonly key: Item
  /** The case; null for what concerns a person and no case. */
  readonly assistantId: AssistantId | null
  readonly dueAt: Instant
}

/** Whether the entry is a duty; the others are cases and people. */
export const isDuty = ({ key }: DueItem): boolean => key['sk']?.S?.startsWith('DUTY#') === true

/** A duty with the number of times that the sweep has tried it. */
export interface OpenDuty {
  /** Null where what stands there can't be read: it harms no other. */
  readonly duty: Duty | null
  readonly attempts: number
  /** Since when it is owed, however often it was put off since. */
  readonly owedSince: Instant
}

/** A duty that is done, and what it came to. */
export interface Done {
  readonly duty: Duty
  readonly outcome?: DutyOutcome
  /** Number of the last event that the bus has taken, where the duty was to publish. */
  readonly publishedTo?: number
}

/** What is due, of one function's. Its reads cost what is due, however much exists. */
export interface Duties {
  /** At most `limit` entries due by `now`, the oldest first; those behind `after` alone, where it is given. */
  readonly due: (now: Instant, limit: number, after?: DueItem) => Promise<readonly DueItem[]>
  /** The duties behind entries of the index; cases among them, and duties done meanwhile, are left out. */
  readonly read: (items: readonly DueItem[]) => Promise<ReadonlyMap<DueItem, OpenDuty>>
  /** Puts an entry off if it still stands as it was seen; false if someone else took it. */
  readonly postpone: (item: DueItem, to: Instant) => Promise<boolean>
  /** Takes an entry that is no duty away, if it still stands as it was seen. */
  readonly dismiss: (item: DueItem) => Promise<void>
  /** Puts a duty off to be tried now, and counts the try; false if someone else took it. */
  readonly claim: (item: DueItem, until: Instant) => Promise<boolean>
  /**
   * Strikes off duties that were done together, in one write. What they came to stays with the case; that a mail was
   * not needed is remembered for a while.
   */
  readonly complete: (done: readonly Done[], now: Instant) => Promise<void>
  /** A duty by its id, done or not; null where it is forgotten, or can't be read. */
  readonly find: (dutyId: string) => Promise<Duty | null>
  /** Keeps with a duty that its mail did not reach the reader. */
  readonly note: (duty: Duty, kind: Undeliverable['kind'], now: Instant) => Promise<void>
}

/** Seconds for which a mail that was sent is remembered: longer than any mail server tries. */
const keptFor = 90 * 24 * 60 * 60

const casePrefix = 'CASE#'

/** What is mailed, and may come back. */
const mailKinds: ReadonlySet<Duty['kind']> = new Set(['send-mail', 'send-code', 'send-digest', 'send-answer'])
export const isMail = (duty: Duty): duty is MailDuty => mailKinds.has(duty.kind)

/** What leaves nothing behind but its effect. */
const isForgotten: ReadonlySet<Duty['kind']> = new Set(['resume-workflow', 'publish-events'])

const readDuty = (text: string | undefined): Duty | null => {
  try {
    return JSON.parse(text ?? '') as Duty
  } catch {
    return null
  }
}

/** Minutes before a duty that failed is tried again: 1, 2, 4 … */
export const backOff = (attempts: number): number => Math.min(2 ** attempts, longestPause)

/** How long a claimed duty is left to whoever claimed it. */
export const claimedUntil = (now: Instant): Instant => addMinutes(now, 5)

const owedNoMore = 'REMOVE duePartition, dueAt, attempts, owedSince'

/** What strikes a duty off, the cursor of what is published with it. */
const strikingOff = (
  table: string,
  { duty, outcome, publishedTo }: Done,
  now: Instant,
): readonly TransactWriteItem[] => {
  if (isForgotten.has(duty.kind)) {
    const struck: TransactWriteItem = { Delete: { TableName: table, Key: dutyKey(duty) } }
    const moves = publishedTo !== undefined && duty.assistantId !== null
    return moves ? [{ Update: cursorUpdate(table, duty.assistantId, publishedTo) }, struck] : [struck]
  }
  if (outcome !== undefined && duty.assistantId !== null) {
    const values = { ':now': now, ':outcome': packed(outcome) }
    return [changing(table, dutyKey(duty), `SET doneAt = :now, outcome = :outcome ${owedNoMore}`, values)]
  }
  const values = { ':now': now, ':expires': expiresAfter(keptFor, now)[tableKeys.timeToLive] }
  return [changing(table, dutyKey(duty), `SET doneAt = :now, expiresAt = :expires ${owedNoMore}`, values)]
}

/** The entries that are for one function to do. */
export const duties = (client: DynamoDBClient, table: string, whose: Whose = 'sweep'): Duties => {
  const duePartition = duePartitions[whose]

  const move = ({ key, dueAt }: DueItem, to: Instant, tries: 0 | 1): Promise<boolean> => {
    const moved = new UpdateItemCommand({
      TableName: table,
      Key: key,
      UpdateExpression: 'SET dueAt = :to ADD attempts :tries',
      ConditionExpression: 'dueAt = :seen',
      ExpressionAttributeValues: marshall({ ':to': to, ':seen': dueAt, ':tries': tries }),
    })
    return isWritten(client.send(moved))
  }

  /** One write by itself; where its condition does not hold, there is nothing left to do. */
  const alone = async ({ Update, Delete }: TransactWriteItem): Promise<void> => {
    if (Update !== undefined) await isWritten(client.send(new UpdateItemCommand(Update)))
    if (Delete !== undefined) await client.send(new DeleteItemCommand(Delete))
  }

  /** All of the writes at once; false where one of them is not to be had. */
  const together = (writes: TransactWriteItem[]): Promise<boolean> =>
    isTransacted(client.send(new TransactWriteItemsCommand({ TransactItems: writes })))

  return {
    due: async (now, limit, after) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: tableIndexes.due.name,
          KeyConditionExpression: 'duePartition = :due AND dueAt <= :now',
          ExpressionAttributeValues: marshall({ ':due': duePartition, ':now': now }),
          Limit: limit,
          ...(after && { ExclusiveStartKey: { ...after.key, ...marshall({ duePartition, dueAt: after.dueAt }) } }),
        }),
      )
      return Items.map((item) => {
        const { pk, sk, dueAt } = item
        if (pk === undefined || sk === undefined || dueAt?.S === undefined)
          throw new Error('A due entry lacks its keys.')
        return {
          key: { pk, sk },
          assistantId: pk.S?.startsWith(casePrefix) ? AssistantId.parse(pk.S.slice(casePrefix.length)) : null,
          dueAt: dueAt.S as Instant,
        }
      })
    },

    read: async (items) => {
      const entries = items.filter(isDuty)
      const keys = entries.map(({ key }) => key)
      // A mail that was sent is remembered, but stands in the index no more.
      const stillOpen = (await readBatch(client, table, keys)).filter((item) => item['duePartition'] !== undefined)
      const found = new Map(
        stillOpen.map((item) => [
          item['sk']?.S,
          {
            duty: readDuty(item['duty']?.S),
            attempts: Number(item['attempts']?.N),
            owedSince: (item['owedSince'] ?? item['dueAt'])?.S as Instant,
          },
        ]),
      )
      return new Map(
        entries.flatMap((entry) => {
          const open = found.get(entry.key['sk']?.S)
          return open === undefined ? [] : [[entry, open] as const]
        }),
      )
    },

    postpone: (item, to) => move(item, to, 0),
    claim: (item, until) => move(item, until, 1),

    dismiss: async ({ key, dueAt }) => {
      const dismissed = new UpdateItemCommand({
        TableName: table,
        Key: key,
        UpdateExpression: 'REMOVE duePartition, dueAt',
        ConditionExpression: 'dueAt = :seen',
        ExpressionAttributeValues: marshall({ ':seen': dueAt }),
      })
      await isWritten(client.send(dismissed))
    },

    complete: async (done, now) => {
      const writes = done.flatMap((one) => strikingOff(table, one, now))
      if (writes.length > 1 && (await together(writes))) return
      // Somebody was ahead with one of them, or there is only one.
      for (const write of writes) await alone(write)
    },

    find: async (dutyId) => {
      const key = dutyKeyOf(dutyId)
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }))
      return readDuty(Item?.['duty']?.S)
    },

    note: async (duty, kind, now) => {
      const values = { ':undelivered': JSON.stringify({ kind, at: now }) }
      await alone(changing(table, dutyKey(duty), 'SET undelivered = :undelivered', values))
    },
  }
}
