import type { Translated } from './locale.ts'

/** How a request is answered by mail; the answers are those that replies are read by, in the reader's language. */
export const replyTexts: Translated<{
  /** Above the answers, where a reply decides at once. */
  readonly decides: string
  /** Above the answers, where a code is asked for first. */
  readonly needsCode: string
  /** What each answer means, and how it is written. No line of both is itself an answer, for it is quoted in replies. */
  readonly answers: readonly (readonly [meaning: string, words: string])[]
}> = {
  'zh-CN': {
    decides: '也可直接回复本邮件作出决定，第一行只写：',
    needsCode: '也可直接回复本邮件，第一行只写下列之一；随后您会收到验证码，核对并提交后方才生效：',
    answers: [
      ['如同意', '同意'],
      ['如不同意', '不同意 （理由）'],
      ['如退回补正', '退回 （理由）'],
    ],
  },
  en: {
    decides: 'Or reply to this mail, with nothing in its first line but:',
    needsCode:
      'Or reply to this mail, with nothing in its first line but one of these; you then get a code, and the answer counts once you have submitted it:',
    answers: [
      ['To approve', 'approve'],
      ['To reject', 'reject (the reason)'],
      ['To return it for amendment', 'return (the reason)'],
    ],
  },
}
