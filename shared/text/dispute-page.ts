import type { Decision, Stage } from '../domain/events.ts'
import { type CommonPageText, commonPageTexts } from './common-page.ts'
import type { Translated } from './locale.ts'
import { terms } from './terms.ts'

/** The words of the page on which someone says that a decision in their name was not theirs. */
interface DisputePageText extends CommonPageText {
  readonly title: string
  readonly heading: string
  readonly intro: string
  readonly assistant: string
  readonly stage: string
  readonly decision: string
  readonly reason: string
  readonly by: string
  readonly principal: string
  readonly at: string
  readonly way: string
  readonly disputableUntil: string
  readonly caseNumber: string
  readonly disputeHeading: string
  readonly consequence: string
  readonly yourReason: string
  readonly submit: string
  readonly disputed: string
  readonly disputedBy: string
  readonly disputedAt: string
  readonly effect: string
  /** What became of the effect of the decision. */
  readonly effects: Readonly<Record<'held-back' | 'begun', string>>
  readonly state: string
  readonly states: Readonly<Record<'open' | 'upheld' | 'annulled', string>>
  readonly footer: string
  readonly decisions: Readonly<Record<Decision, string>>
  readonly stages: Readonly<Record<Stage, string>>
}

export const disputePageTexts: Translated<DisputePageText> = {
  'zh-CN': {
    ...commonPageTexts['zh-CN'],
    title: '以您名义作出的决定',
    heading: '以您名义作出的决定',
    intro: '如果这项决定是您本人作出的，无需任何操作。',
    assistant: '助理',
    stage: '环节',
    decision: '决定',
    reason: '理由',
    by: '决定人',
    principal: '被代理人',
    at: '时间',
    way: '方式',
    disputableUntil: '可提出争议至',
    caseNumber: '编号',
    disputeHeading: '不是您本人作出的？',
    consequence: '提出争议后，本案立即冻结，并提请总行其他审批人裁定；裁定之前不再推进。',
    yourReason: '情况说明（可不填）',
    submit: '不是我，提出争议',
    disputed: '已记录您提出的争议',
    disputedBy: '争议提出人',
    disputedAt: '提出时间',
    effect: '影响',
    effects: { 'held-back': '该决定尚未生效，现已暂缓。', begun: '该决定已经生效或开始执行，现已冻结待裁定。' },
    state: '裁定',
    states: { open: '等待总行其他审批人裁定', upheld: '原决定维持', annulled: '原决定撤销' },
    footer: '打开此页不会提出争议。此链接仅供您本人使用，请勿转发。',
    decisions: terms['zh-CN'].decision,
    stages: terms['zh-CN'].stage,
  },
  en: {
    ...commonPageTexts.en,
    title: 'A decision in your name',
    heading: 'A decision in your name',
    intro: 'If this decision was yours, you need do nothing.',
    assistant: 'Assistant',
    stage: 'Stage',
    decision: 'Decision',
    reason: 'Reason',
    by: 'Decided by',
    principal: 'On behalf of',
    at: 'At',
    way: 'By which way',
    disputableUntil: 'Can be disputed until',
    caseNumber: 'Case',
    disputeHeading: "That wasn't you?",
    consequence:
      "If you dispute it, the case is frozen at once and put before HQ's other approvers; it does not move on until they have settled it.",
    yourReason: 'What you know of it (may be left out)',
    submit: "That wasn't me: dispute it",
    disputed: 'Your dispute is on record',
    disputedBy: 'Disputed by',
    disputedAt: 'Disputed at',
    effect: 'Effect',
    effects: {
      'held-back': 'The decision had not taken effect and is held back.',
      begun: 'The decision had begun to take effect; the case is frozen until this is settled.',
    },
    state: 'Settlement',
    states: {
      open: "waits for HQ's other approvers",
      upheld: 'the decision stands',
      annulled: 'the decision is annulled',
    },
    footer: 'Opening this page disputes nothing. The link is yours alone: please do not forward it.',
    decisions: terms.en.decision,
    stages: terms.en.stage,
  },
}
