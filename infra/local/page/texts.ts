import type { Decision, DomainEvent, Stage } from '../../../shared/domain/events.ts'
import type { Locale } from '../../../shared/domain/organisation.ts'
import type { Translated } from '../../../shared/text/locale.ts'
import type { Topic } from '../../../shared/domain/training.ts'
import { terms } from '../../../shared/text/terms.ts'

interface Step {
  readonly title: string
  readonly hint: string
  /** What each button of the step says, by what it does. */
  readonly buttons: Readonly<Record<string, string>>
}

interface PageText {
  readonly locale: Locale
  /** How days and times are written. */
  readonly dates: string
  readonly otherLocale: Locale
  readonly otherLanguage: string
  readonly title: string
  readonly intro: string
  readonly steps: Readonly<
    Record<
      | 'organisation'
      | 'file'
      | 'branch'
      | 'hq'
      | 'training'
      | 'clients'
      | 'year'
      | 'review'
      | 'transferBranch'
      | 'transferHq',
      Step
    >
  >
  readonly theCase: string
  readonly noCase: string
  readonly trail: string
  readonly system: string
  readonly events: Readonly<Record<DomainEvent['type'], string>>
  readonly stages: Readonly<Record<Stage, string>>
  readonly decisions: Readonly<Record<Decision, string>>
  readonly topics: Readonly<Record<Topic, string>>
  /** How the items of the training plan are assessed. */
  readonly examination: string
  readonly mailbox: string
  readonly noMail: string
  readonly onlyCase: string
  readonly notMailed: string
  readonly asText: string
  /** What the links of mails are called, by the page that they lead to. */
  readonly openLinks: Readonly<Record<'decide' | 'dispute' | 'absence' | 'hand-over', string>>
  readonly reasons: Readonly<Record<'return' | 'reject' | 'below-standard', string>>
  readonly clock: string
  readonly turns: Readonly<Record<'PT1H' | 'workingDay' | 'P7D' | 'P1M' | 'due', string>>
  readonly calendarEnds: string
  readonly documentation: string
  readonly working: string
  readonly done: string
  readonly failed: string
  readonly facts: Readonly<Record<'id' | 'name' | 'status' | 'onPostSince' | 'reviewDueOn', string>>
  readonly status: Readonly<Record<string, string>>
}

