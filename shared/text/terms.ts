import type { ApplicationStatus } from '../domain/application.ts'
import type { AssistantStatus } from '../domain/assistant.ts'
import type { Decision, ExitGround, Procedure, Source, Stage, Track } from '../domain/events.ts'
import type { Criterion, CriterionName, Education } from '../domain/standard.ts'
import type { AttendanceKind, Topic } from '../domain/training.ts'
import type { Severity } from '../domain/violation.ts'
import type { Translated } from './locale.ts'

/** What the codes of the API are called where people read them. */
interface Terms {
  readonly procedure: Readonly<Record<Procedure, string>>
  readonly stage: Readonly<Record<Stage, string>>
  readonly decision: Readonly<Record<Decision, string>>
  readonly track: Readonly<Record<Track, string>>
  readonly source: Readonly<Record<Source, string>>
  readonly ground: Readonly<Record<ExitGround, string>>
  readonly topic: Readonly<Record<Topic, string>>
  readonly attendance: Readonly<Record<AttendanceKind, string>>
  readonly criterion: Readonly<Record<CriterionName, string>>
  readonly standing: Readonly<Record<Criterion['standing'], string>>
  readonly education: Readonly<Record<Education, string>>
  readonly severity: Readonly<Record<Severity, string>>
  readonly status: Readonly<Record<ApplicationStatus | AssistantStatus, string>>
}

export const terms: Translated<Terms> = {
  'zh-CN': {
    procedure: { onboarding: '上岗', transfer: '转岗' },
    stage: {
      branch: '分行审批',
      hq: '总行审批',
      'centre-review': '满一年评审',
      'hand-over': '客户移交',
      dispute: '争议处理',
    },
    decision: {
      approve: '同意',
      reject: '不同意',
      return: '退回补正',
      qualified: '达到客户经理标准',
      'below-standard': '未达到客户经理标准',
      uphold: '维持原决定',
      annul: '撤销原决定',
    },
    track: { 'private-bank': '私人银行客户经理助理', diamond: '钻石客户经理助理' },
    source: {
      'graduate-programme': '大学生定向培养',
      'sub-branch-transfer': '支行调入',
      'external-hire': '行外招聘',
      other: '其他',
    },
    ground: {
      discipline: '严重违规被处分',
      'below-standard': '满一年仍未达到客户经理标准',
      unfit: '经认定不再具备履职资格',
    },
    topic: {
      'private-banking-business': '私人银行业务',
      'professional-systems': '专业系统',
      'compliance-and-service': '内控合规与服务规范',
      'knowledge-and-marketing': '专业知识与客户维护营销技能',
      other: '其他',
    },
    attendance: { meeting: '例会', training: '培训', coaching: '辅导' },
    criterion: {
      training: '培训考核',
      experience: '从业年限',
      education: '学历',
      'lending-qualification': '信贷从业资格',
      conduct: '合规记录',
      examination: '考试或存款达标',
    },
    standing: { met: '符合', 'not-met': '不符合', unknown: '待核实' },
    education: { 'below-college': '大专以下', college: '大专', bachelor: '本科', master: '硕士', doctorate: '博士' },
    severity: { minor: '一般', serious: '严重' },
    status: {
      open: '审批中',
      returned: '已退回补正',
      approved: '已同意',
      rejected: '未获同意',
      withdrawn: '已撤回',
      expired: '已逾期失效',
      candidate: '待上岗',
      'on-post': '在岗',
      exiting: '退出中',
      transferred: '已转岗',
      exited: '已退出',
      'not-appointed': '未上岗',
    },
  },
  en: {
    procedure: { onboarding: 'onboarding', transfer: 'transfer' },
    stage: {
      branch: 'branch approval',
      hq: 'HQ approval',
      'centre-review': 'review of the year',
      'hand-over': 'hand-over of clients',
      dispute: 'dispute',
    },
    decision: {
      approve: 'approve',
      reject: 'reject',
      return: 'return for amendment',
      qualified: 'qualified',
      'below-standard': 'below the standard',
      uphold: 'uphold the decision',
      annul: 'annul the decision',
    },
    track: { 'private-bank': 'private-bank assistant', diamond: 'diamond assistant' },
    source: {
      'graduate-programme': 'graduate programme',
      'sub-branch-transfer': 'transfer from a sub-branch',
      'external-hire': 'external hire',
      other: 'other',
    },
    ground: {
      discipline: 'punished for a serious violation',
      'below-standard': 'short of the standard after a year',
      unfit: 'found unfit for the post',
    },
    topic: {
      'private-banking-business': 'private-banking business',
      'professional-systems': 'professional systems',
      'compliance-and-service': 'internal control, compliance and service',
      'knowledge-and-marketing': 'professional knowledge, client maintenance and marketing',
      other: 'other',
    },
    attendance: { meeting: 'meetings', training: 'trainings', coaching: 'coachings' },
    criterion: {
      training: 'training',
      experience: 'experience',
      education: 'education',
      'lending-qualification': 'lending qualification',
      conduct: 'conduct',
      examination: 'examination or deposits',
    },
    standing: { met: 'met', 'not-met': 'not met', unknown: 'unknown' },
    education: {
      'below-college': 'below college',
      college: 'college',
      bachelor: 'bachelor',
      master: 'master',
      doctorate: 'doctorate',
    },
    severity: { minor: 'minor', serious: 'serious' },
    status: {
      open: 'open',
      returned: 'returned for amendment',
      approved: 'approved',
      rejected: 'rejected',
      withdrawn: 'withdrawn',
      expired: 'expired',
      candidate: 'candidate',
      'on-post': 'on the post',
      exiting: 'leaving the post',
      transferred: 'transferred',
      exited: 'exited',
      'not-appointed': 'not appointed',
    },
  },
}
