import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb'
import { findDynoxide, startDynoxide } from './dynoxide.ts'
import { StartError } from './start-error.ts'

export interface DynamoDb {
  readonly endpoint: string
  readonly stop: () => Promise<void>
}

/** A table as the template describes it. */
export type TableDefinition = Pick<
  CreateTableCommandInput,
  'KeySchema' | 'AttributeDefinitions' | 'GlobalSecondaryIndexes' | 'BillingMode'
>

export interface DynamoDbOptions {
  readonly file: string
  /** A DynamoDB that runs already, to be used instead of starting one. */
  readonly endpoint: string | undefined
  readonly path: string
}

/** Uses the DynamoDB that was named, or else starts one of its own. */
export const startDynamoDb = async ({ file, endpoint, path }: DynamoDbOptions): Promise<DynamoDb> => {
  if (endpoint === undefined) return startDynoxide(findDynoxide(path), file)
  try {
    // Whatever it answers: something is there.
    await fetch(endpoint)
  } catch {
    throw new StartError(`Nothing answers at ${endpoint}: start a DynamoDB there, or unset AWS_ENDPOINT_URL_DYNAMODB.`)
  }
  return { endpoint, stop: async () => undefined }
}

const waiting = { maxWaitTime: 30, minDelay: 1, maxDelay: 1 }

type KeySchema = TableDefinition['KeySchema']

const keysOf = (name: string, schema: KeySchema): string =>
  `${name}: ${(schema ?? []).map(({ KeyType, AttributeName }) => `${KeyType} ${AttributeName}`).join(', ')}`

/** The keys of a table and of its indexes, in an order of their own. */
const shapeOf = ({
  KeySchema,
  GlobalSecondaryIndexes,
}: Pick<TableDescription, 'KeySchema' | 'GlobalSecondaryIndexes'>) =>
  [
    keysOf('table', KeySchema),
    ...(GlobalSecondaryIndexes ?? []).map((index) => keysOf(`index ${index.IndexName}`, index.KeySchema)).toSorted(),
  ].join('; ')

const find = async (client: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}

const remove = async (client: DynamoDBClient, TableName: string): Promise<void> => {
  await client.send(new DeleteTableCommand({ TableName }))
  await waitUntilTableNotExists({ client, ...waiting }, { TableName })
}

// Of the template only what makes the table behave as it does: encryption, backups and protection guard an account's
// data, and items that outlived their time may stay.
const create = async (client: DynamoDBClient, TableName: string, definition: TableDefinition): Promise<void> => {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode } = definition
  await client.send(
    new CreateTableCommand({ TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode }),
  )
  await waitUntilTableExists({ client, ...waiting }, { TableName })
}

/** Makes the table unless it is there; `fresh` removes the one that is. */
export const ensureTable = async (
  endpoint: string,
  TableName: string,
  definition: TableDefinition,
  { fresh }: { readonly fresh: boolean },
): Promise<void> => {
  const client = new DynamoDBClient({ endpoint })
  try {
    const table = await find(client, TableName)
    if (table && fresh) await remove(client, TableName)
    if (!table || fresh) return await create(client, TableName, definition)
    if (shapeOf(table) !== shapeOf(definition))
      throw new StartError('The data are those of another version: keep them elsewhere, or start empty with --fresh.')
  } finally {
    client.destroy()
  }
}
