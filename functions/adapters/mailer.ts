import type { Instant } from '../../shared/domain/time.ts'

/** One mail to one person. */
export interface Mail {
  /** The duty that the mail fulfils; a copy after a crash carries the same. */
  readonly dutyId: string
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly language: string
  /** Where answers to it go; null where nobody shall answer. */
  readonly replyTo: string | null
  /** The id of the mail that it answers, in angle brackets. */
  readonly inReplyTo: string | null
  /** Whether a mail that arrived caused it, and nothing else (RFC 3834). */
  readonly isReply: boolean
  /** When it was written, by the bank's clock. */
  readonly at: Instant
}

/** Whose name the mails bear. */
export interface Sender {
  readonly name: string
  readonly address: string
}

export interface Mailer {
  /** Hands a mail over. @throws where it is not taken; one that was taken can still come back undeliverable */
  readonly send: (mail: Mail) => Promise<void>
}
