import { randomUUID } from 'node:crypto'
import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { Actor } from '../../shared/domain/events.ts'
import type { AssistantId, ClientId, EmployeeNo } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { readBatch } from './batch.ts'
import { isTransacted } from './conditional.ts'
import { clientKey, earlierKey, type Item, reservationKey } from './items.ts'
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
  /** The call that made it in one of several transactions, if one did: repeated, it finds what it has done. */
  readonly call?: string
}

/** From when on somebody was responsible for a client, or nobody (`holder` null), and who made it so. */
export interface Change extends Cause {
  readonly holder: Holder | null
}

/** What is kept of a client: who is responsible now, and those before. */
export interface Responsibility {
  readonly clientId: ClientId
  readonly holder: Holder | null
  /** The latest changes, oldest first; those before have been put away, and with them the first of these. */
  readonly history: readonly Change[]
  /** How often the item has been written; 0 for a client of whom nothing is known. */
  readonly changes: number
  /** The batch that has reserved the client; what it reserved counts once its case has them. */
  readonly reservation: string | null
}

/** Changes of a client that are kept together, oldest first. */
export interface Stretch {
  readonly changes: readonly Change[]
  /** Whether the last of the changes is the first of the stretch after this one. */
  readonly goesOn: boolean
  /** The number of the stretch before this one; null for the first. */
  readonly before: number | null
}

/** Keeps one person responsible for each client, whatever comes at once. The writes go into the case's transaction. */
export interface Responsibilities {
  readonly of: (clientIds: readonly ClientId[]) => Promise<ReadonlyMap<ClientId, Responsibility>>
  /** As `of`, for whoever is about to change them: a history that has grown long is put away first. */
  readonly ready: (clientIds: readonly ClientId[]) => Promise<ReadonlyMap<ClientId, Responsibility>>
  /** A stretch of what became of a client: the latest, or another by its number; null where there is none of that number. */
  readonly history: (client: Responsibility, number: number | null) => Promise<Stretch | null>
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

/** So many changes lie with the client: every change writes them all, and one transaction has up to 80 clients. */
const mostChanges = 100

const nobody = (clientId: ClientId): Responsibility => ({
  clientId,
  holder: null,
  history: [],
  changes: 0,
  reservation: null,
})

const readItem = (item: Item): Responsibility => {
  const { clientId, holder = null, history = [], changes, reservation = null } = unmarshall(item)
  return { clientId, holder, history, changes, reservation }
}

export const responsibilities = (client: DynamoDBClient, table: string): Responsibilities => {
  /** Puts the client's item anew, if it still stands as it was read. */
  const put = ({ changes }: Responsibility, after: Omit<Responsibility, 'changes'>): TransactWriteItem => {
    const { clientId, holder, history, reservation } = after
    const item = {
      clientId,
      changes: changes + 1,
      history,
      ...(holder === null ? {} : { holder }),
      ...(reservation === null ? {} : { reservation }),
    }
    return {
      Put: {
        TableName: table,
        Item: { ...clientKey(clientId), ...marshall(item) },
        ...(changes === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'changes = :changes',
              ExpressionAttributeValues: marshall({ ':changes': changes }),
            }),
      },
    }
  }

  const change = (
    before: Responsibility,
    holder: Holder | null,
    cause: Cause,
    reservation: string | null = null,
  ): TransactWriteItem =>
    put(before, { ...before, holder, reservation, history: [...before.history, { ...cause, holder }] })

  const transact = (writes: readonly TransactWriteItem[]): Promise<boolean> =>
    isTransacted(client.send(new TransactWriteItemsCommand({ TransactItems: [...writes] })))

  const of = async (clientIds: readonly ClientId[]): Promise<ReadonlyMap<ClientId, Responsibility>> => {
    const items = await readBatch(client, table, clientIds.map(clientKey))
    const found = new Map(items.map(readItem).map((one) => [one.clientId, one]))
    return new Map(clientIds.map((clientId) => [clientId, found.get(clientId) ?? nobody(clientId)]))
  }

  /**
   * Moves a client's history to an item of its own; left to the next time where the client has changed meanwhile. The
   * last change stays as well: it ends the one before, and tells since when it is as it is.
   */
  const putAway = (before: Responsibility): Promise<boolean> => {
    const { clientId, changes, history } = before
    const shelf = { ...earlierKey(clientKey(clientId), changes), ...marshall({ history }) }
    return transact([
      { Put: { TableName: table, Item: shelf } },
      put(before, { ...before, history: history.slice(-1) }),
    ])
  }

  /** The two newest of what has been put away of a client, up to a number. */
  const putAwayUpTo = async (clientId: ClientId, number: number) => {
    const key = clientKey(clientId)
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: {
          ':pk': key['pk'],
          ':first': earlierKey(key, 0)['sk'],
          ':last': earlierKey(key, number)['sk'],
        } as Item,
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: 2,
      }),
    )
    return Items.map((item) => ({
      number: Number(item['sk']?.S?.split('#').at(-1)),
      history: unmarshall(item)['history'] as readonly Change[],
    }))
  }

  return {
    of,

    ready: async (clientIds) => {
      const clients = await of(clientIds)
      const long = [...clients.values()].filter(({ history }) => history.length >= mostChanges)
      if (long.length === 0) return clients
      await Promise.all(long.map(putAway))
      return of(clientIds)
    },

    history: async ({ clientId, changes, history }, number) => {
      // What has been put away since the client was read is still in its history.
      const [newest, second] = await putAwayUpTo(clientId, Math.min(number ?? changes, changes - 1))
      if (number === null) return { changes: history, goesOn: false, before: newest?.number ?? null }
      return newest?.number === number
        ? { changes: newest.history, goesOn: true, before: second?.number ?? null }
        : null
    },

    batchOf: async (id) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: reservationKey(id), ConsistentRead: true }),
      )
      return Item?.['batchId']?.S ?? null
    },

    assign: (before, to, cause) => ({ write: change(before, to, cause), otherwise: 'besides-changed' }),
    release: (before, cause) => ({ write: change(before, null, cause), otherwise: 'besides-changed' }),

    reserve: async (clients, to, ending, cause) => {
      const batch = randomUUID()
      const mark = {
        Put: { TableName: table, Item: { ...reservationKey(to.assistantId), ...marshall({ batchId: batch }) } },
      }
      const writes = [mark, ...ending.map(({ write }) => write), ...clients.map((one) => change(one, to, cause, batch))]
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
