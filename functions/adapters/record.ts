import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { type AssistantCase, hasEnded } from '../../shared/domain/assistant.ts'
import type { Advanced } from '../../shared/domain/chain.ts'
import type { Duty, StageRef } from '../../shared/domain/duty.ts'
import type { RecordedEvent } from '../../shared/domain/events.ts'
import type { AssistantId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/time.ts'
import { waitingOf } from '../../shared/domain/waiting.ts'
import { type Answer, answerItem } from './answers.ts'
import {
  applicationItem,
  caseItem,
  caseKey,
  dutyItem,
  eventItem,
  eventKey,
  type Item,
  livePostKey,
  newDutyItem,
  postKey,
  readCase,
  readEvent,
  reviewItem,
  reviewKey,
  tokenKey,
  waitingItem,
} from './items.ts'

/** One command's change of one case: all of it is stored, or nothing. */
export interface Commit {
  readonly before: AssistantCase | null
  readonly advanced: Advanced
  readonly duties: readonly Duty[]
  /** The task token of the stage that the commit opens. */
  readonly token: { readonly stage: StageRef; readonly value: string } | null
  /** What the caller's idempotency key is answered from now on. */
  readonly answer: Answer | null
  /** What else changes with the case, beyond what its state tells. */
  readonly besides?: readonly Write[]
  readonly now: Instant
}

export type CommitOutcome = 'committed' | 'version-conflict' | 'post-is-live' | 'already-answered' | 'besides-changed'

/** A write, and what it means when its condition does not hold. */
export interface Write {
  readonly write: TransactWriteItem
  readonly otherwise?: Exclude<CommitOutcome, 'committed'>
}

/** The record of all cases: the event log, the snapshots and what must be unique. */
export interface CaseRecord {
  readonly load: (id: AssistantId) => Promise<AssistantCase | null>
  /** At most `limit` events after `after`, in order. */
  readonly events: (id: AssistantId, after: number, limit: number) => Promise<readonly RecordedEvent[]>
  /** Stores one command's change, or those of several cases that change together. */
  readonly commit: (...commits: readonly Commit[]) => Promise<CommitOutcome>
  /** The tokens of all executions that have come to a stage, those that wait no more among them; in no order. */
  readonly tokens: (id: AssistantId, stage: StageRef) => Promise<readonly string[]>
  /** Keeps the token of an execution that has come to a stage, while the case stands as it is; false if it does not. */
  readonly putToken: (
    state: AssistantCase,
    stage: StageRef,
    token: string,
    duties: readonly Duty[],
    now: Instant,
  ) => Promise<boolean>
}

const absent = 'attribute_not_exists(pk)'

export const caseRecord = (client: DynamoDBClient, table: string): CaseRecord => {
  const put = (item: Item, condition?: string, values?: Record<string, unknown>): TransactWriteItem => ({
    Put: {
      TableName: table,
      Item: item,
      ...(condition === undefined ? {} : { ConditionExpression: condition }),
      ...(values === undefined ? {} : { ExpressionAttributeValues: marshall(values) }),
    },
  })

  const snapshotWrite = ({ before, advanced: { state } }: Commit): Write => ({
    write:
      before === null
        ? put(caseItem(state), absent)
        : put(caseItem(state), 'version = :version', { ':version': before.version }),
    otherwise: 'version-conflict',
  })

  /** Taken by one case at a time: when it begins, and when what had ended it is annulled. */
  const livePostWrite = ({ id, particulars }: AssistantCase): Write => ({
    write: put({ ...livePostKey(particulars.employeeNo), ...marshall({ assistantId: id }) }, absent),
    otherwise: 'post-is-live',
  })

  const postWrites = ({ before, advanced: { state } }: Commit): readonly Write[] => {
    const { id, particulars } = state
    if (before === null) {
      return [livePostWrite(state), { write: put(postKey(particulars.employeeNo, id)) }]
    }
    const reviews: readonly Write[] =
      state.status === before.status
        ? []
        : state.status === 'on-post'
          ? [{ write: put(reviewItem(state)) }]
          : before.status === 'on-post'
            ? [{ write: { Delete: { TableName: table, Key: reviewKey(id) } } }]
            : []
    const ends: readonly Write[] =
      hasEnded(state) && !hasEnded(before)
        ? [{ write: { Delete: { TableName: table, Key: livePostKey(particulars.employeeNo) } } }]
        : !hasEnded(state) && hasEnded(before)
          ? [livePostWrite(state)]
          : []
    return [...reviews, ...ends]
  }

  /** Whoever is waited on from now on, and whoever is not any more. */
  const waitingWrites = ({ before, advanced: { state } }: Commit): readonly Write[] => {
    const itemsOf = (of: AssistantCase | null) =>
      new Map(
        (of === null ? [] : waitingOf(of)).map((waiting) => [JSON.stringify(waiting), waitingItem(state.id, waiting)]),
      )
    const [earlier, now] = [itemsOf(before), itemsOf(state)]
    return [
      ...[...now].filter(([key]) => !earlier.has(key)).map(([, item]) => ({ write: put(item) })),
      ...[...earlier]
        .filter(([key]) => !now.has(key))
        .map(([, { pk, sk }]) => ({ write: { Delete: { TableName: table, Key: { pk, sk } as Item } } })),
    ]
  }

  /**
   * Adds to the tokens of a stage. None takes the place of another: which of them comes last says nothing about which
   * of their executions still waits.
   */
  const addToken = (id: AssistantId, stage: StageRef, token: string): TransactWriteItem => ({
    Update: {
      TableName: table,
      Key: tokenKey(id, stage),
      UpdateExpression: 'ADD tokens :token',
      ExpressionAttributeValues: { ':token': { SS: [token] } },
    },
  })

  const writesOf = (commit: Commit): readonly Write[] => {
    const { before, advanced, duties, token, answer, besides = [], now } = commit
    const { state, recorded } = advanced
    const changedApplications = state.applications.filter((application) => !before?.applications.includes(application))
    return [
      snapshotWrite(commit),
      ...recorded.map((event) => ({
        write: put(eventItem(state.id, event), absent),
        otherwise: 'version-conflict' as const,
      })),
      ...postWrites(commit),
      ...waitingWrites(commit),
      ...changedApplications.map((application) => ({ write: put(applicationItem(state, application)) })),
      ...duties.map((duty) => ({ write: put(newDutyItem(duty, now)) })),
      ...besides,
      ...(token === null ? [] : [{ write: addToken(state.id, token.stage, token.value) }]),
      ...(answer === null
        ? []
        : [{ write: put(answerItem(answer, now), absent), otherwise: 'already-answered' as const }]),
    ]
  }

  const transact = async (writes: readonly Write[]): Promise<CommitOutcome> => {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: writes.map(({ write }) => write) }))
      return 'committed'
    } catch (error) {
      const outcome = outcomeOf(error, writes)
      if (outcome === null) throw error
      return outcome
    }
  }

  return {
    load: async (id) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: caseKey(id), ConsistentRead: true }),
      )
      return Item === undefined ? null : readCase(Item)
    },

    events: async (id, after, limit) => {
      const { pk, sk: from } = eventKey(id, after + 1)
      const { sk: to } = eventKey(id, 999_999)
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to } as Item,
          ConsistentRead: true,
          Limit: limit,
        }),
      )
      return Items.map(readEvent)
    },

    commit: (...commits) => transact(commits.flatMap((commit) => writesOf(commit))),

    tokens: async (id, stage) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: tokenKey(id, stage), ConsistentRead: true }),
      )
      return Item?.['tokens']?.SS ?? []
    },

    putToken: async ({ id, version }, stage, token, duties, now) => {
      const unchanged: TransactWriteItem = {
        ConditionCheck: {
          TableName: table,
          Key: caseKey(id),
          ConditionExpression: 'version = :version',
          ExpressionAttributeValues: marshall({ ':version': version }),
        },
      }
      const writes: readonly Write[] = [
        { write: unchanged, otherwise: 'version-conflict' },
        { write: addToken(id, stage, token) },
        ...duties.map((duty) => ({ write: put(dutyItem(duty, now)) })),
      ]
      return (await transact(writes)) === 'committed'
    },
  }
}

/** What a cancelled transaction means; null for an error that is none. Another transaction on the same items counts as a newer version. */
const outcomeOf = (error: unknown, writes: readonly Write[]): CommitOutcome | null => {
  if (!(error instanceof TransactionCanceledException)) return null
  const reasons = error.CancellationReasons ?? []
  const failed = writes.filter((_, index) => reasons[index]?.Code === 'ConditionalCheckFailed')
  // A key that was answered meanwhile comes first: whatever else fails, fails because of that very answer.
  const answered = failed.find(({ otherwise }) => otherwise === 'already-answered')
  const outcome = (answered ?? failed[0])?.otherwise
  if (outcome !== undefined) return outcome
  return reasons.some(({ Code }) => Code === 'TransactionConflict') ? 'version-conflict' : null
}
