import { ConditionalCheckFailedException, TransactionCanceledException, type Update } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { Item } from './items.ts'

/** Changes an item that is still there, by itself or in a transaction; one that has gone stays away. */
export const changing = (
  table: string,
  key: Item,
  expression: string,
  values: Readonly<Record<string, unknown>>,
): { readonly Update: Update } => ({
  Update: {
    TableName: table,
    Key: key,
    UpdateExpression: expression,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: marshall(values),
  },
})

/** What a write was answered; null where its condition did not hold, and nothing was written. */
export const written = async <Output>(write: Promise<Output>): Promise<Output | null> => {
  try {
    return await write
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null
    throw error
  }
}

/** Whether a write was made: false where its condition did not hold. */
export const isWritten = async (write: Promise<unknown>): Promise<boolean> => (await written(write)) !== null

/** Why a transaction can be cancelled by what others wrote; all other reasons are faults of its own, or of the service. */
const isMeanwhile: ReadonlySet<string | undefined> = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict'])

/** Whether a transaction was made: false where a condition did not hold, or another transaction came in between. */
export const isTransacted = async (transaction: Promise<unknown>): Promise<boolean> => {
  try {
    await transaction
    return true
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : []
    if (reasons.length > 0 && reasons.every(({ Code }) => isMeanwhile.has(Code))) return false
    throw error
  }
}
