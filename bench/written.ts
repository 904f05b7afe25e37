import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Item } from '../functions/adapters/items.ts'
import { resources } from '../infra/local/environment.ts'
import type { AssistantCase } from '../shared/domain/assistant.ts'
import type { SendMail } from '../shared/domain/duty.ts'
import { AssistantId } from '../shared/domain/ids.ts'
import type { Instant } from '../shared/domain/time.ts'
import { trained } from '../test/support/cases.ts'

// A bank larger than anybody has the time to bring about: its cases are written straight to the table.

/** A time at which nothing of these cases falls due for months. */
export const noon = '2025-04-01T04:00:00.000Z' as Instant

export const idOf = (number: number): AssistantId => AssistantId.parse(String(number).padStart(8, '0'))

/** The same case of someone on the post, so many times under other names. */
export const copies = (count: number): readonly AssistantCase[] => {
  const { state } = trained()
  if (state === null) throw new Error('There is no case to copy.')
  const text = JSON.stringify(state)
  return Array.from(
    { length: count },
    (_, number) =>
      JSON.parse(text.replaceAll(state.id, idOf(number)).replaceAll('"A1"', `"A${number}"`)) as AssistantCase,
  )
}

/** The mail that tells the assistant of a copy that the procedure took effect; `event` is the event that it comes of. */
export const noticeTo = (assistantId: AssistantId, event: number): SendMail => ({
  kind: 'send-mail',
  id: `${assistantId}-${event}-m1`,
  assistantId,
  notice: 'took-effect',
  to: 'assistant',
  applicationId: `${assistantId}-1` as SendMail['applicationId'],
  approvalId: null,
})

export const putAll = async (client: DynamoDBClient, items: readonly Item[]): Promise<void> => {
  for (let from = 0; from < items.length; from += 25) {
    const requests = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }))
    await client.send(new BatchWriteItemCommand({ RequestItems: { [resources.table]: requests } }))
  }
}
