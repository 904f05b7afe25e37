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
    'not-on-post': { title: '不在岗', detail: '该助理当前状态为“{status}”，只有在岗助理可以办理此事项。' },
    'not-open': { title: '申请已办结', detail: '申请当前状态为“{status}”，只有审批中或已退回的申请可以撤回。' },
    'not-pending': { title: '该环节不在待办', detail: '第 {round} 轮 {stage} 环节当前不在待办。' },
    'not-returned': { title: '申请未被退回', detail: '申请当前状态为“{status}”，只有已退回的申请可以补正。' },
    'not-amendable': { title: '该项不可补正', detail: '{procedure} 申请不能补正“{member}”，请撤回后重新申请。' },
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
    'dispute-moot': {
      title: '该决定不再可争议',
      detail: '该决定之后已有新的申请、补正、撤回、退出或决定，请直接联系总行。',
    },
    'four-eyes': { title: '违反四眼原则', detail: '{person} 不得作出该决定：申请人、本人及另一级审批人须回避。' },
    'clerical-purpose': {
      title: '岗位目的不符',
      detail: '客户经理助理不是行政助理或文员（第二条），请写明培养为客户经理的目的。',
    },
    'source-unexplained': { title: '来源未说明', detail: '来源为“其他”时须书面说明（第三条）。' },
    'grounds-required': { title: '缺少提前转岗理由', detail: '提前转岗须书面说明其表现优秀的依据（第四条）。' },
    'year-not-over': {
      title: '在岗未满一年',
      detail:
        '今天是 {today}，在岗满一年之日为 {dueOn}；未满一年的转岗须注明提前并说明理由，满一年的转岗由评审发起（第四条）。',
    },
    'unknown-client': { title: '非该助理的客户', detail: '客户 {client} 不在该助理名下，请核对客户编号。' },
    'client-taken': { title: '客户已有负责人', detail: '客户 {client} 已由他人负责，须先由其移交或解除管户。' },
    'dossier-changed': { title: '材料已更新', detail: '您查看之后材料已有变化，请重新打开页面查看后再决定。' },
    'too-many': { title: '记录过多', detail: '同类记录最多 {most} 条，请核对是否重复提交。' },
    'no-scoring-rules': { title: '没有评分规则', detail: '{period} 尚无评分规则，请先提交该期规则。' },
    'not-assessed': {
      title: '不在考核范围',
      detail: '{person} 在 {period} 既非在岗助理，也非已登记中心的客户经理（第八条）。',
    },
    'case-full': { title: '案件容量已满', detail: '该案件的记录已达上限，请缩短内容或合并记录后再提交。' },
    'unknown-person': { title: '人员未登记', detail: '没有登记员工 {person}，请先登记该员工。' },
    'date-in-future': { title: '日期在将来', detail: '今天是 {today}，该日期不能晚于今天。' },
    'sanction-contradicts': { title: '处分信息矛盾', detail: '只有已作处分且不早于违规日期的，才有解除处分日期。' },
    'not-oneself': {
      title: '须由他人担任',
      detail: '{person} 是助理本人，不能担任自己的培训负责人或考核人（第五条）。',
    },
    'topics-lacking': { title: '培训方案内容不全', detail: '培训方案缺少下列内容：{topics}（第五条）。' },
    'day-lacking': { title: '缺少时间安排', detail: '培训项目“{title}”没有完成日期（第五条）。' },
    'assessment-lacking': { title: '缺少考核要求', detail: '培训项目“{title}”没有考核要求（第五条）。' },
    'outside-the-year': {
      title: '日期不在培养期内',
      detail: '培训项目“{title}”的完成日期须在 {from} 至 {until} 之间（第五条）。',
    },
    'no-training-plan': { title: '没有培训方案', detail: '该助理尚无培训方案，请先制定方案并完成考核（第五条）。' },
    'unknown-item': { title: '培训项目不存在', detail: '当前培训方案中没有项目 {item}（第五条）。' },
    'score-contradicts': {
      title: '成绩与结论矛盾',
      detail: '成绩为 {score}，合格线为 {passMark}，与是否合格的结论不符（第五条）。',
    },
    'training-not-passed': {
      title: '培训考核未通过',
      detail: '考核合格者方可转岗（第五条），尚未通过：{missing}。',
    },
    'client-cap': {
      title: '超过管户上限',
      detail: '{track}管户上限为 {cap} 户，现有 {count} 户，不能再增加 {wanted} 户（第六条）。',
    },
    'team-required': { title: '须纳入团队', detail: '{centre} 设有团队长，助理须纳入团队（第八条）。' },
    'unknown-team': { title: '团队不存在', detail: '{centre} 没有团队 {team}（第八条）。' },
    'only-by-review': { title: '只能经评审作出', detail: '“未达到客户经理标准”只能由满一年评审作出（第九条）。' },
    'review-not-due': {
      title: '在岗未满一年',
      detail: '在岗满一年（{dueOn}）之前，不得认定未达到客户经理标准（第九条）。',
    },
    'unable-to-take': {
      title: '不能接手客户',
      detail: '{person} 不能接手客户：须为已登记的客户经理或在岗助理，且不是移交人本人（第九条）。',
    },
    'hand-over-needed': { title: '须移交客户', detail: '该助理正在退出，其客户须移交他人，不能仅解除管户（第九条）。' },
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
      detail: 'An application, amendment, withdrawal, exit or decision has followed this decision: please turn to HQ.',
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
    'unknown-client': {
      title: "Not the assistant's client",
      detail: 'The assistant does not serve {client}: check the number.',
    },
    'client-taken': {
      title: 'Client has someone else',
      detail: 'Somebody else is responsible for {client}: they have to hand the client over, or release them, first.',
    },
    'dossier-changed': {
      title: 'Facts have changed',
      detail: 'The facts have changed since you read them: open the page again, and decide on what stands there.',
    },
    'too-many': { title: 'Too many', detail: 'At most {most} of these can be kept: were some sent twice?' },
    'no-scoring-rules': { title: 'No scoring rules', detail: 'Period {period} has no rules: state them first.' },
    'not-assessed': {
      title: 'Not assessed',
      detail:
        'In {period} {person} is neither an assistant on the post nor a relationship manager registered with a centre (article 8).',
    },
    'case-full': {
      title: 'Case is full',
      detail: 'The case holds as much as can be kept: send less, or put records together.',
    },
    'unknown-person': { title: 'Unknown person', detail: 'Employee {person} is not registered: register them first.' },
    'date-in-future': { title: 'Date in the future', detail: 'Today is {today}: this can not be dated later.' },
    'sanction-contradicts': {
      title: 'Sanction contradicts itself',
      detail: 'Only a sanction can be lifted, and not before the day of the violation.',
    },
    'not-oneself': {
      title: 'Takes somebody else',
      detail: '{person} is the assistant: mentor and assessor are somebody else (article 5).',
    },
    'topics-lacking': { title: 'Topics lacking', detail: 'The training plan lacks: {topics} (article 5).' },
    'day-lacking': { title: 'Day lacking', detail: 'The item "{title}" has no day by which it is due (article 5).' },
    'assessment-lacking': { title: 'Assessment lacking', detail: 'The item "{title}" has no assessment (article 5).' },
    'outside-the-year': {
      title: 'Outside the year',
      detail: 'The item "{title}" is to be due between {from} and {until} (article 5).',
    },
    'no-training-plan': {
      title: 'No training plan',
      detail: 'The assistant has no training plan: make one, and record its assessments (article 5).',
    },
    'unknown-item': { title: 'Unknown item', detail: 'The training plan has no item {item} (article 5).' },
    'score-contradicts': {
      title: 'Score contradicts the result',
      detail: 'The score is {score} and the pass mark {passMark}: that is not what the result says (article 5).',
    },
    'training-not-passed': {
      title: 'Training not passed',
      detail: 'Only those who have passed may transfer (article 5). Still to be passed: {missing}.',
    },
    'client-cap': {
      title: 'Cap on clients',
      detail: 'A {track} serves at most {cap} clients and has {count}: {wanted} more are too many (article 6).',
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
    'unable-to-take': {
      title: 'Can not take clients',
      detail:
        '{person} can not take clients: it takes a registered relationship manager or an assistant on the post, and not the one who hands over (article 9).',
    },
    'hand-over-needed': {
      title: 'Hand over instead',
      detail: 'The assistant is leaving: the clients are handed over to somebody, not just released (article 9).',
    },
    'decided-in-future': {
      title: 'Date in the future',
      detail: 'Today is {today}: a decision can not be dated later.',
    },
  },
}
