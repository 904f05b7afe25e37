import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { ApprovalId, AssistantId, EmployeeNo } from '../../shared/domain/ids.ts'
import type { Day, Instant } from '../../shared/domain/time.ts'
import { isWritten } from './conditional.ts'
import { digestKey, expiresAfter, waitingPrefix } from './items.ts'

/** A case that waits on someone. */
export interface WaitingCase {
  readonly assistantId: AssistantId
  /** Null where the person was told of it and is not asked. */
  readonly approvalId: ApprovalId | null
}

/** Whose digest of a day it is: that of the duty which asked, or another's since a moment. */
export type DayClaim = 'own' | { readonly takenAt: Instant }

/** What waits on people, case by case. */
export interface WaitingLists {
  /** At most `limit`, the oldest first. */
  readonly of: (person: EmployeeNo, limit: number) => Promise<readonly WaitingCase[]>
  /** Takes a person's one digest of a day for a duty; says since when another has it, where one has. */
  readonly claimDay: (person: EmployeeNo, day: Day, dutyId: string, now: Instant) => Promise<DayClaim>
  /** Gives the day back for which there was nothing to tell. */
  readonly giveBackDay: (person: EmployeeNo, day: Day, dutyId: string) => Promise<void>
}

/** Seconds for which it is remembered who was sent a day's digest. */
const keptFor = 7 * 24 * 60 * 60

export const waitingLists = (client: DynamoDBClient, table: string): WaitingLists => ({
  of: async (person, limit) => {
    const { pk, sk } = waitingPrefix(person)
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :waiting)',
        ExpressionAttributeValues: { ':pk': pk, ':waiting': sk },
        ConsistentRead: true,
        Limit: limit,
      }),
    )
    return Items.map((item) => {
      const { assistantId, approvalId } = unmarshall(item) as WaitingCase
      return { assistantId, approvalId }
    })
  },

  claimDay: async (person, day, dutyId, now) => {
    const key = digestKey(person, day)
    const claimed = new PutItemCommand({
      TableName: table,
      Item: { ...key, ...marshall({ dutyId, takenAt: now, ...expiresAfter(keptFor, now) }) },
      // The same duty again: it died before it was known to have mailed.
      ConditionExpression: 'attribute_not_exists(pk) OR dutyId = :duty',
      ExpressionAttributeValues: marshall({ ':duty': dutyId }),
    })
    if (await isWritten(client.send(claimed))) return 'own'
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }))
    // Given back meanwhile: there was nothing to tell.
    return { takenAt: (Item?.['takenAt']?.S ?? now) as Instant }
  },

  giveBackDay: async (person, day, dutyId) => {
    const givenBack = new DeleteItemCommand({
      TableName: table,
      Key: digestKey(person, day),
      ConditionExpression: 'dutyId = :duty',
      ExpressionAttributeValues: marshall({ ':duty': dutyId }),
    })
    await isWritten(client.send(givenBack))
  },
})
