import type { Translated } from './locale.ts'

/** The words of the mail with a code. The subject does not show it: subjects appear on locked screens. */
export const codeMailTexts: Translated<
  Readonly<Record<'subject' | 'opening' | 'confirmation' | 'code' | 'confirm' | 'warning', string>>
> = {
  'zh-CN': {
    subject: '【验证码】{subject}',
    opening: '请在页面中输入下列验证码。有效期至 {validUntil}。',
    confirmation:
      '已收到您通过邮件作出的答复，尚未生效。请打开下列链接核对并提交，或在审批页面中输入验证码。有效期至 {validUntil}。',
    code: '验证码',
    confirm: '核对并提交',
    warning: '请勿将验证码告知他人。如非您本人操作，请忽略本邮件，不会有任何改动。',
  },
  en: {
    subject: 'Your code [{subject}]',
    opening: 'Enter this code on the page. It is valid until {validUntil}.',
    confirmation:
      'Your answer by mail has arrived and does not count yet: open the link to check and submit it, or enter the code on the page. It is valid until {validUntil}.',
    code: 'Code',
    confirm: 'Check and submit',
    warning: 'Tell this code to nobody. If it was not you who asked for it, ignore this mail: nothing is changed.',
  },
}
