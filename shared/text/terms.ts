import type { ApplicationStatus } from '../domain/application.ts'
import type { AssistantStatus } from '../domain/assistant.ts'
import type { Decision, ExitGround, Procedure, Source, Stage, Track } from '../domain/events.ts'
import type { Translated } from './locale.ts'

/** What the codes of the API are called where people read them. */
interface Terms {
  readonly procedure: Readonly<Record<Procedure, string>>
  readonly stage: Readonly<Record<Stage, string>>
  readonly decision: Readonly<Record<Decision, string>>
  readonly track: Readonly<Record<Track, string>>
  readonly source: Readonly<Record<Source, string>>
  readonly ground: Readonly<Record<ExitGround, string>>
  readonly status: Readonly<Record<ApplicationStatus | AssistantStatus, string>>
}

export const terms: Translated<Terms> = {
  'zh-CN': {
    procedure: { onboarding: '上岗', transfer: '转岗' },
    stage: { branch: '分行审批', hq: '总行审批', 'centre-review': '满一年评审', dispute: '争议处理' },
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
    status: {
      open: '审批中',
      returned: '已退回补正',
      approved: '已同意',
      rejected: '未获同意',
      withdrawn: '已撤回',
      expired: '已逾期失效',
      candidate: '待上岗',
      'on-post': '在岗',
      transferred: '已转岗',
      exited: '已退出',
      'not-appointed': '未上岗',
    },
  },
  en: {
    procedure: { onboarding: 'onboarding', transfer: 'transfer' },
    stage: { branch: 'branch approval', hq: 'HQ approval', 'centre-review': 'review of the year', dispute: 'dispute' },
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
    status: {
      open: 'open',
      returned: 'returned for amendment',
      approved: 'approved',
      rejected: 'rejected',
      withdrawn: 'withdrawn',
      expired: 'expired',
      candidate: 'candidate',
      'on-post': 'on the post',
      transferred: 'transferred',
      exited: 'exited',
      'not-appointed': 'not appointed',
    },
  },
}
