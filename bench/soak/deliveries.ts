import type { Message } from '../../test/support/bank-client.ts'
import type { HeardEvent } from '../../test/support/event-validator.ts'
import type { Evidence } from '../../shared/domain/evidence.ts'
import type { RecordedEvent } from '../../shared/domain/events.ts'
import { isPublished } from '../../shared/domain/publishing.ts'
import { addMinutes } from '../../shared/domain/time.ts'
import type { SoakClient } from './client.ts'

/** What left the system: mails and published events, as those have them who got them. */
export interface Deliveries {
  /** Different mails by the event that caused each: `<case>-<number>`. */
  readonly mailsOf: ReadonlyMap<string, ReadonlySet<string>>
  /** Copies by whom they went to and what they are about. */
  readonly copies: ReadonlyMap<string, number>
  /** Ids of the events that HR systems heard. */
  readonly heard: ReadonlySet<string>
}

const labelOf = (address: string, subject: string): string => `"${subject}" to ${address.toLowerCase()}`

/** How many there are of each. */
const counted = (labels: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

const deliveriesOf = (mails: readonly Message[], events: readonly HeardEvent[]): Deliveries => {
  const mailsOf = new Map<string, Set<string>>()
  for (const { headers } of mails) {
    const duty = headers['x-zhuli-duty'] ?? ''
    const cause = /^(.+-\d+)-m\d+$/.exec(duty)?.[1]
    if (cause !== undefined) mailsOf.set(cause, (mailsOf.get(cause) ?? new Set()).add(duty))
  }
  const labels = mails.flatMap(({ to, subject }) => to.map((address) => labelOf(address, subject)))
  return { mailsOf, copies: counted(labels), heard: new Set(events.map(({ id }) => id)) }
}

export const readDeliveries = async (client: SoakClient): Promise<Deliveries> => {
  const { body } = await client.call<{ events: readonly HeardEvent[] }>('GET', '/local/events')
  return deliveriesOf(await client.mails(), body.events)
}

/** Minutes within which a request that could not be mailed at once is mailed; answered before, it need not be any more. */
const mailedWithin = 30

/** Of what always somebody is told. */
const isTold: ReadonlySet<RecordedEvent['type']> = new Set([
  'stage-decided',
  'application-expired',
  'onboarding-took-effect',
  'transfer-took-effect',
])

/** The fewest mails that an event causes, whoever else is told. */
const fewestMails = (event: RecordedEvent, next: RecordedEvent | undefined): number => {
  if (event.type !== 'stage-opened') return isTold.has(event.type) ? 1 : 0
  return next !== undefined && next.at < addMinutes(event.at, mailedWithin) ? 0 : event.data.asked.length
}

/** What the trail of a case says was to leave the system, or did, and reached nobody. */
export const undelivered = (
  { assistantId, events, mails }: Evidence,
  { mailsOf, copies, heard }: Deliveries,
): readonly string[] => {
  const owed = events.flatMap((event, index) => {
    const cause = `${assistantId}-${event.seq}`
    const missing = fewestMails(event, events[index + 1]) - (mailsOf.get(cause)?.size ?? 0)
    return [
      ...(missing > 0 ? [`${cause} (${event.type}): ${missing} of its mails did not come`] : []),
      ...(isPublished(event) && !heard.has(cause) ? [`${cause} (${event.type}) was not heard`] : []),
    ]
  })
  const labels = mails.flatMap(({ to: { address }, subject }) => (address === null ? [] : [labelOf(address, subject)]))
  const claimed = [...counted(labels)]
    .filter(([label, count]) => count > (copies.get(label) ?? 0))
    .map(([label, count]) => `${assistantId}: ${label} is on record ${count} times and came ${copies.get(label) ?? 0}`)
  return [...owed, ...claimed]
}
