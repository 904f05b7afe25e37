import { InboundMailEvent } from '../shared/contracts/inbound-mail.ts'
import { createInbox, type Inbox } from './adapters/inbox.ts'
import { createSystem, type System } from './adapters/system.ts'
import { createWorkflow } from './adapters/workflow.ts'
import { receive } from './mail/receive.ts'

/** Reads a mail that arrived and hands it to `take`, unless it carries a virus. */
export const receiveMail =
  (system: System, inbox: Inbox, take: typeof receive = receive) =>
  async (event: unknown): Promise<void> => {
    for (const { ses } of InboundMailEvent.parse(event).Records) {
      const { messageId: id, source: returnPath } = ses.mail
      const { recipients, spfVerdict, dkimVerdict, dmarcVerdict, virusVerdict } = ses.receipt
      if (virusVerdict.status === 'FAIL') {
        system.log.warn('Dropped a mail with a virus.', { mail: id })
        continue
      }
      await take(system, {
        id,
        raw: await inbox.read(id),
        returnPath,
        recipients,
        verdicts: { spf: spfVerdict.status, dkim: dkimVerdict.status, dmarc: dmarcVerdict.status },
      })
    }
  }

export const handler = receiveMail(
  createSystem({ variables: process.env, workflow: createWorkflow(process.env) }),
  createInbox(process.env),
)
