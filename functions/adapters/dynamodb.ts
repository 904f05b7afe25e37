import { DynamoDBClient, TransactionConflictException } from '@aws-sdk/client-dynamodb'
import { patience } from './patience.ts'
import { unlogged } from './unlogged.ts'

/**
 * DynamoDB, found where the SDK finds it. A single write that meets a transaction on the same item is tried again like
 * one that met a fault: nothing was written, and the transaction is over within milliseconds. The SDK by itself takes
 * the refusal for a mistake of the caller's. A transaction that meets another is left to the caller, who has to look
 * again at what it depends on.
 */
export const createDynamoDb = (): DynamoDBClient => {
  const client = unlogged(new DynamoDBClient({ requestHandler: patience }))
  client.middlewareStack.add(
    (next) => async (call) => {
      try {
        return await next(call)
      } catch (error) {
        if (error instanceof TransactionConflictException) throw Object.assign(error, { $retryable: {} })
        throw error
      }
    },
    // Between what reads the answer and what decides whether to try again.
    { step: 'deserialize', priority: 'high', name: 'transactionConflictIsRetryable' },
  )
  return client
}
