import { type CodeStepText, codeStepTexts, type CommonPageText, commonPageTexts } from './common-page.ts'
import type { Translated } from './locale.ts'

/** The words of the page on which the centre head names who takes the clients of someone who leaves. */
interface HandOverPageText extends CommonPageText {
  readonly title: string
  readonly heading: string
  readonly assistant: string
  readonly ground: string
  readonly clients: string
  readonly dueOn: string
  readonly you: string
  readonly caseNumber: string
  readonly intro: string
  readonly forAll: string
  readonly forOne: string
  readonly nameSome: string
  readonly submit: string
  readonly done: string
  readonly left: string
  readonly noneLeft: string
  readonly footer: string
  readonly code: CodeStepText
}

export const handOverPageTexts: Translated<HandOverPageText> = {
  'zh-CN': {
    ...commonPageTexts['zh-CN'],
    title: '移交客户',
    heading: '移交 {assistant} 名下客户',
    assistant: '助理',
    ground: '原因',
    clients: '待移交客户',
    dueOn: '截止日期（含当日）',
    you: '办理人',
    caseNumber: '编号',
    intro: '请填写接手人的员工编号。接手人须为客户经理，或管户未满的在岗助理。可分次移交（第九条）。',
    forAll: '全部客户的接手人',
    forOne: '客户 {client} 的接手人（不填则同上）',
    nameSome: '请至少为一户客户指定接手人。',
    submit: '确认移交',
    done: '移交已记录',
    left: '尚有 {count} 户客户待移交。',
    noneLeft: '全部客户已移交。',
    footer: '打开此页不会移交任何客户。此链接仅供您本人使用，请勿转发。',
    code: codeStepTexts['zh-CN'],
  },
  en: {
    ...commonPageTexts.en,
    title: 'Hand over clients',
    heading: 'Hand over the clients of {assistant}',
    assistant: 'Assistant',
    ground: 'Ground',
    clients: 'Clients to hand over',
    dueOn: 'Last day',
    you: 'Asked of',
    caseNumber: 'Case',
    intro:
      'Enter employee numbers of those who take the clients: relationship managers, or assistants on the post who have room. It need not be all at once (article 9).',
    forAll: 'Who takes all of them',
    forOne: 'Who takes client {client} (if left empty, as above)',
    nameSome: 'Name somebody for at least one client.',
    submit: 'Hand over',
    done: 'The hand-over is on record',
    left: '{count} client(s) are left to hand over.',
    noneLeft: 'All clients are handed over.',
    footer: 'Opening this page hands over nothing. The link is yours alone: please do not forward it.',
    code: codeStepTexts.en,
  },
}
