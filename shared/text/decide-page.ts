import type { Decision, Stage } from '../domain/events.ts'
import type { Locale } from '../domain/organisation.ts'
import type { Article } from '../domain/refusal.ts'
import type { Translated } from './locale.ts'
import { terms } from './terms.ts'

/** The words of the page on which an approver decides. */
interface DecidePageText {
  readonly locale: Locale
  readonly brand: string
  readonly title: string
  readonly otherLocale: Locale
  readonly otherLanguage: string
  readonly loading: string
  readonly needsScript: string
  readonly noSecret: string
  readonly unreachable: string
  readonly yourDecision: string
  readonly reason: string
  readonly reasonNeeded: string
  readonly submit: string
  readonly sending: string
  readonly decided: string
  readonly by: string
  readonly at: string
  readonly assistant: string
  readonly employeeNo: string
  readonly article: string
  /** What the articles are called by which something is decided. */
  readonly articles: Readonly<Partial<Record<Article, string>>>
  readonly dueOn: string
  readonly caseNumber: string
  readonly choose: string
  readonly footer: string
  readonly decisions: Readonly<Record<Decision, string>>
  readonly stages: Readonly<Record<Stage, string>>
}

export const decidePageTexts: Translated<DecidePageText> = {
  'zh-CN': {
    locale: 'zh-CN',
    brand: '客户经理助理管理',
    title: '审批事项',
    otherLocale: 'en',
    otherLanguage: 'English',
    loading: '正在读取…',
    needsScript: '请启用浏览器的 JavaScript 后再打开此页。',
    noSecret: '链接不完整，请直接点击邮件中的链接。',
    unreachable: '暂时无法连接，请稍后重试。您的决定尚未提交。',
    yourDecision: '您的决定',
    reason: '理由',
    reasonNeeded: '理由（必填）',
    submit: '提交决定',
    sending: '正在提交…',
    decided: '已记录您的决定',
    by: '决定人',
    at: '时间',
    assistant: '助理',
    employeeNo: '员工编号',
    article: '依据条款',
    articles: { 4: '第四条', 7: '第七条' },
    dueOn: '截止日期（含当日）',
    caseNumber: '编号',
    choose: '请选择一项决定。',
    footer: '打开此页不会作出任何决定。此链接仅供您本人使用。',
    decisions: terms['zh-CN'].decision,
    stages: terms['zh-CN'].stage,
  },
  en: {
    locale: 'en',
    brand: 'Relationship-manager assistants',
    title: 'A decision is asked of you',
    otherLocale: 'zh-CN',
    otherLanguage: '中文',
    loading: 'Reading …',
    needsScript: 'Please switch on JavaScript in your browser and open this page again.',
    noSecret: 'The link is not complete: please follow the one in the mail.',
    unreachable: 'The system can not be reached at the moment. Your decision has not been sent; please try again.',
    yourDecision: 'Your decision',
    reason: 'Reason',
    reasonNeeded: 'Reason (needed)',
    submit: 'Send the decision',
    sending: 'Sending …',
    decided: 'Your decision is on record',
    by: 'Decided by',
    at: 'At',
    assistant: 'Assistant',
    employeeNo: 'Employee number',
    article: 'By the regulation',
    articles: { 4: 'article 4', 7: 'article 7' },
    dueOn: 'Last day',
    caseNumber: 'Case',
    choose: 'Please choose a decision.',
    footer: 'Opening this page decides nothing. The link is yours alone.',
    decisions: terms.en.decision,
    stages: terms.en.stage,
  },
}
