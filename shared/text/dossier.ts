import type { Translated } from './locale.ts'

type Fact =
  | 'procedure'
  | 'track'
  | 'source'
  | 'sourceNote'
  | 'centre'
  | 'team'
  | 'branch'
  | 'purpose'
  | 'grounds'
  | 'note'
  | 'filedBy'
  | 'onPostSince'
  | 'reviewDueOn'
  | 'onBehalfOf'
  | 'disputedBy'
  | 'disputeReason'
  | 'annulled'
  | 'earlier'

/** What the facts of a dossier are called. */
export const dossierLabels: Translated<Readonly<Record<Fact, string>>> = {
  'zh-CN': {
    procedure: '事项',
    track: '类别',
    source: '来源',
    sourceNote: '来源说明',
    centre: '私钻中心',
    team: '团队',
    branch: '分行',
    purpose: '培养目的',
    grounds: '提前转岗依据',
    note: '备注',
    filedBy: '申请人',
    onPostSince: '上岗日期',
    reviewDueOn: '满一年日期',
    onBehalfOf: '您代理的审批人',
    disputedBy: '否认决定的人',
    disputeReason: '否认的说明',
    annulled: '已撤销',
    earlier: '{stage}（第 {round} 轮）',
  },
  en: {
    procedure: 'Procedure',
    track: 'Track',
    source: 'Source',
    sourceNote: 'Explanation of the source',
    centre: 'Centre',
    team: 'Team',
    branch: 'Branch',
    purpose: 'Aim of the training',
    grounds: 'Grounds of the early transfer',
    note: 'Note',
    filedBy: 'Filed by',
    onPostSince: 'On the post since',
    reviewDueOn: 'Year ends on',
    onBehalfOf: 'You decide on behalf of',
    disputedBy: 'Denied by',
    disputeReason: 'What they say',
    annulled: 'annulled',
    earlier: '{stage} ({round})',
  },
}

/** What the facts of the time on the post are called. */
export const yearLabels: Translated<
  Readonly<
    Record<
      | 'mentor'
      | 'none'
      | 'trainingPlan'
      | 'training'
      | 'dueOn'
      | 'passed'
      | 'notPassed'
      | 'notAssessed'
      | 'lastTry'
      | 'score'
      | 'attendance'
      | 'attended'
      | 'performance'
      | 'clients'
      | 'ofCap'
      | 'violation'
      | 'sanctioned'
      | 'notSanctioned'
      | 'lifted'
      | 'standard',
      string
    >
  > & { readonly facts: Readonly<Record<string, string>>; readonly answers: Readonly<Record<'true' | 'false', string>> }
> = {
  'zh-CN': {
    mentor: '培训负责人',
    none: '无',
    trainingPlan: '培训方案',
    training: '培训',
    dueOn: '应于 {day} 前（含当日）完成',
    passed: '已通过',
    notPassed: '未通过',
    notAssessed: '尚未考核',
    lastTry: '第 {count} 次考核于 {day}',
    score: '成绩 {score}',
    attendance: '参加活动',
    attended: '{kind} {count} 次（{minutes} 分钟）',
    performance: '业绩（{period}）',
    clients: '管户',
    ofCap: '{count} 户（上限 {cap} 户）',
    violation: '违规（{day}）',
    sanctioned: '已处分',
    notSanctioned: '未处分',
    lifted: '{day} 解除处分',
    standard: '客户经理标准',
    answers: { true: '是', false: '否' },
    facts: {
      planVersion: '方案版本',
      toPass: '未通过项目',
      yearsInFinance: '金融从业年限',
      yearsInBank: '本行年限',
      education: '学历',
      lendingQualification: '信贷从业资格',
      sanctions: '处分次数',
      violationOn: '违规日期',
      sanctionLiftedOn: '解除处分日期',
      examinationPassed: '考试合格',
      examinationTakenOn: '考试日期',
      averageDailyDeposits: '日均存款（元）',
    },
  },
  en: {
    mentor: 'Responsible for the training',
    none: 'none',
    trainingPlan: 'Training plan',
    training: 'Training',
    dueOn: 'due on {day}',
    passed: 'passed',
    notPassed: 'not passed',
    notAssessed: 'not assessed yet',
    lastTry: 'try {count} on {day}',
    score: 'score {score}',
    attendance: 'Took part in',
    attended: '{count} {kind} ({minutes} minutes)',
    performance: 'Performance in {period}',
    clients: 'Clients',
    ofCap: '{count} (cap {cap})',
    violation: 'Violation ({day})',
    sanctioned: 'punished',
    notSanctioned: 'not punished',
    lifted: 'lifted on {day}',
    standard: 'Standard',
    answers: { true: 'yes', false: 'no' },
    facts: {
      planVersion: 'version of the plan',
      toPass: 'to be passed',
      yearsInFinance: 'years in finance',
      yearsInBank: 'years in the bank',
      education: 'education',
      lendingQualification: 'lending qualification',
      sanctions: 'sanctions',
      violationOn: 'violation on',
      sanctionLiftedOn: 'lifted on',
      examinationPassed: 'examination passed',
      examinationTakenOn: 'examination on',
      averageDailyDeposits: 'average daily deposits (yuan)',
    },
  },
}
