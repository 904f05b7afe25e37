import { randomUUID } from 'node:crypto'
import { mailEventTypes } from '../../shared/contracts/mail-events.ts'
import type { Activity } from './activity.ts'
import { resources } from './environment.ts'
import type { Invoke } from './states-run.ts'

/** A mail that SES took, and what it was told along with it. */
export interface SentMail {
  readonly id: string
  readonly at: string
  readonly from: string
  readonly to: readonly string[]
  readonly tags: Readonly<Record<string, string>>
}

type Fate = 'bounce' | 'complaint'

/** The addresses of SES's mailbox simulator, with a label or without, and what becomes of mail to them. */
const simulator = /^(bounce|complaint)(?:\+[^@]*)?@simulator\.amazonses\.com$/i

const fateOf = (address: string): Fate | undefined => simulator.exec(address)?.[1]?.toLowerCase() as Fate | undefined

const [bounced, complained] = mailEventTypes

const detailOf = (fate: Fate, emailAddress: string, timestamp: string) => {
  switch (fate) {
    case 'bounce':
      return {
        eventType: 'Bounce',
        bounce: {
          feedbackId: randomUUID(),
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients: [
            { emailAddress, action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' },
          ],
          timestamp,
          reportingMTA: 'dns; simulator.amazonses.com',
        },
      }
    case 'complaint':
      return {
        eventType: 'Complaint',
        complaint: {
          feedbackId: randomUUID(),
          complaintSubType: null,
          complainedRecipients: [{ emailAddress }],
          complaintFeedbackType: 'abuse',
          timestamp,
        },
      }
  }
}

const eventOf = (fate: Fate, address: string, { id, at, from, to, tags }: SentMail) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': fate === 'bounce' ? bounced : complained,
  source: 'aws.ses',
  time: at,
  region: 'local',
  resources: [],
  detail: {
    ...detailOf(fate, address, at),
    mail: {
      timestamp: at,
      source: from,
      messageId: id,
      destination: [...to],
      tags: {
        'ses:configuration-set': [resources.configurationSet],
        ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
      },
    },
  },
})

export interface MailEventOptions {
  readonly invoke: Invoke
  readonly activity: Activity
  /** Takes what the function throws; nobody waits for it. */
  readonly failed: (error: unknown) => void
}

/** Does what the stack's rule does: calls the function with what became of a mail, once the sender has its answer. */
export const createMailEvents =
  ({ invoke, activity, failed }: MailEventOptions) =>
  (mail: SentMail): void => {
    for (const address of mail.to) {
      const fate = fateOf(address)
      if (fate === undefined) continue
      const end = activity.begin()
      setImmediate(() => {
        void invoke('report-undeliverable', eventOf(fate, address, mail))
          .catch(failed)
          .finally(end)
      })
    }
  }
