import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import type { Anchor, SentMail } from '../../shared/domain/evidence.ts'
import type { AssistantId } from '../../shared/domain/ids.ts'
import { itemsUnder } from './batch.ts'
import { changing, isWritten } from './conditional.ts'
import { dutyKeyOf, type Item, packed, unpacked } from './items.ts'

/** What was done, where that is evidence: a mail as it was sent, or the head of the chain as it was kept. */
export type DutyOutcome =
  | { readonly type: 'mailed'; readonly mail: SentMail }
  | { readonly type: 'anchored'; readonly anchor: Anchor }

/** What the duties of a case came to, kept with them once they are done. */
export interface Outcomes {
  /** In no order. */
  readonly of: (id: AssistantId) => Promise<readonly DutyOutcome[]>
  /** Gives up the words and addresses of the mails of a case. */
  readonly reduceMails: (id: AssistantId) => Promise<void>
}

export const outcomes = (client: DynamoDBClient, table: string): Outcomes => {
  /** With the keys of their duties. */
  const kept = async (id: AssistantId) => {
    const found: { readonly key: Item; readonly outcome: DutyOutcome }[] = []
    const { pk } = dutyKeyOf(`${id}-`)
    for await (const item of itemsUnder(client, table, { pk, sk: { S: 'DUTY#' } } as Item)) {
      const outcome = unpacked(item['outcome'])
      if (outcome === undefined) continue
      const key = { pk: item['pk'], sk: item['sk'] } as Item
      found.push({ key, outcome: outcome as DutyOutcome })
    }
    return found
  }

  /** Puts another outcome in the place of one, if it is still there. */
  const replace = (key: Item, outcome: DutyOutcome): Promise<boolean> => {
    const { Update } = changing(table, key, 'SET outcome = :outcome', { ':outcome': packed(outcome) })
    return isWritten(client.send(new UpdateItemCommand(Update)))
  }

  return {
    of: async (id) => (await kept(id)).map(({ outcome }) => outcome),

    reduceMails: async (id) => {
      for (const { key, outcome } of await kept(id)) {
        if (outcome.type !== 'mailed') continue
        const { to, ...mail } = outcome.mail
        await replace(key, { type: 'mailed', mail: { ...mail, to: { ...to, address: null }, text: null } })
      }
    },
  }
}
