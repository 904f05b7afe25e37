import { randomUUID } from 'node:crypto'
import {
  type DynamoDBClient,
  GetItemCommand,
  TransactWriteItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { Actor } from '../../shared/domain/events.ts'
import type { AssistantId, ClientId, EmployeeNo } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { readBatch } from './batch.ts'
import { isTransacted } from './conditional.ts'
import { clientKey, type Item, reservationKey } from './items.ts'
import type { Write } from './record.ts'

/** Who is responsible for a client: an assistant in a case, or a relationship manager (`assistantId` null). */
export interface Holder {
  readonly employeeNo: EmployeeNo
  readonly assistantId: AssistantId | null
}

/** Who changed the person responsible, when, and by which API client; null where it came from a page. */
export interface Cause {
  readonly at: Instant
  readonly by: Actor
  readonly client: string | null
}

/** From when on somebody was responsible for a client, or nobody (`holder` null), and who made it so. */
export interface Change extends Cause {
  readonly holder: Holder | null
}

/** What is kept of a client: who is responsible now, and everyone who ever was. */
export interface Responsibility {
  readonly clientId: ClientId
  readonly holder: Holder | null
  /** Oldest first. */
  readonly history: readonly Change[]
  /** The batch that has reserved the client; what it reserved counts once its case has them. */
  readonly reservation: string | null
}

/** Keeps one person responsible for each client, whatever comes at once. The writes go into the case's transaction. */
export interface Responsibilities {
  readonly of: (clientIds: readonly ClientId[]) => Promise<ReadonlyMap<ClientId, Responsibility>>
  /** The batch that is being assigned to a case, if one is. */
  readonly batchOf: (id: AssistantId) => Promise<string | null>
  readonly assign: (client: Responsibility, to: Holder, cause: Cause) => Write
  readonly release: (client: Responsibility, cause: Cause) => Write
  /**
   * Reserves clients for a case ahead of the transaction that gives them to it, which ends the batch by `endBatch`: more
   * than one transaction can hold. `ending` are the batches of other cases that had reserved any of them.
   * @returns the batch; null where one of the clients was taken meanwhile
   */
  readonly reserve: (
    clients: readonly Responsibility[],
    to: Holder & { readonly assistantId: AssistantId },
    ending: readonly Write[],
    cause: Cause,
  ) => Promise<string | null>
  /** Ends a batch: the transaction that holds this is the only one that can. */
  readonly endBatch: (id: AssistantId, batch: string) => Write
  /** Changes the person responsible for a client whom no case has; false if it changed meanwhile. */
  readonly change: (write: Write) => Promise<boolean>
}

const nobody = (clientId: ClientId): Responsibility => ({ clientId, holder: null, history: [], reservation: null })

const readItem = (item: Item): Responsibility => {
  const { clientId, holder = null, history = [], reservation = null } = unmarshall(item)
  return { clientId, holder, history, reservation }
}

export const responsibilities = (client: DynamoDBClient, table: string): Responsibilities => {
  /** Puts the client's item anew, if it still stands as it was read: its history is as long as its changes. */
  const put = (
    before: Responsibility,
    holder: Holder | null,
    cause: Cause,
    reservation: string | null = null,
  ): TransactWriteItem => {
    const { clientId, history } = before
    const item = {
      clientId,
      changes: history.length + 1,
      history: [...history, { ...cause, holder }],
      ...(holder === null ? {} : { holder }),
      ...(reservation === null ? {} : { reservation }),
    }
    return {
      Put: {
        TableName: table,
        Item: { ...clientKey(clientId), ...marshall(item) },
        ...(history.length === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'changes = :changes',
              ExpressionAttributeValues: marshall({ ':changes': history.length }),
            }),
      },
    }
  }

  const transact = (writes: readonly TransactWriteItem[]): Promise<boolean> =>
    isTransacted(client.send(new TransactWriteItemsCommand({ TransactItems: [...writes] })))

  return {
    of: async (clientIds) => {
      const items = await readBatch(client, table, clientIds.map(clientKey))
      const found = new Map(items.map(readItem).map((one) => [one.clientId, one]))
      return new Map(clientIds.map((clientId) => [clientId, found.get(clientId) ?? nobody(clientId)]))
    },

    batchOf: async (id) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: reservationKey(id), ConsistentRead: true }),
      )
      return Item?.['batchId']?.S ?? null
    },

    assign: (before, to, cause) => ({ write: put(before, to, cause), otherwise: 'besides-changed' }),
    release: (before, cause) => ({ write: put(before, null, cause), otherwise: 'besides-changed' }),

    reserve: async (clients, to, ending, cause) => {
      const batch = randomUUID()
      const mark = {
        Put: { TableName: table, Item: { ...reservationKey(to.assistantId), ...marshall({ batchId: batch }) } },
      }
      const writes = [mark, ...ending.map(({ write }) => write), ...clients.map((one) => put(one, to, cause, batch))]
      return (await transact(writes)) ? batch : null
    },

    endBatch: (id, batch) => ({
      write: {
        Delete: {
          TableName: table,
          Key: reservationKey(id),
          ConditionExpression: 'batchId = :batch',
          ExpressionAttributeValues: marshall({ ':batch': batch }),
        },
      },
      otherwise: 'besides-changed',
    }),

    change: ({ write }) => transact([write]),
  }
}
