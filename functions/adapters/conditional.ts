import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'

/** Whether a write was made: false where its condition did not hold. */
export const isWritten = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}
