import { dutyOfTag, dutyTag, MailEvent } from '../shared/contracts/mail-events.ts'
import { createSystem, type System } from './adapters/system.ts'
import { reportUndeliverable, type Report } from './undeliverable.ts'

/**
 * What an event means for the mail's duty; null where the mail did arrive. SES takes automatic answers, such as that of
 * someone on leave, for transient bounces; a server that really gave a mail up says so in a notice.
 */
const kindOf = ({ detail }: MailEvent): Report['kind'] | null => {
  switch (detail.eventType) {
    case 'Complaint':
      return 'complaint'
    case 'Reject':
      return 'bounce'
    case 'Bounce': {
      const { bounceType, bouncedRecipients } = detail.bounce
      const isNoticed = bouncedRecipients.some(({ action }) => action !== undefined)
      return bounceType === 'Transient' && !isNoticed ? null : 'bounce'
    }
  }
}

/** Tells `report` of a mail that was taken over for delivery and did not do its work. */
export const heedMailEvent =
  (system: System, report: typeof reportUndeliverable = reportUndeliverable) =>
  async (received: unknown): Promise<void> => {
    const event = MailEvent.parse(received)
    const { messageId, tags } = event.detail.mail
    const [tag] = tags[dutyTag] ?? []
    const kind = kindOf(event)
    if (tag === undefined || kind === null) {
      system.log.info('Nothing follows from a mail event.', { mail: messageId, type: event.detail.eventType })
      return
    }
    await report(system, { dutyId: dutyOfTag(tag), kind })
  }

export const handler = heedMailEvent(createSystem({ variables: process.env, workflow: null }))
