/**
 * Names of the one table's keys and indexes, the same for the stack that makes it and the store that uses it.
 *
 * `due` and `list` are sparse: an item stands in them only while it has their keys. Both project keys alone,
 * because what they lead to is read from the table, consistently.
 */
export const tableKeys = {
  partition: 'pk',
  sort: 'sk',
  /** Epoch seconds after which DynamoDB may delete the item. */
  timeToLive: 'expiresAt',
} as const

export const tableIndexes = {
  /** What is to be done by a time, in order of that time (duties, and the alarms of cases). */
  due: { name: 'due', partition: 'duePartition', sort: 'dueAt' },
  /** Assistants and applications by status, within it by branch and centre. */
  list: { name: 'list', partition: 'listPartition', sort: 'listKey' },
} as const
