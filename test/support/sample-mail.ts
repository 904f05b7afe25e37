import type { Mail } from '../../functions/adapters/mailer.ts'
import { monday } from './bank.ts'

/** A mail to one person that answers none, with whatever words. */
export const sampleMail = (words: Pick<Mail, 'subject' | 'text' | 'html'>): Mail => ({
  dutyId: '00000001-2-m1',
  at: monday,
  to: { name: '王芳', address: 'wang@bank.test' },
  language: 'zh-CN',
  replyTo: null,
  inReplyTo: null,
  isReply: false,
  ...words,
})
