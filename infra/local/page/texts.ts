import type { Locale } from '../../../shared/domain/organisation.ts'
import type { Translated } from '../../../shared/text/locale.ts'
import { terms } from '../../../shared/text/terms.ts'

interface Step {
  readonly title: string
  readonly hint: string
  /** What each button of the step says, by what it does. */
  readonly buttons: Readonly<Record<string, string>>
}

interface PageText {
  readonly locale: Locale
  readonly otherLocale: Locale
  readonly otherLanguage: string
  readonly title: string
  readonly intro: string
  readonly steps: Readonly<
    Record<'organisation' | 'file' | 'branch' | 'hq' | 'year' | 'review' | 'transferBranch' | 'transferHq', Step>
  >
  readonly theCase: string
  readonly noCase: string
  readonly trail: string
  readonly mailbox: string
  readonly noMail: string
  readonly openLink: string
  readonly clock: string
  readonly turns: Readonly<Record<'PT1H' | 'P1D' | 'P7D' | 'P1M', string>>
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
    otherLocale: 'en',
    otherLanguage: 'English',
    title: '助理:走完一个案例',
    intro: '从申请到转岗或退出,按步骤走一遍。每一步都调用真实接口;审批人从右侧邮箱中的邮件作出决定,时钟可以拨动。',
    steps: {
      organisation: { title: '登记机构', hint: '总行、分行、中心与人员。', buttons: { organisation: '登记' } },
      file: { title: '人力系统提交上岗申请', hint: '分行随即收到邮件。', buttons: { file: '提交申请' } },
      branch: {
        title: '分行审批',
        hint: '打开邮件中的链接,或由此代为决定。',
        buttons: { approve: '同意', return: '退回补正', reject: '不同意' },
      },
      hq: {
        title: '总行审批',
        hint: '总行同意后即生效。',
        buttons: { approve: '同意', return: '退回补正', reject: '不同意' },
      },
      year: {
        title: '一年过去',
        hint: '把时钟拨到满一年之日;满一年前 60 天起请中心负责人评审。',
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
    mailbox: '邮箱',
    noMail: '尚无邮件。',
    openLink: '打开审批页面',
    clock: '银行时钟',
    turns: { PT1H: '+1 小时', P1D: '+1 天', P7D: '+1 周', P1M: '+1 个月' },
    documentation: '接口说明(OpenAPI)',
    working: '处理中…',
    done: '完成。',
    failed: '未成功:',
    facts: { id: '编号', name: '姓名', status: '状态', onPostSince: '上岗日期', reviewDueOn: '满一年日期' },
    status: terms['zh-CN'].status,
  },
  en: {
    locale: 'en',
    otherLocale: 'zh-CN',
    otherLanguage: '中文',
    title: 'Zhuli: walk through one case',
    intro:
      'From the application to transfer or exit, step by step. Each step makes the real calls; approvers decide from the mails in the mailbox, and the clock can be turned.',
    steps: {
      organisation: {
        title: 'Register the bank',
        hint: 'HQ, a branch, a centre, and people.',
        buttons: { organisation: 'Register' },
      },
      file: { title: 'HR files an application', hint: 'The branch is mailed at once.', buttons: { file: 'File' } },
      branch: {
        title: 'The branch decides',
        hint: 'Follow the link in its mail, or decide from here.',
        buttons: { approve: 'Approve', return: 'Return', reject: 'Reject' },
      },
      hq: {
        title: 'HQ decides',
        hint: 'With its consent the application takes effect.',
        buttons: { approve: 'Approve', return: 'Return', reject: 'Reject' },
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
    mailbox: 'Mailbox',
    noMail: 'No mail yet.',
    openLink: 'Open the page to decide',
    clock: "The bank's clock",
    turns: { PT1H: '+1 hour', P1D: '+1 day', P7D: '+1 week', P1M: '+1 month' },
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
