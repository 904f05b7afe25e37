import { DeleteItemCommand, type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
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

/** What waits on people, case by case. */
export interface WaitingLists {
  /** At most `limit`, the oldest first. */
  readonly of: (person: EmployeeNo, limit: number) => Promise<readonly WaitingCase[]>
  /** Takes a person's one digest of a day for a duty; false if another duty has it. */
  readonly claimDay: (person: EmployeeNo, day: Day, dutyId: string, now: Instant) => Promise<boolean>
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

  claimDay: (person, day, dutyId, now) => {
    const claimed = new PutItemCommand({
      TableName: table,
      Item: { ...digestKey(person, day), ...marshall({ dutyId, ...expiresAfter(keptFor, now) }) },
      // The same duty again: it died before it was known to have mailed.
      ConditionExpression: 'attribute_not_exists(pk) OR dutyId = :duty',
      ExpressionAttributeValues: marshall({ ':duty': dutyId }),
    })
    return isWritten(client.send(claimed))
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
