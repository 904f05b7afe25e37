import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { tableIndexes } from '../../../shared/contracts/table.ts'

/** A write, of a transaction or alone. */
interface WriteRequest {
  readonly Put?: PutItemCommand['input'] | undefined
  readonly Update?: Partial<UpdateItemCommand['input']> | undefined
  readonly Delete?: DeleteItemCommand['input'] | undefined
  readonly ConditionCheck?: Omit<DeleteItemCommand['input'], 'ReturnValues'> | undefined
}
type Item = Readonly<Record<string, AttributeValue>>

/** One write as a transaction has it, or as a command of its own. */
interface Write {
  readonly key: Item
  readonly condition: string | undefined
  readonly values: Item
  /** The item after the write; null where there is none then. */
  readonly next: (before: Item | undefined) => Item | null
}

const keyText = (key: Item): string => `${key['pk']?.S}|${key['sk']?.S}`
const keyOf = ({ pk, sk }: Item): Item => ({ pk: pk!, sk: sk! })
const plain = (value: AttributeValue | undefined): string | number | undefined =>
  value?.N === undefined ? value?.S : Number(value.N)

const operand = (text: string, item: Item, values: Item): string | number | undefined =>
  plain(text.startsWith(':') ? values[text] : item[text])

const compare = (left: string | number | undefined, operator: string, right: string | number | undefined): boolean => {
  if (left === undefined || right === undefined) return false
  switch (operator) {
    case '=':
      return left === right
    case '<':
      return left < right
    case '<=':
      return left <= right
    default:
      throw new Error(`No such comparison: ${operator}`)
  }
}

/** One condition without AND or OR. */
const holds = (text: string, item: Item | undefined, values: Item): boolean => {
  const called = /^(\w+)\((\w+)(?:, (:\w+))?\)$/.exec(text)
  if (called !== null) {
    const [, name, attribute = '', given = ''] = called
    if (name === 'attribute_exists') return item?.[attribute] !== undefined
    if (name === 'attribute_not_exists') return item?.[attribute] === undefined
    if (name === 'begins_with')
      return String(plain(item?.[attribute])).startsWith(String(plain(values[given]))) && item !== undefined
    throw new Error(`No such function: ${text}`)
  }
  const between = /^(\w+) BETWEEN (:\w+) TO (:\w+)$/.exec(text)
  if (between !== null) {
    const [, attribute = '', low = '', high = ''] = between
    const value = operand(attribute, item ?? {}, values)
    return compare(operand(low, {}, values), '<=', value) && compare(value, '<=', operand(high, {}, values))
  }
  const compared = /^(\w+) (=|<=|<) (:\w+)$/.exec(text)
  if (compared === null) throw new Error(`This table does not know the condition ${text}`)
  const [, left = '', operator = '', right = ''] = compared
  return compare(operand(left, item ?? {}, values), operator, operand(right, {}, values))
}

/** A condition of the kind that the adapters write: alternatives, each of conditions that all hold. */
const fits = (condition: string | undefined, item: Item | undefined, values: Item): boolean =>
  condition === undefined ||
  condition.split(' OR ').some((alternative) =>
    alternative
      .replaceAll(/BETWEEN (:\w+) AND/g, 'BETWEEN $1 TO')
      .split(' AND ')
      .every((part) => holds(part, item, values)),
  )

/** What ADD makes of an attribute: a sum, or a set with more members. */
const added = (before: AttributeValue | undefined, given: AttributeValue): AttributeValue =>
  given.SS === undefined
    ? { N: String(Number(before?.N ?? 0) + Number(given.N)) }
    : { SS: [...new Set([...(before?.SS ?? []), ...given.SS])] }

/** An update expression of SET, ADD and REMOVE clauses; SET takes values alone, as the adapters do. */
const updated = (expression: string, before: Item, values: Item): Item => {
  const next: Record<string, AttributeValue> = { ...before }
  for (const clause of expression.split(/ (?=(?:SET|ADD|REMOVE) )/)) {
    const [, verb = '', rest = ''] = /^(SET|ADD|REMOVE) (.+)$/.exec(clause) ?? []
    for (const part of rest.split(', ')) {
      if (verb === 'REMOVE') delete next[part]
      else {
        const [, attribute = '', value = ''] = /^(\w+)(?: =)? (:\w+)$/.exec(part) ?? []
        const given = values[value]
        if (given === undefined) throw new Error(`This table does not know the update ${part}`)
        next[attribute] = verb === 'SET' ? given : added(next[attribute], given)
      }
    }
  }
  return next
}

/** How DynamoDB refuses a write that meets a transaction on the same item; null for a command that writes nothing. */
export const conflictOf = (command: object): Error | null => {
  if (command instanceof TransactWriteItemsCommand)
    return new TransactionCanceledException({
      message: 'Transaction cancelled',
      $metadata: {},
      CancellationReasons: (command.input.TransactItems ?? []).map((_, index) => ({
        Code: index === 0 ? 'TransactionConflict' : 'None',
      })),
    })
  const isWrite =
    command instanceof PutItemCommand || command instanceof UpdateItemCommand || command instanceof DeleteItemCommand
  return isWrite ? new TransactionConflictException({ message: 'Transaction is ongoing', $metadata: {} }) : null
}

