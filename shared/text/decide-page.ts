import type { Decision, Stage } from '../domain/events.ts'
import type { Article } from '../domain/refusal.ts'
import { type CodeStepText, codeStepTexts, type CommonPageText, commonPageTexts } from './common-page.ts'
import type { Translated } from './locale.ts'
import { terms } from './terms.ts'

/** The words of the page on which an approver decides. */
interface DecidePageText extends CommonPageText {
  readonly title: string
  readonly heading: string
  readonly you: string
  readonly facts: string
  readonly assistant: string
  readonly caseNumber: string
  readonly article: string
  /** What the articles say by which something is decided. */
  readonly articles: Readonly<Partial<Record<Article, string>>>
  readonly dueOn: string
  readonly daysLeft: string
  readonly oneDayLeft: string
  readonly noDaysLeft: string
  readonly alsoAsked: string
  readonly firstCounts: string
  readonly yourDecision: string
  readonly reason: string
  readonly reasonNeeded: string
  readonly choose: string
  readonly giveReason: string
  readonly filledIn: string
  readonly code: CodeStepText
  readonly submit: string
  readonly decided: string
  readonly by: string
  readonly at: string
  readonly way: string
  readonly fingerprint: string
  readonly footer: string
  readonly decisions: Readonly<Record<Decision, string>>
  readonly stages: Readonly<Record<Stage, string>>
}

export const decidePageTexts: Translated<DecidePageText> = {
  'zh-CN': {
    ...commonPageTexts['zh-CN'],
    title: '审批事项',
    heading: '{stage}：{assistant}',
    you: '审批人',
    facts: '事项内容',
    assistant: '助理',
    caseNumber: '编号',
    article: '依据',
    articles: {
      4: '第四条：在岗培养原则上为一年，期满应转岗。在岗满一年之前，不得认定未达到客户经理标准（第九条）。',
      7: '第七条：上岗与转岗须经分行同意，并报总行同意后生效。',
    },
    dueOn: '截止日期（含当日）',
    daysLeft: '还剩 {count} 个工作日',
    oneDayLeft: '还剩 1 个工作日',
    noDaysLeft: '已无剩余工作日',
    alsoAsked: '同时征询',
    firstCounts: '以最先作出的决定为准。',
    yourDecision: '您的决定',
    reason: '理由（可不填）',
    reasonNeeded: '理由（必填）',
    choose: '请选择一项决定。',
    giveReason: '作出这项决定须说明理由。',
    filledIn: '已按您的邮件答复填写，请核对。点击提交前不会生效。',
    code: codeStepTexts['zh-CN'],
    submit: '提交决定',
    decided: '已记录您的决定',
    by: '决定人',
    at: '时间',
    way: '方式',
    fingerprint: '所示内容的指纹',
    footer: '打开此页不会作出任何决定。此链接仅供您本人使用，请勿转发。',
    decisions: terms['zh-CN'].decision,
    stages: terms['zh-CN'].stage,
  },
  en: {
    ...commonPageTexts.en,
    title: 'A decision is asked of you',
    heading: '{stage}: {assistant}',
    you: 'Asked of',
    facts: 'What it is about',
    assistant: 'Assistant',
    caseNumber: 'Case',
    article: 'By the regulation',
    articles: {
      4: 'Article 4: the training on the post is in principle one year, and then leads to transfer. Before the year is over nobody is found below the standard (article 9).',
      7: "Article 7: onboarding and transfer need the branch's agreement and take effect upon HQ's.",
    },
    dueOn: 'Last day',
    daysLeft: '{count} working days left',
    oneDayLeft: '1 working day left',
    noDaysLeft: 'no working day left',
    alsoAsked: 'Also asked',
    firstCounts: 'The first answer counts.',
    yourDecision: 'Your decision',
    reason: 'Reason (may be left out)',
    reasonNeeded: 'Reason (needed)',
    choose: 'Choose a decision.',
    giveReason: 'This decision needs a reason.',
    filledIn: 'Filled in from your answer by mail: please check it. Nothing counts until you submit.',
    code: codeStepTexts.en,
    submit: 'Send the decision',
    decided: 'Your decision is on record',
    by: 'Decided by',
    at: 'At',
    way: 'By which way',
    fingerprint: 'Fingerprint of what was shown',
    footer: 'Opening this page decides nothing. The link is yours alone: please do not forward it.',
    decisions: terms.en.decision,
    stages: terms.en.stage,
  },
}
