import type { Notice } from '../domain/duty.ts'
import type { Translated } from './locale.ts'

/** The words of one kind of mail; `{name}` stands for a fact of the case. */
export interface MailText {
  readonly subject: string
  readonly opening: string
  /** What the link is called, in a mail that asks for a decision. */
  readonly action?: string
}

/** The subject of every mail ends with the case's number in brackets, so that mails of one case are found together. */
export const mailTexts: Translated<Readonly<Record<Notice, MailText>>> = {
  'zh-CN': {
    'decision-request': {
      subject: '【请审批】{matter}：{assistant}',
      opening: '请您就下列事项作出决定：{matter}。请于 {dueOn} 前（含当日）处理。',
      action: '查看并决定',
    },
    escalation: {
      subject: '【升级提醒】{matter}：{assistant}',
      opening: '下列事项至今未有决定，现提请您关注并督促：{matter}。截止日期为 {dueOn}（含当日）。',
    },
    returned: {
      subject: '【退回补正】{matter}：{assistant}',
      opening: '{matter}已退回补正。理由：{reason}。请于 {amendBy} 前（含当日）补正，逾期失效。',
    },
    rejected: { subject: '【未获同意】{matter}：{assistant}', opening: '{matter}未获同意。理由：{reason}。' },
    withdrawn: { subject: '【已撤回】{matter}：{assistant}', opening: '{matter}已由申请方撤回，您无需再处理。' },
    expired: {
      subject: '【已失效】{matter}：{assistant}',
      opening: '{matter}逾期无人处理，已失效。如仍需办理，请重新申请。',
    },
    'took-effect': {
      subject: '【已生效】{matter}：{assistant}',
      opening: '{matter}已经总行同意，自 {effectiveAt} 起生效。',
    },
    receipt: {
      subject: '【决定回执】{matter}：{assistant}',
      opening: '系统已记录以您名义作出的决定：{decision}（{decidedBy}，{decidedAt}）。事项：{matter}。',
      action: '这不是我作出的决定',
    },
    decided: {
      subject: '【已有决定】{matter}：{assistant}',
      opening: '该事项已由 {decidedBy} 于 {decidedAt} 作出决定：{decision}。您无需再处理。事项：{matter}。',
    },
    disputed: {
      subject: '【决定有争议】{matter}：{assistant}',
      opening:
        '{disputedBy} 否认以其名义作出的决定：{decision}（{decidedAt}）。案件已冻结（{effect}），现由总行其他审批人处理。事项：{matter}。',
    },
    upheld: {
      subject: '【争议已处理：维持】{matter}：{assistant}',
      opening: '总行已处理争议：维持原决定（{decision}，{decidedAt}）。案件恢复办理。事项：{matter}。',
    },
    annulled: {
      subject: '【争议已处理：撤销】{matter}：{assistant}',
      opening:
        '总行已处理争议：撤销原决定（{decision}，{decidedAt}），该决定及其后的效力不再成立，该环节将重新审批。事项：{matter}。',
    },
    'hand-over-request': {
      subject: '【请移交客户】{assistant}',
      opening:
        '{assistant} 离开客户经理助理岗位，名下 {clientCount} 户客户尚无接手人。请于 {dueOn} 前（含当日）逐户指定接手人。',
      action: '指定接手人',
    },
    'exit-begun': {
      subject: '【退出岗位】{assistant}：客户移交中',
      opening:
        '{assistant} 将退出客户经理助理岗位。原因：{ground}。名下 {clientCount} 户客户移交完毕后退出生效，请中心负责人指定接手人。',
    },
    'training-missing': {
      subject: '【待制定培训方案】{assistant}',
      opening:
        '{assistant} 已于 {onPostSince} 上岗，尚缺：{missing}。请尽快制定专项培训方案并指定培训负责人（第五条）。',
    },
    'training-due': {
      subject: '【培训考核提醒】{assistant}',
      opening: '{assistant} 的下列培训项目尚未通过考核：{items}。考核合格者方可转岗（第五条）。',
    },
    'near-cap': {
      subject: '【管户将满】{assistant}',
      opening: '{assistant} 现管户 {clientCount} 户，已接近上限 {cap} 户（第六条）。',
    },
    exited: { subject: '【退出岗位】{assistant}', opening: '{assistant} 已退出客户经理助理岗位。原因：{ground}。' },
  },
  en: {
    'decision-request': {
      subject: 'Please decide: {matter}, {assistant}',
      opening: 'You are asked to decide: {matter}. Please answer by {dueOn}, that day included.',
      action: 'Read and decide',
    },
    escalation: {
      subject: 'Escalated: {matter}, {assistant}',
      opening: 'Nobody has decided this yet, so it is brought to your attention: {matter}. The last day is {dueOn}.',
    },
    returned: {
      subject: 'Returned: {matter}, {assistant}',
      opening:
        'Returned for amendment: {matter}. Reason: {reason}. Please amend it by {amendBy}; it expires after that day.',
    },
    rejected: { subject: 'Rejected: {matter}, {assistant}', opening: 'Not approved: {matter}. Reason: {reason}.' },
    withdrawn: {
      subject: 'Withdrawn: {matter}, {assistant}',
      opening: 'Withdrawn by the filer: {matter}. You need do nothing more.',
    },
    expired: {
      subject: 'Expired: {matter}, {assistant}',
      opening: 'Nobody answered in time, so this has expired: {matter}. File it again if it is still wanted.',
    },
    'took-effect': {
      subject: 'In effect: {matter}, {assistant}',
      opening: 'HQ has consented: {matter}. In effect since {effectiveAt}.',
    },
    receipt: {
      subject: 'Receipt of a decision: {matter}, {assistant}',
      opening: 'A decision in your name is on record: {decision} ({decidedBy}, {decidedAt}). About: {matter}.',
      action: 'That was not me',
    },
    decided: {
      subject: 'Decided: {matter}, {assistant}',
      opening: '{decidedBy} has decided at {decidedAt}: {decision}. You need do nothing more. About: {matter}.',
    },
    disputed: {
      subject: 'A decision is disputed: {matter}, {assistant}',
      opening:
        '{disputedBy} denies the decision made in their name: {decision} ({decidedAt}). The case is frozen ({effect}) and put before the other approvers of HQ. About: {matter}.',
    },
    upheld: {
      subject: 'Dispute settled, decision upheld: {matter}, {assistant}',
      opening:
        'HQ has settled the dispute: the decision stands ({decision}, {decidedAt}), and the case goes on. About: {matter}.',
    },
    annulled: {
      subject: 'Dispute settled, decision annulled: {matter}, {assistant}',
      opening:
        'HQ has settled the dispute: the decision is annulled ({decision}, {decidedAt}), with whatever followed from it, and the stage is asked again. About: {matter}.',
    },
    'hand-over-request': {
      subject: 'Please name who takes the clients of {assistant}',
      opening:
        '{assistant} leaves the assistant post, and {clientCount} client(s) have nobody yet. Please name by {dueOn}, that day included, who takes each.',
      action: 'Name who takes them',
    },
    'exit-begun': {
      subject: 'Leaving the post: {assistant}, clients to be handed over',
      opening:
        '{assistant} is leaving the assistant post. Ground: {ground}. The exit is complete once {clientCount} client(s) are handed over; the centre head is asked who takes them.',
    },
    'training-missing': {
      subject: 'Training not arranged: {assistant}',
      opening:
        '{assistant} has been on the post since {onPostSince} and still lacks: {missing}. Please make the training plan and name the person responsible for it (article 5).',
    },
    'training-due': {
      subject: 'Training to be assessed: {assistant}',
      opening: '{assistant} has still to pass: {items}. Only those who pass may transfer (article 5).',
    },
    'near-cap': {
      subject: 'Close to the cap on clients: {assistant}',
      opening: '{assistant} serves {clientCount} clients, close to the cap of {cap} (article 6).',
    },
    exited: { subject: 'Exit: {assistant}', opening: '{assistant} has left the assistant post. Ground: {ground}.' },
  },
}

