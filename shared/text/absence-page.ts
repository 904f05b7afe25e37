import { type CodeStepText, codeStepTexts, type CommonPageText, commonPageTexts } from './common-page.ts'
import type { Translated } from './locale.ts'

/** The words of the page on which an approver names a delegate for days of absence. */
interface AbsencePageText extends CommonPageText {
  readonly title: string
  readonly heading: string
  readonly intro: string
  readonly present: string
  readonly none: string
  readonly delegate: string
  readonly nobody: string
  readonly from: string
  readonly until: string
  readonly reason: string
  readonly end: string
  readonly newHeading: string
  readonly replaces: string
  readonly who: string
  readonly aPerson: string
  readonly aPersonNo: string
  readonly nobodyChoice: string
  readonly confirmHeading: string
  readonly confirmEnd: string
  readonly back: string
  readonly code: CodeStepText
  readonly submit: string
  readonly saved: string
  readonly ended: string
  readonly wrong: Readonly<Record<'who' | 'delegate' | 'from' | 'until' | 'order' | 'reason', string>>
  readonly footer: string
}

export const absencePageTexts: Translated<AbsencePageText> = {
  'zh-CN': {
    ...commonPageTexts['zh-CN'],
    title: '离岗与代理',
    heading: '离岗与代理：{name}',
    intro: '您离岗期间的审批可由代理人处理，记录中会同时写明双方。',
    present: '目前的安排',
    none: '目前没有安排代理。',
    delegate: '代理人',
    nobody: '无（离岗，不设代理人）',
    from: '首日',
    until: '末日（含当日）',
    reason: '离岗原因',
    end: '结束这项安排',
    newHeading: '安排离岗',
    replaces: '新的安排将取代目前的安排。',
    who: '由谁代理',
    aPerson: '指定代理人',
    aPersonNo: '代理人的员工编号',
    nobodyChoice: '不设代理人',
    confirmHeading: '请核对',
    confirmEnd: '结束目前的安排，恢复由您本人审批。',
    back: '返回修改',
    code: codeStepTexts['zh-CN'],
    submit: '确认提交',
    saved: '已记录您的安排',
    ended: '已结束代理安排',
    wrong: {
      who: '请选择由谁代理。',
      delegate: '请填写代理人的员工编号。',
      from: '请填写首日。',
      until: '请填写末日。',
      order: '末日不得早于首日。',
      reason: '请填写离岗原因。',
    },
    footer: '打开此页不会作出任何更改。此链接仅供您本人使用，请勿转发。',
  },
  en: {
    ...commonPageTexts.en,
    title: 'Absence and delegate',
    heading: 'Absence and delegate: {name}',
    intro: 'While you are away, a delegate can decide what is asked of you; the record shows both names.',
    present: 'As it is now',
    none: 'No absence is on record.',
    delegate: 'Delegate',
    nobody: 'nobody (away without a delegate)',
    from: 'First day',
    until: 'Last day, included',
    reason: 'Reason',
    end: 'End it',
    newHeading: 'Plan an absence',
    replaces: 'This replaces what is on record now.',
    who: 'Who decides for you',
    aPerson: 'A delegate',
    aPersonNo: "The delegate's employee number",
    nobodyChoice: 'Nobody',
    confirmHeading: 'Please check',
    confirmEnd: 'The delegation ends, and you are asked again yourself.',
    back: 'Go back and change',
    code: codeStepTexts.en,
    submit: 'Confirm',
    saved: 'Your absence is on record',
    ended: 'The delegation has ended',
    wrong: {
      who: 'Choose who decides for you.',
      delegate: "Enter the delegate's employee number.",
      from: 'Enter the first day.',
      until: 'Enter the last day.',
      order: 'The last day can not be before the first.',
      reason: 'Enter the reason.',
    },
    footer: 'Opening this page changes nothing. The link is yours alone: please do not forward it.',
  },
}
