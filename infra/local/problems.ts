import type { Context } from 'hono'
import { problemReply } from '../../functions/http/problem.ts'
import { fill, type Translated } from '../../shared/text/locale.ts'
import { readerLocale, respond } from './over-fetch.ts'

interface LocalProblem {
  readonly title: string
  readonly detail: string
}

/** Problems that only the embedded system has. */
const statuses = { 'clock-backwards': 409, 'time-stopped': 409 } as const
type LocalCode = keyof typeof statuses

const texts: Translated<Readonly<Record<LocalCode, LocalProblem>>> = {
  'zh-CN': {
    'clock-backwards': { title: '时钟不能倒退', detail: '现在已是 {now}，时钟只能向前拨。' },
    'time-stopped': { title: '时间停住了', detail: '时间停在 {now}：到期事项 {item} 反复处理不了，原因见日志。' },
  },
  en: {
    'clock-backwards': { title: 'Time goes forward', detail: 'It is {now} already; the clock only goes forward.' },
    'time-stopped': {
      title: 'Time stopped',
      detail: 'Time stopped at {now}: {item} stays due however often it is tried; the log says why.',
    },
  },
}

export const localProblem = (c: Context, code: LocalCode, facts: Readonly<Record<string, string>>): Response => {
  const { title, detail } = texts[readerLocale(c)][code]
  const type = `urn:zhuli:problem:${code}`
  return respond(problemReply({ type, title, status: statuses[code], detail: fill(detail, facts), code }))
}
