import type { Channel } from '../domain/events.ts'
import type { Locale } from '../domain/organisation.ts'
import type { Translated } from './locale.ts'

/** The words that the pages behind the links of mails share. `{name}` stands for a fact. */
export interface CommonPageText {
  readonly locale: Locale
  /** How days and times are written. */
  readonly dates: string
  readonly brand: string
  readonly otherLocale: Locale
  readonly otherLanguage: string
  readonly loading: string
  readonly needsScript: string
  readonly noSecret: string
  readonly unreachable: string
  /** Said where the gateway has held a call back, which so came to nothing. */
  readonly tooManyCalls: string
  /** Said when no answer comes to what a button sent: whether it arrived is unknown. */
  readonly unanswered: string
  readonly sending: string
  readonly mistakes: string
  readonly moment: string
  readonly person: string
  readonly onBehalfOf: string
  readonly channels: Readonly<Record<Channel, string>>
}

/** The words of the step in which a person shows that the registered mailbox is theirs. */
export interface CodeStepText {
  readonly heading: string
  /** Said before the step: that the button has a code mailed. */
  readonly announced: string
  readonly label: string
  readonly sent: string
  readonly filledIn: string
  /** Said when no more codes are mailed for now. */
  readonly earlier: string
  readonly again: string
  readonly needed: string
  readonly next: string
}

export const commonPageTexts: Translated<CommonPageText> = {
  'zh-CN': {
    locale: 'zh-CN',
    dates: 'zh-CN',
    brand: '客户经理助理管理',
    otherLocale: 'en',
    otherLanguage: 'English',
    loading: '正在读取…',
    needsScript: '请启用浏览器的 JavaScript 后再打开此页。',
    noSecret: '链接不完整，请直接点击邮件中的链接。',
    unreachable: '暂时无法连接，请稍后重新打开此页。',
    tooManyCalls: '当前请求过于频繁，本次未被受理。请过几分钟再试。',
    unanswered: '没有收到系统的答复，可能尚未提交。请再按一次，重复提交不会重复生效。',
    sending: '正在提交…',
    mistakes: '请更正以下内容',
    moment: '{day} {time}（{zone}）',
    person: '{name}（{employeeNo}）',
    onBehalfOf: '{person}，代理 {principal}',
    channels: {
      page: '审批页面',
      reply: '回复邮件',
      mail: '邮件系统',
      api: '人力系统',
      workflow: '系统流程',
      time: '到期自动处理',
    },
  },
  en: {
    locale: 'en',
    dates: 'en-GB',
    brand: 'Relationship-manager assistants',
    otherLocale: 'zh-CN',
    otherLanguage: '中文',
    loading: 'Reading …',
    needsScript: 'Please switch on JavaScript in your browser and open this page again.',
    noSecret: 'The link is not complete: please follow the one in the mail.',
    unreachable: 'The system can not be reached at the moment: please open this page again later.',
    tooManyCalls:
      'There are too many calls at the moment, and this one was not taken. Please try again in a few minutes.',
    unanswered:
      'No answer came, and what you sent may not have arrived. Please press the button again; twice does no harm.',
    sending: 'Sending …',
    mistakes: 'Please put this right',
    moment: '{day}, {time} ({zone})',
    person: '{name} ({employeeNo})',
    onBehalfOf: '{person}, for {principal}',
    channels: {
      page: 'on the page',
      reply: 'by reply to the mail',
      mail: 'mail system',
      api: 'through the HR system',
      workflow: 'by the workflow',
      time: 'as time passed',
    },
  },
}

export const codeStepTexts: Translated<CodeStepText> = {
  'zh-CN': {
    heading: '邮件验证码',
    announced: '下一步将向您的登记邮箱发送六位验证码，输入验证码并提交后方才生效。',
    label: '六位验证码',
    sent: '验证码已发送至您的登记邮箱，有效期至 {until}。',
    filledIn: '验证码已由邮件中的链接填入。如已过期，可重新获取。',
    earlier: '如最近收到的验证码仍在有效期内，可直接输入。',
    again: '重新发送验证码',
    needed: '请输入邮件中的六位数字。',
    next: '下一步：获取验证码',
  },
  en: {
    heading: 'A code from your mailbox',
    announced:
      'Next, a six-digit code is mailed to your registered address. Nothing counts until you have entered it and submitted.',
    label: 'Six-digit code',
    sent: 'A code has been mailed to your registered address. It is valid until {until}.',
    filledIn: 'The code was filled in by the link in your mail. If it is out of date, ask for another.',
    earlier: 'The newest code in your mailbox can be entered as long as it is valid.',
    again: 'Send another code',
    needed: 'Enter the six digits from the mail.',
    next: 'Next: have a code mailed',
  },
}
