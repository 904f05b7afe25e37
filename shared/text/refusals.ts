import type { RefusalCode } from '../domain/refusal.ts'
import type { Translated } from './locale.ts'

/** A short name of the problem, and a sentence that says what was wrong and what to do. */
export interface ProblemText {
  readonly title: string
  readonly detail: string
}

/** What people read where the domain refuses a command. */
export const refusalTexts: Translated<Readonly<Record<RefusalCode, ProblemText>>> = {
  'zh-CN': {
    'unknown-assistant': { title: '助理不存在', detail: '没有这一助理，请核对助理编号。' },
    'unknown-centre': { title: '中心不存在', detail: '没有登记中心 {centre}，请先登记该中心。' },
    'not-the-filer': { title: '不是申请人', detail: '只有申请人 {filedBy} 可以撤回或补正该申请。' },
    'unknown-application': { title: '申请不存在', detail: '没有这一申请，请核对申请编号。' },
    'unknown-approval': { title: '链接无效', detail: '该链接无效或已失效，请使用最新邮件中的链接。' },
    'already-live': {
      title: '已有在办或在岗记录',
      detail: '员工 {employeeNo} 已有在办申请或正在岗，须待其结束后方可再次申请。',
    },
    'already-decided': {
      title: '已有审批结果',
      detail: '该事项已由 {decidedBy} 于 {decidedAt} 作出决定：{decision}。',
    },
    'application-in-progress': { title: '已有在办申请', detail: '申请 {application} 尚未办结，请先办结或撤回。' },
    'not-on-post': { title: '不在岗', detail: '该助理当前状态为“{status}”,只有在岗助理可以办理此事项。' },
    'not-open': { title: '申请已办结', detail: '申请当前状态为“{status}”,只有审批中或已退回的申请可以撤回。' },
    'not-pending': { title: '该环节不在待办', detail: '第 {round} 轮 {stage} 环节当前不在待办。' },
    'not-returned': { title: '申请未被退回', detail: '申请当前状态为“{status}”,只有已退回的申请可以补正。' },
    'not-amendable': { title: '该项不可补正', detail: '{procedure} 申请不能补正“{member}”,请撤回后重新申请。' },
    'review-open': {
      title: '评审进行中',
      detail: '满一年评审（到期日 {dueOn}）正在进行，请由中心负责人在评审中决定。',
    },
    'nothing-due': { title: '无到期事项', detail: '该案件当前没有到期事项。' },
    'no-approver': {
      title: '没有可审批的人',
      detail:
        '{branch} 与 {hq} 中须各有一名已登记邮箱、且非申请人或本人的审批人，两级审批人不得为同一人。请先登记审批人。',
    },
    'decision-not-allowed': { title: '决定不适用', detail: '该环节只能选择：{allowed}。' },
    'reason-required': { title: '须说明理由', detail: '作出“{decision}”的决定须填写理由。' },
    'code-required': {
      title: '须输入验证码',
      detail: '请先获取发送至您登记邮箱的六位验证码，并随决定一并提交。',
    },
    frozen: { title: '案件已冻结', detail: '该案件的一项决定正处于争议处理中，须待总行处理后方可继续。' },
    'already-disputed': { title: '已提出争议', detail: '该决定已被提出争议，由总行处理。' },
    'dispute-too-late': { title: '已过争议期限', detail: '对该决定提出争议的期限已过，请直接联系总行。' },
    'dispute-moot': { title: '该决定不再可争议', detail: '该决定之后已有新的申请、补正或决定，请直接联系总行。' },
    'four-eyes': { title: '违反四眼原则', detail: '{person} 不得作出该决定：申请人、本人及另一级审批人须回避。' },
    'clerical-purpose': {
      title: '岗位目的不符',
      detail: '客户经理助理不是行政助理或文员（第二条）,请写明培养为客户经理的目的。',
    },
    'source-unexplained': { title: '来源未说明', detail: '来源为“其他”时须书面说明（第三条）。' },
    'grounds-required': { title: '缺少提前转岗理由', detail: '提前转岗须书面说明其表现优秀的依据（第四条）。' },
    'year-not-over': {
      title: '在岗未满一年',
      detail:
        '今天是 {today}，在岗满一年之日为 {dueOn}；未满一年的转岗须注明提前并说明理由，满一年的转岗由评审发起（第四条）。',
    },
    'team-required': { title: '须纳入团队', detail: '{centre} 设有团队长，助理须纳入团队（第八条）。' },
    'unknown-team': { title: '团队不存在', detail: '{centre} 没有团队 {team}（第八条）。' },
    'only-by-review': { title: '只能经评审作出', detail: '“未达到客户经理标准”只能由满一年评审作出（第九条）。' },
    'review-not-due': {
      title: '在岗未满一年',
      detail: '在岗满一年（{dueOn}）之前，不得认定未达到客户经理标准（第九条）。',
    },
    'decided-in-future': { title: '日期在将来', detail: '今天是 {today}，决定日期不能晚于今天。' },
  },
  en: {
    'unknown-assistant': { title: 'Unknown assistant', detail: 'There is no such assistant: check the id.' },
    'unknown-centre': { title: 'Unknown centre', detail: 'Centre {centre} is not registered: register it first.' },
    'not-the-filer': {
      title: 'Not the filer',
      detail: 'Only {filedBy}, who filed the application, can withdraw or amend it.',
    },
    'unknown-application': { title: 'Unknown application', detail: 'There is no such application: check its id.' },
    'unknown-approval': {
      title: 'Invalid link',
      detail: 'This link is not valid, or not any more: use the one in the newest mail.',
    },
    'already-live': {
      title: 'Already a candidate or on the post',
      detail:
        'Employee {employeeNo} has a case in progress or is on the post; another can be filed once that has ended.',
    },
    'already-decided': { title: 'Already decided', detail: '{decidedBy} decided this at {decidedAt}: {decision}.' },
    'application-in-progress': {
      title: 'Application in progress',
      detail: 'Application {application} is still in progress: let it end, or withdraw it first.',
    },
    'not-on-post': {
      title: 'Not on the post',
      detail: 'The assistant is {status}; this is for assistants on the post.',
    },
    'not-open': {
      title: 'Application has ended',
      detail: 'The application is {status}; one that is open or returned can be withdrawn.',
    },
    'not-pending': {
      title: 'Stage is not pending',
      detail: 'Round {round} of stage {stage} is not what this case waits for.',
    },
    'not-returned': {
      title: 'Application was not returned',
      detail: 'The application is {status}; only one that was returned can be amended.',
    },
    'not-amendable': {
      title: 'Member can not be amended',
      detail: 'An application for {procedure} can not be amended in {member}: withdraw it and file another.',
    },
    'review-open': {
      title: 'Review in progress',
      detail: 'The review due on {dueOn} is in progress: the centre head decides there.',
    },
    'nothing-due': { title: 'Nothing due', detail: 'Nothing is due for this case.' },
    'no-approver': {
      title: 'Nobody could approve',
      detail:
        '{branch} and {hq} each need an approver with a registered address who neither files nor is the assistant, and not the same person: register them first.',
    },
    'decision-not-allowed': { title: 'Decision does not fit', detail: 'This stage can be answered with: {allowed}.' },
    'reason-required': { title: 'Reason required', detail: 'The decision {decision} needs a reason.' },
    'code-required': {
      title: 'Code required',
      detail: 'Ask for the six-digit code that is mailed to your registered address, and send it with the decision.',
    },
    frozen: {
      title: 'Case frozen',
      detail: 'A decision on this case is disputed: nothing goes on until HQ has settled it.',
    },
    'already-disputed': { title: 'Already disputed', detail: 'This decision is disputed already; HQ is settling it.' },
    'dispute-too-late': {
      title: 'Too late to dispute',
      detail: 'The time in which this decision could be disputed is over: please turn to HQ.',
    },
    'dispute-moot': {
      title: 'Can not be disputed any more',
      detail: 'A newer application, amendment or decision has followed this decision: please turn to HQ.',
    },
    'four-eyes': {
      title: 'Four-eyes principle',
      detail: '{person} may not decide this: the filer, the assistant and whoever decided the other stage stand aside.',
    },
    'clerical-purpose': {
      title: 'Not the purpose of the post',
      detail:
        'A relationship-manager assistant is not a clerk or administrator (article 2): state the aim of the training.',
    },
    'source-unexplained': {
      title: 'Source not explained',
      detail: 'The source "other" needs an explanation (article 3).',
    },
    'grounds-required': {
      title: 'Grounds required',
      detail: 'An early transfer needs written grounds of excellence (article 4).',
    },
    'year-not-over': {
      title: 'The year is not over',
      detail:
        'Today is {today} and the year ends on {dueOn}: a transfer before then is early and needs grounds; the ordinary one comes out of the review (article 4).',
    },
    'team-required': {
      title: 'Team required',
      detail: '{centre} has team leaders: its assistants belong to a team (article 8).',
    },
    'unknown-team': { title: 'Unknown team', detail: '{centre} has no team {team} (article 8).' },
    'only-by-review': {
      title: 'Only by the review',
      detail: 'Falling short of the standard can only come out of the review of the year (article 9).',
    },
    'review-not-due': {
      title: 'The year is not over',
      detail: 'Nobody is found short of the standard before the year on the post is over, on {dueOn} (article 9).',
    },
    'decided-in-future': {
      title: 'Date in the future',
      detail: 'Today is {today}: a decision can not be dated later.',
    },
  },
}