export const pageTexts: Translated<PageText> = {
  'zh-CN': {
    locale: 'zh-CN',
    dates: 'zh-CN',
    otherLocale: 'en',
    otherLanguage: 'English',
    title: '助理：走完一个案例',
    intro:
      '从申请到转岗或退出，按步骤走一遍。每一步都调用真实接口；审批人从邮箱中的邮件作出决定，时钟可以拨动。轮到的步骤以红线标出。',
    steps: {
      organisation: { title: '登记机构', hint: '总行、分行、中心与人员。', buttons: { organisation: '登记' } },
      file: { title: '人力系统提交上岗申请', hint: '分行随即收到邮件。', buttons: { file: '提交申请' } },
      branch: {
        title: '分行审批',
        hint: '打开邮件中的链接，或由此代为决定。退回后由人力系统补正。',
        buttons: { approve: '同意', return: '退回补正', reject: '不同意', amend: '补正并重新提交' },
      },
      hq: {
        title: '总行审批',
        hint: '总行同意后即生效。退回后由人力系统补正。',
        buttons: { approve: '同意', return: '退回补正', reject: '不同意', amend: '补正并重新提交' },
      },
      training: {
        title: '培训',
        hint: '指定培训负责人，制定专项培训方案，记录考核。考核合格者方可转岗。',
        buttons: { plan: '制定方案', pass: '记录考核合格' },
      },
      clients: {
        title: '管户',
        hint: '私人银行助理至多 35 户。退出岗位前须移交。',
        buttons: { clients: '分配三户' },
      },
      year: {
        title: '一年过去',
        hint: '把时钟拨到满一年之日；满一年前 60 天请中心负责人评审。',
        buttons: { year: '拨到满一年' },
      },
      review: {
        title: '中心负责人评审',
        hint: '达标者随即提出转岗申请。',
        buttons: { qualified: '达标', 'below-standard': '未达标' },
      },
      transferBranch: { title: '分行审批转岗', hint: '仍须两级同意。', buttons: { approve: '同意', reject: '不同意' } },
      transferHq: {
        title: '总行审批转岗',
        hint: '同意后转为客户经理。',
        buttons: { approve: '同意', reject: '不同意' },
      },
    },
    theCase: '案例',
    noCase: '尚无案例。',
    trail: '审计轨迹',
    system: '系统',
    events: {
      'onboarding-filed': '提交上岗申请',
      'transfer-filed': '提交转岗申请',
      'stage-opened': '送交',
      'stage-reminded': '催办',
      'stage-escalated': '升级提醒',
      'approvers-added': '补充请审',
      'mail-undeliverable': '邮件未送达',
      'policy-adopted': '适用新规则',
      'decision-disputed': '提出争议',
      'decision-upheld': '维持原决定',
      'decision-annulled': '撤销原决定',
      'stage-decided': '决定',
      'application-withdrawn': '撤回申请',
      'application-amended': '补正申请',
      'application-expired': '逾期失效',
      'onboarding-took-effect': '上岗生效',
      'transfer-took-effect': '转岗生效',
      'review-called': '启动满一年评审',
      'mentor-named': '指定培训负责人',
      'training-plan-set': '制定培训方案',
      'assessment-recorded': '记录考核',
      'attendance-recorded': '记录参训',
      'training-reminded': '培训提醒',
      'clients-assigned': '分配客户',
      'clients-released': '解除管户',
      'clients-handed-over': '移交客户',
      'clients-received': '接手客户',
      'performance-recorded': '记录业绩',
      'violation-recorded': '记录违规',
      'qualifications-recorded': '记录任职资格',
      'exit-begun': '开始退出，移交客户',
      'exit-completed': '客户移交完毕，退出岗位',
      'assistant-exited': '退出岗位',
    },
    stages: terms['zh-CN'].stage,
    decisions: terms['zh-CN'].decision,
    topics: terms['zh-CN'].topic,
    examination: '考试',
    mailbox: '邮箱',
    noMail: '尚无邮件。',
    onlyCase: '只看本案例',
    notMailed: '该环节的邮件尚未发出。',
    asText: '纯文本',
    reasons: { return: '请补充材料', reject: '本期不予同意', 'below-standard': '考核未达标' },
    openLinks: {
      decide: '打开审批页面',
      dispute: '不是我作出的决定',
      absence: '安排离岗与代理',
      'hand-over': '指定接手人',
    },
    clock: '银行时钟',
    turns: { PT1H: '+1 小时', workingDay: '+1 个工作日', P7D: '+1 周', P1M: '+1 个月', due: '到本案下一期限' },
    calendarEnds: '工作日历只公布到 {lastDay}，放不下这一步。请用 npm start -- --fresh 重新开始。',
    documentation: '接口说明（OpenAPI）',
    working: '处理中…',
    done: '完成。',
    failed: '未成功：',
    facts: { id: '编号', name: '姓名', status: '状态', onPostSince: '上岗日期', reviewDueOn: '满一年日期' },
    status: terms['zh-CN'].status,
  },
  en: {
    locale: 'en',
    dates: 'en-GB',
    otherLocale: 'zh-CN',
    otherLanguage: '中文',
    title: 'Zhuli: walk through one case',
    intro:
      'From the application to transfer or exit, step by step. Each step makes the real calls; approvers decide from the mails in the mailbox, and the clock can be turned. A red line marks whose turn it is.',
    steps: {
      organisation: {
        title: 'Register the bank',
        hint: 'HQ, a branch, a centre, and people.',
        buttons: { organisation: 'Register' },
      },
      file: { title: 'HR files an application', hint: 'The branch is mailed at once.', buttons: { file: 'File' } },
      branch: {
        title: 'The branch decides',
        hint: 'Follow the link in its mail, or decide from here. HR amends what was returned.',
        buttons: { approve: 'Approve', return: 'Return', reject: 'Reject', amend: 'Amend and submit again' },
      },
      hq: {
        title: 'HQ decides',
        hint: 'With its consent the application takes effect. HR amends what was returned.',
        buttons: { approve: 'Approve', return: 'Return', reject: 'Reject', amend: 'Amend and submit again' },
      },
      training: {
        title: 'Training',
        hint: 'A mentor, a plan, and its assessments: only those who pass may transfer.',
        buttons: { plan: 'Make the plan', pass: 'Record that all is passed' },
      },
      clients: {
        title: 'Clients',
        hint: 'A private-bank assistant serves at most 35. Whoever leaves the post hands them over.',
        buttons: { clients: 'Assign three' },
      },
      year: {
        title: 'The year passes',
        hint: 'Turns the clock to the anniversary; the centre head is asked 60 days before.',
        buttons: { year: 'Turn to the anniversary' },
      },
      review: {
        title: 'The centre head reviews',
        hint: 'Who is qualified is put forward for transfer at once.',
        buttons: { qualified: 'Qualified', 'below-standard': 'Below the standard' },
      },
      transferBranch: {
        title: 'The branch decides on the transfer',
        hint: 'Two consents again.',
        buttons: { approve: 'Approve', reject: 'Reject' },
      },
      transferHq: {
        title: 'HQ decides on the transfer',
        hint: 'With its consent the assistant is a relationship manager.',
        buttons: { approve: 'Approve', reject: 'Reject' },
      },
    },
    theCase: 'The case',
    noCase: 'No case yet.',
    trail: 'Audit trail',
    system: 'system',
    events: {
      'onboarding-filed': 'onboarding filed',
      'transfer-filed': 'transfer filed',
      'stage-opened': 'asked',
      'stage-reminded': 'reminded',
      'stage-escalated': 'escalated',
      'approvers-added': 'more approvers asked',
      'mail-undeliverable': 'a mail did not arrive',
      'policy-adopted': 'a new policy applies',
      'decision-disputed': 'a decision is disputed',
      'decision-upheld': 'the decision is upheld',
      'decision-annulled': 'the decision is annulled',
      'stage-decided': 'decided',
      'application-withdrawn': 'application withdrawn',
      'application-amended': 'application amended',
      'application-expired': 'application expired',
      'onboarding-took-effect': 'onboarding took effect',
      'transfer-took-effect': 'transfer took effect',
      'review-called': 'review of the year called',
      'mentor-named': 'mentor named',
      'training-plan-set': 'training plan set',
      'assessment-recorded': 'assessment recorded',
      'attendance-recorded': 'attendance recorded',
      'training-reminded': 'reminded of the training',
      'clients-assigned': 'clients assigned',
      'clients-released': 'clients released',
      'clients-handed-over': 'clients handed over',
      'clients-received': 'clients received',
      'performance-recorded': 'performance recorded',
      'violation-recorded': 'violation recorded',
      'qualifications-recorded': 'qualifications recorded',
      'exit-begun': 'is leaving the post, clients to be handed over',
      'exit-completed': 'left the post, all clients handed over',
      'assistant-exited': 'left the post',
    },
    stages: terms.en.stage,
    decisions: terms.en.decision,
    topics: terms.en.topic,
    examination: 'examination',
    mailbox: 'Mailbox',
    noMail: 'No mail yet.',
    onlyCase: 'This case only',
    notMailed: 'Nobody has been mailed about this step yet.',
    asText: 'Plain text',
    reasons: {
      return: 'Please complete the documents',
      reject: 'Not in this period',
      'below-standard': 'Short of the standard',
    },
    openLinks: {
      decide: 'Open the page to decide',
      dispute: "That wasn't me",
      absence: 'Absence and delegate',
      'hand-over': 'Name who takes the clients',
    },
    clock: "The bank's clock",
    turns: {
      PT1H: '+1 hour',
      workingDay: '+1 working day',
      P7D: '+1 week',
      P1M: '+1 month',
      due: "To the case's next deadline",
    },
    calendarEnds:
      'The working calendar is published up to {lastDay} and has no room for this step: begin anew with npm start -- --fresh.',
    documentation: 'API documentation (OpenAPI)',
    working: 'Working …',
    done: 'Done.',
    failed: 'Not done: ',
    facts: {
      id: 'Case',
      name: 'Name',
      status: 'Status',
      onPostSince: 'On the post since',
      reviewDueOn: 'Year ends on',
    },
    status: terms.en.status,
  },
}
