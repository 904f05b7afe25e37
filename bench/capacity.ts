import { serve } from '../infra/local/server.ts'

/** What DynamoDB did: capacity units as it says itself, and how many calls it got. */
export interface Units {
  readonly read: number
  readonly write: number
  readonly reads: number
  readonly writes: number
}

const none: Units = { read: 0, write: 0, reads: 0, writes: 0 }

/** What stands between the system and its DynamoDB, and counts. */
export interface Meter {
  readonly url: string
  /** The units since this was asked last. */
  readonly counted: () => Units
  readonly close: () => Promise<void>
}

interface Consumed {
  readonly CapacityUnits?: number
}

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'BatchWriteItem'])
const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'TransactGetItems'])

/** Has every read and write say what it consumes. */
export const startMeter = async (dynamoDbUrl: string): Promise<Meter> => {
  let units = none
  const count = (operation: string, answer: string): void => {
    const { ConsumedCapacity = [] } = JSON.parse(answer) as { ConsumedCapacity?: Consumed | readonly Consumed[] }
    const sum = [ConsumedCapacity].flat().reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0)
    const { read, write, reads: readCalls, writes: writeCalls } = units
    units = writes.has(operation)
      ? { ...units, write: write + sum, writes: writeCalls + 1 }
      : { ...units, read: read + sum, reads: readCalls + 1 }
  }
  const { url, close } = await serve(async (request) => {
    const operation = String(request.headers.get('x-amz-target')).replace(/^.*\./, '')
    const isCounted = writes.has(operation) || reads.has(operation)
    const asked = await request.text()
    const body = isCounted ? JSON.stringify({ ...JSON.parse(asked), ReturnConsumedCapacity: 'TOTAL' }) : asked
    const headers = new Headers(request.headers)
    headers.delete('content-length')
    const response = await fetch(dynamoDbUrl, { method: request.method, headers, ...(body === '' ? {} : { body }) })
    const answer = await response.text()
    if (isCounted && response.ok) count(operation, answer)
    return new Response(answer, {
      status: response.status,
      headers: { 'content-type': 'application/x-amz-json-1.0' },
    })
  }, 0)
  return {
    url,
    counted: () => {
      const before = units
      units = none
      return before
    },
    close,
  }
}
