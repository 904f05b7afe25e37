import {
  type DynamoDBClient,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { Origin } from '../../shared/domain/context.ts'
import type { EmployeeNo } from '../../shared/domain/ids.ts'
import type { Delegation } from '../../shared/domain/organisation.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { readBatch } from './batch.ts'
import { isTransacted } from './conditional.ts'
import { duePartitions, earlierKey, type Item, organisationKey } from './items.ts'

/** An absence, and when time begins or ends it next. */
export interface Absence {
  readonly delegation: Delegation
  readonly turn: Instant
}

/** That a delegate was named, or an absence ended (`delegation` null): by whom, when, by which way and client. */
export interface DelegationChange extends Pick<Origin, 'by' | 'channel' | 'client'> {
  /** Counted from 1 for each person. */
  readonly number: number
  readonly at: Instant
  /** Without the reason: why someone was away is nobody's business once they are back. */
  readonly delegation: Omit<Delegation, 'reason'> | null
}

/** Who stands in for whom, and who ever did. */
export interface Delegations {
  /**
   * Names the delegate for someone's absence, in place of any named before; null ends it. At its turn the person is
   * among what is due. What is so already leaves no trace.
   */
  readonly change: (
    employeeNo: EmployeeNo,
    absence: Absence | null,
    cause: Pick<DelegationChange, 'at' | 'by' | 'channel' | 'client'>,
  ) => Promise<'created' | 'replaced' | 'unknown-person'>
  /** At most `limit` changes with a smaller number than `before`, the latest first. */
  readonly history: (employeeNo: EmployeeNo, before: number, limit: number) => Promise<readonly DelegationChange[]>
}

const historyKey = (employeeNo: EmployeeNo): Item => ({
  ...organisationKey('PERSON', employeeNo),
  sk: { S: 'DELEGATION' },
})

export const delegations = (client: DynamoDBClient, table: string): Delegations => {
  /** Changes the person, if nobody else has since so many changes. */
  const update = (employeeNo: EmployeeNo, absence: Absence | null, changes: number): TransactWriteItem => ({
    Update: {
      TableName: table,
      Key: organisationKey('PERSON', employeeNo),
      ConditionExpression:
        changes === 0 ? 'attribute_exists(pk) AND attribute_not_exists(delegations)' : 'delegations = :changes',
      UpdateExpression:
        absence === null
          ? 'SET delegations = :next REMOVE delegation, duePartition, dueAt'
          : 'SET delegations = :next, delegation = :delegation, duePartition = :due, dueAt = :turn',
      ExpressionAttributeValues: marshall({
        ':next': changes + 1,
        ...(changes === 0 ? {} : { ':changes': changes }),
        ...(absence === null
          ? {}
          : { ':delegation': JSON.stringify(absence.delegation), ':due': duePartitions.sweep, ':turn': absence.turn }),
      }),
    },
  })

  return {
    change: async (employeeNo, absence, cause) => {
      const key = organisationKey('PERSON', employeeNo)
      for (;;) {
        const [person] = await readBatch(client, table, [key])
        if (person === undefined) return 'unknown-person'
        const before = person['delegation']?.S
        const outcome = before === undefined ? 'created' : 'replaced'
        if (before === (absence === null ? undefined : JSON.stringify(absence.delegation))) return outcome
        const changes = Number(person['delegations']?.N ?? 0)
        const number = changes + 1
        const { reason: _, ...kept } = absence?.delegation ?? { reason: null }
        const change = { number, ...cause, delegation: absence === null ? null : kept }
        const put = {
          Put: { TableName: table, Item: { ...earlierKey(historyKey(employeeNo), number), ...marshall(change) } },
        }
        const transaction = new TransactWriteItemsCommand({
          TransactItems: [update(employeeNo, absence, changes), put],
        })
        if (await isTransacted(client.send(transaction))) return outcome
      }
    },

    history: async (employeeNo, before, limit) => {
      const key = historyKey(employeeNo)
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': key['pk'],
            ':first': earlierKey(key, 0)['sk'],
            ':last': earlierKey(key, before - 1)['sk'],
          } as Item,
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: limit,
        }),
      )
      return Items.map((item) => {
        const { pk: _, sk: __, ...change } = unmarshall(item)
        return change as DelegationChange
      })
    },
  }
}
