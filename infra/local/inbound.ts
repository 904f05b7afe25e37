import { randomUUID } from 'node:crypto'
import type { Verdict } from '../../shared/contracts/inbound-mail.ts'
import { resources } from './environment.ts'
import type { S3 } from './s3.ts'
import type { Invoke } from './states-run.ts'

/** A mail as a server of the internet brings it, and what the checks of it find. */
export interface Arrival {
  readonly raw: Uint8Array
  readonly returnPath: string
  readonly recipients: readonly string[]
  readonly verdicts: Readonly<Record<'spf' | 'dkim' | 'dmarc' | 'spam' | 'virus', Verdict>>
}

/** SES as far as it takes mail in. */
export interface Inbound {
  /** Takes a mail in and gives its id once the function has read it. @throws what the function throws */
  readonly arrive: (mail: Arrival) => Promise<string>
}

interface InboundOptions {
  readonly s3: { readonly put: (...object: Parameters<S3['put']>) => void | Promise<void> }
  readonly bucket?: string
  readonly invoke: Invoke
  readonly now: () => string
}

const eventOf = (id: string, at: string, { returnPath, recipients, verdicts }: Arrival) => ({
  Records: [
    {
      eventSource: 'aws:ses',
      eventVersion: '1.0',
      ses: {
        mail: { timestamp: at, source: returnPath, messageId: id, destination: [...recipients] },
        receipt: {
          timestamp: at,
          processingTimeMillis: 0,
          recipients: [...recipients],
          spamVerdict: { status: verdicts.spam },
          virusVerdict: { status: verdicts.virus },
          spfVerdict: { status: verdicts.spf },
          dkimVerdict: { status: verdicts.dkim },
          dmarcVerdict: { status: verdicts.dmarc },
          action: { type: 'Lambda', functionArn: 'receive-mail', invocationType: 'Event' },
        },
      },
    },
  ],
})

/** Does what the stack's receipt rule does: stores the mail, then calls the function. */
export const createInbound = ({ s3, bucket = resources.inbox.bucket, invoke, now }: InboundOptions): Inbound => ({
  arrive: async (mail) => {
    const id = randomUUID()
    await s3.put(bucket, `${resources.inbox.prefix}${id}`, mail.raw)
    await invoke('receive-mail', eventOf(id, now(), mail))
    return id
  },
})
