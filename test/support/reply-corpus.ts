import type { ReceivedMail, Reply } from '../../functions/mail/read-reply.ts'
import { automaticMails } from './corpus-automatic.ts'
import { envelopeMails } from './corpus-envelopes.ts'
import { forgedMails } from './corpus-forged.ts'
import { garbledMails } from './corpus-garbled.ts'
import { genuineMails } from './corpus-genuine.ts'
import { undecidedMails } from './corpus-undecided.ts'
import type { Facts } from './raw-mails.ts'

export type { Reply }

/** A mail that may arrive, and what must be read in it. */
export interface CorpusMail {
  readonly name: string
  /**
   * `genuine`: decides. `automatic`: a machine wrote it, so nothing is ever answered. `polite`: anything else, which
   * never decides and is answered with what to do instead.
   */
  readonly kind: 'genuine' | 'automatic' | 'polite'
  readonly mail: (facts: Facts) => ReceivedMail
  /** The sign of an automatic mail; of a reply what differs from an authentic one of the approver to the request. */
  readonly expected: (facts: Facts) => { readonly sign: string } | Partial<Reply>
}

/** Mails written for the tests, in the manner of many clients; none is anybody's. */
export const corpus: readonly CorpusMail[] = [
  ...genuineMails,
  ...envelopeMails,
  ...automaticMails,
  ...undecidedMails,
  ...forgedMails,
  ...garbledMails,
]