/** Items in memory, behind the commands and the expressions that the adapters use, and no others. */
export class MemoryTable {
  #items: ReadonlyMap<string, Item>

  constructor(items: ReadonlyMap<string, Item> = new Map()) {
    this.#items = items
  }

  /** A table that begins with the same items. Items never change, so both can share them. */
  copy(): MemoryTable {
    return new MemoryTable(new Map(this.#items))
  }

  items(): readonly Item[] {
    return [...this.#items.values()]
  }

  /** What the adapters take for the client of the SDK. */
  get client(): DynamoDBClient {
    return { send: async (command: object) => this.send(command) } as unknown as DynamoDBClient
  }

  send(command: object): unknown {
    if (command instanceof GetItemCommand) return { Item: this.#items.get(keyText(command.input.Key ?? {})) }
    if (command instanceof BatchGetItemCommand) return this.#batch(command.input)
    if (command instanceof QueryCommand) return this.#query(command.input)
    if (command instanceof TransactWriteItemsCommand) return this.#transact(command.input)
    if (command instanceof PutItemCommand) return this.#single({ Put: command.input })
    if (command instanceof UpdateItemCommand) return this.#single({ Update: command.input })
    if (command instanceof DeleteItemCommand) return this.#single({ Delete: command.input })
    throw new Error(`This table does not know ${command.constructor.name}.`)
  }

  #batch({ RequestItems = {} }: BatchGetItemCommand['input']) {
    return {
      Responses: Object.fromEntries(
        Object.entries(RequestItems).map(([table, { Keys = [] }]) => [
          table,
          Keys.map((key) => this.#items.get(keyText(key))).filter((item) => item !== undefined),
        ]),
      ),
    }
  }

  #query(input: QueryCommand['input']) {
    const index = Object.values(tableIndexes).find(({ name }) => name === input.IndexName)
    const sort = index?.sort ?? 'sk'
    const inOrder = (item: Item): string => `${item[sort]?.S}|${keyText(item)}`
    const found = this.items()
      .filter((item) => item[sort] !== undefined)
      .filter((item) => fits(input.KeyConditionExpression, item, input.ExpressionAttributeValues ?? {}))
      .toSorted((a, b) => (inOrder(a) < inOrder(b) ? -1 : 1))
    const start = input.ExclusiveStartKey
    const rest = start === undefined ? found : found.filter((item) => inOrder(item) > inOrder(start))
    const page = rest.slice(0, input.Limit)
    const last = page.at(-1)
    const keys = (item: Item) =>
      index === undefined
        ? keyOf(item)
        : { ...keyOf(item), [index.partition]: item[index.partition], [sort]: item[sort] }
    return {
      // Both indexes project keys alone.
      Items: index === undefined ? page : page.map(keys),
      ...(last === undefined || page.length === rest.length ? {} : { LastEvaluatedKey: keys(last) }),
    }
  }

  #writeOf({ Put, Update, Delete, ConditionCheck }: WriteRequest): Write {
    const given = Put ?? Update ?? Delete ?? ConditionCheck
    const values = given?.ExpressionAttributeValues ?? {}
    const condition = given?.ConditionExpression
    if (Put?.Item !== undefined) return { key: keyOf(Put.Item), condition, values, next: () => Put.Item ?? null }
    if (Update?.Key !== undefined) {
      const { Key, UpdateExpression = '' } = Update
      return { key: Key, condition, values, next: (before) => updated(UpdateExpression, before ?? Key, values) }
    }
    const key = Delete?.Key ?? ConditionCheck?.Key
    if (key === undefined) throw new Error('A write names no item.')
    return { key, condition, values, next: (before) => (Delete === undefined ? (before ?? null) : null) }
  }

  #apply(writes: readonly Write[]): void {
    const items = new Map(this.#items)
    for (const { key, next } of writes) {
      const text = keyText(key)
      const item = next(items.get(text))
      if (item === null) items.delete(text)
      else items.set(text, item)
    }
    this.#items = items
  }

  #single(request: WriteRequest) {
    const write = this.#writeOf(request)
    const before = this.#items.get(keyText(write.key))
    if (!fits(write.condition, before, write.values)) {
      throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} })
    }
    this.#apply([write])
    return request.Update === undefined || request.Update.ReturnValues === 'ALL_OLD' ? { Attributes: before } : {}
  }

  #transact({ TransactItems = [] }: TransactWriteItemsCommand['input']) {
    if (TransactItems.length > 100) throw new Error('DynamoDB takes at most 100 writes in a transaction.')
    const writes = TransactItems.map((request) => this.#writeOf(request))
    if (new Set(writes.map(({ key }) => keyText(key))).size < writes.length)
      throw new Error('A transaction writes an item once at most.')
    const fails = writes.map(({ key, condition, values }) => !fits(condition, this.#items.get(keyText(key)), values))
    if (fails.includes(true)) {
      throw new TransactionCanceledException({
        message: 'Transaction cancelled',
        $metadata: {},
        CancellationReasons: fails.map((failed) => ({ Code: failed ? 'ConditionalCheckFailed' : 'None' })),
      })
    }
    this.#apply(writes)
    return {}
  }
}
