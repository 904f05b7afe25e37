import type { Translated } from './locale.ts'

/** What is wrong with one member of a request, as far as the schema library does not say it well enough itself. */
export type Mistake =
  | 'registered'
  | 'assistant-id'
  | 'application-id'
  | 'approval-id'
  | 'day'
  | 'instant'
  | 'readable'
  | 'readable-line'
  | 'twice'
  | 'until-before-from'
  | 'delegate-of-self'
  | 'unknown-person'
  | 'unknown-member'
  | 'missing'
  | 'not-json'
  | 'period'
  | 'period-ahead'
  | 'in-future'
  | 'in-past'
  | 'weights'
  | 'unknown-metric'
  | 'cursor'
  | 'one-of'
  | 'too-short'
  | 'too-long'
  | 'too-few'
  | 'too-many'
  | 'too-low'
  | 'too-high'

export const mistakeTexts: Translated<Readonly<Record<Mistake, string>>> = {
  'zh-CN': {
    registered: '须为 1 至 64 个字母、数字、点、短横或下划线，并以字母或数字开头',
    'assistant-id': '须为助理编号',
    'application-id': '须为申请编号',
    'approval-id': '须为审批编号',
    day: '须为日历中的一天，格式 YYYY-MM-DD',
    instant: '须为 UTC 时刻，格式 YYYY-MM-DDThh:mm:ss.sssZ',
    readable: '须为 UTF-8 文字，不得含控制字符或方向控制字符',
    'readable-line': '须为一行 UTF-8 文字，不得含控制字符或方向控制字符',
    twice: '不得重复',
    'until-before-from': '不得早于 from',
    'delegate-of-self': '不得由本人代理本人',
    'unknown-person': '没有登记此人，请先登记',
    'unknown-member': '没有这一项',
    missing: '缺少该项',
    'not-json': '请求内容须为 JSON，且 Content-Type 为 application/json',
    period: '须为季度，格式 2026-Q3',
    'period-ahead': '该期尚未开始',
    'in-future': '不得晚于现在',
    'in-past': '不得早于今天',
    weights: '权重之和须为 1',
    'unknown-metric': '该期规则中没有这一指标',
    cursor: '须为同一列表某一页的 next',
    'one-of': '须为下列之一：{values}',
    'too-short': '至少 {limit} 个字符',
    'too-long': '至多 {limit} 个字符',
    'too-few': '至少 {limit} 项',
    'too-many': '至多 {limit} 项',
    'too-low': '不得小于 {limit}',
    'too-high': '不得大于 {limit}',
  },
  en: {
    registered: 'must be 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
    'assistant-id': 'must be the id of an assistant',
    'application-id': 'must be the id of an application',
    'approval-id': 'must be the id of an approval',
    day: 'must be a day of the calendar, YYYY-MM-DD',
    instant: 'must be a moment in UTC, YYYY-MM-DDThh:mm:ss.sssZ',
    readable: 'must be text in UTF-8, with no control or directional characters',
    'readable-line': 'must be one line in UTF-8, with no control or directional characters',
    twice: 'must not name anything twice',
    'until-before-from': 'must not lie before `from`',
    'delegate-of-self': 'must be someone else',
    'unknown-person': 'is nobody on record: register the person first',
    'unknown-member': 'is not known here',
    missing: 'is missing',
    'not-json': 'must be JSON, with Content-Type application/json',
    period: 'must be a quarter, as 2026-Q3',
    'period-ahead': 'has not begun yet',
    'in-future': 'must not lie in the future',
    'in-past': 'must not lie in the past',
    weights: 'must have weights that are 1 in sum',
    'unknown-metric': 'is no metric of the period',
    cursor: 'must be the `next` of a page of this very list',
    'one-of': 'must be one of: {values}',
    'too-short': 'must have at least {limit} character(s)',
    'too-long': 'must have at most {limit} character(s)',
    'too-few': 'must have at least {limit} member(s)',
    'too-many': 'must have at most {limit} member(s)',
    'too-low': 'must be at least {limit}',
    'too-high': 'must be at most {limit}',
  },
}
