import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import * as z from 'zod'
import { awsJson } from './aws-json.ts'
import { type KeptLines, keptLines } from './kept-lines.ts'

const Detail = z.looseObject({ id: z.string(), assistantId: z.string() })

/** An event as it came to the bus. */
export const BusEvent = z.object({
  source: z.string(),
  detailType: z.string(),
  /** When the bus took it, by the bank's clock. */
  publishedAt: z.string(),
  detail: Detail,
})
export type BusEvent = z.infer<typeof BusEvent>
/** Events, each labelled with its case. */
export type BusEvents = KeptLines<BusEvent, string>

/** Every event that the bus ever took, kept in `file`. */
export const openBusEvents = (file: string): BusEvents =>
  keptLines(
    file,
    (line) => BusEvent.parse(line),
    ({ detail }) => detail.assistantId,
  )

/** An event as listeners get it here: on AWS the first part is the `detail`, and EventBridge has its own around it. */
export const shownEvent = ({ detail, publishedAt }: BusEvent) => ({ ...detail, publishedAt })

/** What EventBridge takes in one call. */
const maxEntries = 10

const PutEvents = z.object({
  Entries: z
    .array(
      z.object({
        EventBusName: z.string().optional(),
        Source: z.string().optional(),
        DetailType: z.string().optional(),
        Detail: z.string().optional(),
      }),
    )
    .min(1)
    .max(maxEntries),
})
type Entry = z.infer<typeof PutEvents>['Entries'][number]

const detailOf = (text: string | undefined) => {
  try {
    return Detail.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}

const refused = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage })

export interface EventBridgeOptions {
  /** Name of the one bus. */
  readonly bus: string
  readonly events: Pick<BusEvents, 'append'>
  readonly now: () => string
  /** Hears that there is another event. */
  readonly taken?: () => void
}

/** EventBridge as far as events are put: one bus, whose events are kept. Each entry is taken or refused by itself. */
export const createEventBridge = ({ bus, events, now, taken }: EventBridgeOptions): Hono => {
  const take = ({ EventBusName, Source, DetailType, Detail: text }: Entry) => {
    if (EventBusName !== bus) return refused('InvalidArgument', `There is no event bus ${EventBusName ?? 'default'}.`)
    if (!Source || !DetailType) return refused('InvalidArgument', 'An event has a Source and a DetailType.')
    const detail = detailOf(text)
    if (detail === undefined) return refused('MalformedDetail', 'Detail is not the JSON of an event of Zhuli.')
    events.append({ source: Source, detailType: DetailType, publishedAt: now(), detail })
    return { EventId: randomUUID() }
  }

  return awsJson('AWSEvents', '1.1', {
    PutEvents: (input) => {
      const Entries = PutEvents.parse(input).Entries.map(take)
      taken?.()
      return { FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length, Entries }
    },
  })
}
