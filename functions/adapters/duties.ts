import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { tableIndexes } from '../../shared/contracts/table.ts'
import type { Duty } from '../../shared/domain/duty.ts'
import { AssistantId } from '../../shared/domain/ids.ts'
import { addMinutes, type Instant } from '../../shared/domain/time.ts'
import { readBatch } from './batch.ts'
import { duePartition, dutyKey, type Item } from './items.ts'

/** An entry of the `due` index: a case whose alarm has come, or a duty that nobody has done yet. */
export interface DueItem {
  readonly key: Item
  /** The case; null for a duty that concerns a person and no case. */
  readonly assistantId: AssistantId | null
  readonly dueAt: Instant
}

/** Whether the entry is a duty; the others are cases. */
export const isDuty = ({ key }: DueItem): boolean => key['sk']?.S?.startsWith('DUTY#') === true

/** A duty with the number of times that the sweep has tried it. */
export interface OpenDuty {
  /** As it was written: read it by `readDuty`, where one that can't be read harms no other. */
  readonly text: string
  readonly attempts: number
}

/** The index of what is due. Its reads cost what is due, however much exists. */
export interface Duties {
  /** At most `limit` entries due by `now`, the oldest first. */
  readonly due: (now: Instant, limit: number) => Promise<readonly DueItem[]>
  /** The duties behind entries of the index; cases among them, and duties done meanwhile, are left out. */
  readonly read: (items: readonly DueItem[]) => Promise<ReadonlyMap<DueItem, OpenDuty>>
  /** Puts an entry off if it still stands as it was seen; false if someone else took it. */
  readonly postpone: (item: DueItem, to: Instant) => Promise<boolean>
  /** Puts a duty off to be tried now, and counts the try; false if someone else took it. */
  readonly claim: (item: DueItem, until: Instant) => Promise<boolean>
  readonly complete: (duty: Duty) => Promise<void>
}

const casePrefix = 'CASE#'

export const readDuty = (text: string): Duty => JSON.parse(text) as Duty

/** Minutes before a duty that failed is tried again: 1, 2, 4 … up to six hours. */
export const backOff = (attempts: number): number => Math.min(2 ** attempts, 360)

/** How long a claimed duty is left to whoever claimed it. */
export const claimedUntil = (now: Instant): Instant => addMinutes(now, 5)

export const duties = (client: DynamoDBClient, table: string): Duties => {
  const move = async ({ key, dueAt }: DueItem, to: Instant, tries: 0 | 1): Promise<boolean> => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: key,
          UpdateExpression: 'SET dueAt = :to ADD attempts :tries',
          ConditionExpression: 'dueAt = :seen',
          ExpressionAttributeValues: marshall({ ':to': to, ':seen': dueAt, ':tries': tries }),
        }),
      )
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }

  return {
    due: async (now, limit) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: tableIndexes.due.name,
          KeyConditionExpression: 'duePartition = :due AND dueAt <= :now',
          ExpressionAttributeValues: marshall({ ':due': duePartition, ':now': now }),
          Limit: limit,
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
      const found = new Map(
        (
          await readBatch(
            client,
            table,
            entries.map(({ key }) => key),
          )
        ).map((item) => [item['sk']?.S, { text: String(item['duty']?.S), attempts: Number(item['attempts']?.N) }]),
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

    complete: async (duty) => {
      await client.send(new DeleteItemCommand({ TableName: table, Key: dutyKey(duty) }))
    },
  }
}
