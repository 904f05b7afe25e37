import type { ProblemText } from './refusals.ts'
import type { Translated } from './locale.ts'

/** Problems of a call that never came to the domain. */
export type CallProblem =
  | 'invalid-request'
  | 'unknown-resource'
  | 'too-large'
  | 'unauthorised'
  | 'missing-scope'
  | 'idempotency-key-missing'
  | 'idempotency-key-reused'
  | 'request-in-progress'
  | 'wrong-code'
  | 'too-many-codes'
  | 'too-many-calls'
  | 'calendar-not-published'
  | 'unavailable'

export const callProblems: Readonly<Record<CallProblem, number>> = {
  'invalid-request': 400,
  'wrong-code': 400,
  'too-many-codes': 429,
  // Of API Gateway, before a call comes here; its firewall says 403 with it.
  'too-many-calls': 429,
  'idempotency-key-missing': 400,
  unauthorised: 401,
  'missing-scope': 403,
  'unknown-resource': 404,
  'request-in-progress': 409,
  'too-large': 413,
  'idempotency-key-reused': 422,
  'calendar-not-published': 503,
  unavailable: 503,
}

export const callProblemTexts: Translated<Readonly<Record<CallProblem, ProblemText>>> = {
  'zh-CN': {
    'invalid-request': { title: '请求内容有误', detail: '请求中有 {count} 处错误，请见 errors。' },
    'idempotency-key-missing': {
      title: '缺少 Idempotency-Key',
      detail: '该请求须带 Idempotency-Key 请求头（1 至 255 个可见字符）。',
    },
    unauthorised: { title: '未通过身份验证', detail: '请在 Authorization 请求头中提供有效的 Bearer 令牌。' },
    'missing-scope': { title: '权限不足', detail: '该请求需要权限 {scope}。' },
    'unknown-resource': { title: '资源不存在', detail: '没有此资源，请核对路径与编号。' },
    'request-in-progress': { title: '请求处理中', detail: '同一请求或同一案件正在处理，请稍后重试。' },
    'wrong-code': {
      title: '验证码无效',
      detail: '验证码有误、已过期或已用尽次数，请核对最新邮件中的验证码，或重新获取。',
    },
    'too-many-codes': { title: '验证码获取过于频繁', detail: '一小时内最多可获取五次验证码，请稍后再试。' },
    'too-many-calls': { title: '请求过于频繁', detail: '请求过于频繁，请放慢后重试。' },
    'too-large': { title: '请求过大', detail: '请求内容不得超过 {limit} KB。' },
    'idempotency-key-reused': {
      title: 'Idempotency-Key 重复使用',
      detail: '该 Idempotency-Key 已用于另一请求，请更换。',
    },
    'calendar-not-published': {
      title: '工作日历尚未公布',
      detail: '办理期限将超出已公布的工作日历（至 {lastDay}），请待系统更新日历后重试。',
    },
    unavailable: { title: '服务暂不可用', detail: '暂时无法处理，请稍后重试。' },
  },
  en: {
    'invalid-request': { title: 'Invalid request', detail: 'The request has {count} mistake(s): see errors.' },
    'idempotency-key-missing': {
      title: 'Idempotency-Key missing',
      detail: 'This call needs the header Idempotency-Key, of 1 to 255 visible characters.',
    },
    unauthorised: { title: 'Not authenticated', detail: 'Send a valid bearer token in the header Authorization.' },
    'missing-scope': { title: 'Scope missing', detail: 'This call needs the scope {scope}.' },
    'unknown-resource': { title: 'Unknown resource', detail: 'There is no such resource: check path and id.' },
    'request-in-progress': {
      title: 'Request in progress',
      detail: 'The same request, or another one of the same case, is being worked on: try again shortly.',
    },
    'wrong-code': {
      title: 'Code not accepted',
      detail: 'The code is wrong, out of date or used up: check the newest mail, or ask for another code.',
    },
    'too-many-codes': {
      title: 'Too many codes',
      detail: 'At most five codes are mailed within an hour: try again later.',
    },
    'too-many-calls': { title: 'Too many calls', detail: 'Calls come too often: slow down and try again.' },
    'too-large': { title: 'Request too large', detail: 'A request may have at most {limit} KB.' },
    'idempotency-key-reused': {
      title: 'Idempotency-Key reused',
      detail: 'This Idempotency-Key was used for another request: take a new one.',
    },
    'calendar-not-published': {
      title: 'Working calendar not published',
      detail:
        'A deadline would lie beyond the published working calendar, which ends on {lastDay}: try again once it is updated.',
    },
    unavailable: { title: 'Not available', detail: 'This can not be served at the moment: try again later.' },
  },
}
