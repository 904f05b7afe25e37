import type { Translated } from './locale.ts'

/** The words of the one mail a working day that lists what waits on its reader. */
export const digestMailTexts: Translated<
  Readonly<
    Record<
      | 'subject'
      | 'opening'
      | 'asked'
      | 'told'
      | 'since'
      | 'dueOn'
      | 'daysLeft'
      | 'overdue'
      | 'action'
      | 'handOver'
      | 'more'
      | 'linksOnly',
      string
    >
  >
> = {
  'zh-CN': {
    subject: '【待办汇总】{count} 项（{day}）',
    opening: '截至今日，以下 {count} 项等待处理，按提请时间先后排列。',
    asked: '{matter}：{assistant}',
    told: '【升级提醒】{matter}：{assistant}（尚无人决定，请督促）',
    since: '提请时间',
    dueOn: '截止日期',
    daysLeft: '{dueOn}（含当日，剩余 {days} 个工作日）',
    overdue: '{dueOn}（已逾期）',
    action: '查看并决定',
    handOver: '指定接手人',
    more: '以上为最早的 {count} 项，另有更多待办未列出。',
    linksOnly: '上述链接仅供您本人使用，请勿转发。打开链接不会作出任何决定。',
  },
  en: {
    subject: 'Waiting for you: {count} ({day})',
    opening: 'As of today {count} wait(s), the oldest first.',
    asked: '{matter}: {assistant}',
    told: 'Escalated: {matter}: {assistant} (nobody has decided it yet, please see to it)',
    since: 'Asked on',
    dueOn: 'Last day',
    daysLeft: '{dueOn} ({days} working days left, that day included)',
    overdue: '{dueOn} (overdue)',
    action: 'Read and decide',
    handOver: 'Name who takes them',
    more: 'These are the oldest {count}; there are more.',
    linksOnly: 'These links are yours alone: please do not forward them. Opening one decides nothing.',
  },
}