/** Labels and phrases that mails share. */
export const mailPhrases: Translated<{
  /** What is applied for, and at which stage. */
  readonly matter: string
  /** What is applied for, once the stages are over. */
  readonly application: string
  readonly review: string
  readonly reviewDispute: string
  readonly handOver: string
  /** An item of the training plan that is still to be passed. */
  readonly item: string
  /** What a training lacks. */
  readonly lacking: Readonly<Record<'plan' | 'mentor', string>>
  readonly facts: Readonly<
    Record<'assistant' | 'track' | 'centre' | 'branch' | 'caseNumber' | 'dueOn' | 'onBehalfOf', string>
  >
  /** Whether what was decided could still be held back. */
  readonly effect: Readonly<Record<'held-back' | 'begun', string>>
  readonly linkOnly: string
  /** Below the link of a receipt. */
  readonly disputeOnly: string
  /** What the link is called behind which its reader names a delegate. */
  readonly absence: string
  readonly footer: string
}> = {
  'zh-CN': {
    matter: '{track}{procedure}申请（{stage}）',
    application: '{track}{procedure}申请',
    review: '{track}满一年评审',
    reviewDispute: '{track}满一年评审（争议处理）',
    handOver: '{track}离岗后的客户移交',
    item: '{title}（{dueOn}）',
    lacking: { plan: '专项培训方案', mentor: '培训负责人' },
    facts: {
      assistant: '助理',
      track: '类别',
      centre: '私钻中心',
      branch: '分行',
      caseNumber: '编号',
      dueOn: '截止日期',
      onBehalfOf: '您代理的审批人',
    },
    effect: { 'held-back': '决定尚未生效，暂缓执行', begun: '决定已经生效，已作争议标记' },
    disputeOnly: '如非您本人作出，请于 {hours} 小时内打开上述链接提出争议。此链接仅供您本人使用，请勿转发。',
    linkOnly: '此链接仅供您本人使用，请勿转发。打开链接不会作出任何决定。',
    absence: '即将外出？请在此指定代理人',
    footer: '本邮件由{bank}客户经理助理管理系统自动发送。',
  },
  en: {
    matter: '{procedure} of a {track} ({stage})',
    application: '{procedure} of a {track}',
    review: 'review of the year of a {track}',
    reviewDispute: 'review of the year of a {track} (dispute)',
    handOver: 'hand-over of the clients of a {track}',
    item: '{title} ({dueOn})',
    lacking: { plan: 'a training plan', mentor: 'a person responsible for the training' },
    facts: {
      assistant: 'Assistant',
      track: 'Track',
      centre: 'Centre',
      branch: 'Branch',
      caseNumber: 'Case',
      dueOn: 'Last day',
      onBehalfOf: 'You decide on behalf of',
    },
    effect: { 'held-back': 'its effect is held back', begun: 'it has had its effect and is marked as disputed' },
    disputeOnly:
      'If it was not you, say so within {hours} hours by the link. It is yours alone: please do not forward it.',
    linkOnly: 'This link is yours alone: please do not forward it. Opening it decides nothing.',
    absence: 'Away soon? Name a delegate here',
    footer: 'Sent automatically by the relationship-manager assistant system of {bank}.',
  },
}
