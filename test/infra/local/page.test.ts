import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { demoBank } from '../../../infra/local/page/bank.ts'
import { pageRoutes } from '../../../infra/local/page/page.ts'
import { hq, people } from '../../../infra/local/sample/organisation.ts'
import { mainlandCalendar } from '../../../shared/policy/mainland-calendar.ts'
import { Day } from '../../../shared/domain/time.ts'
import { pageCalendar } from '../../../infra/local/page/calendar.ts'

const get = async (path: string, language = 'en') => {
  const response = await pageRoutes().request(path, { headers: { 'accept-language': language } })
  return {
    status: response.status,
    policy: response.headers.get('content-security-policy') ?? '',
    html: await response.text(),
  }
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

describe('the first page', () => {
  it.each([
    ['/', 'zh-CN,zh;q=0.9', 'zh-CN', 'English'],
    ['/', 'en-GB,en;q=0.9', 'en', '中文'],
    ['/?lang=en', 'zh-CN', 'en', '中文'],
  ])('%s for a reader of %s is in %s, and offers the other language', async (path, language, lang, other) => {
    const { status, html } = await get(path, language)
    expect(status).toBe(200)
    expect(html).toContain(`<html lang="${lang}">`)
    expect(html).toContain(`>${other}</a>`)
  })

  it('runs its own script and style and nothing else', async () => {
    const { policy, html } = await get('/')
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => hashOf(text!))
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => hashOf(text!))
    expect([scripts.length, styles.length]).toEqual([1, 1])
    expect(policy).toContain(`default-src 'none'; script-src ${scripts[0]}; style-src ${styles[0]};`)
    expect(policy).toContain(`frame-ancestors 'none'`)
    expect(html).not.toMatch(/ on[a-z]+="|javascript:|innerHTML|insertAdjacentHTML|document\.write/)
  })

  it('holds no secret and no token', async () => {
    const { html } = await get('/')
    expect(html).not.toMatch(/\/decide\/[a-z0-9]+#|eyJ[\w-]{10}/)
  })

  it('names every button, and tells what happens where a screen reader hears it', async () => {
    const { html } = await get('/')
    expect(html).not.toMatch(/<button[^>]*>\s*<\/button>/)
    expect(html).toContain('role="status" aria-live="polite"')
  })
})

it('the newcomer’s HQ is that of the sample: registering either leaves the links of the other alive', () => {
  expect(demoBank.hq).toEqual(hq)
  for (const no of hq.approvers) {
    expect(demoBank.people).toContainEqual(
      expect.objectContaining({ no, name: people.find((one) => one.no === no)?.name }),
    )
  }
})

it('the page’s calendar is the published one', () => {
  const worked = (day: string): boolean =>
    ![0, 6].includes(new Date(day).getUTCDay()) !== (pageCalendar.exceptions as readonly string[]).includes(day)
  for (const day of [
    '2024-02-12',
    '2024-02-18',
    '2025-10-08',
    '2025-10-09',
    '2025-10-11',
    '2026-12-31',
    '2026-01-03',
  ]) {
    expect([day, worked(day)]).toEqual([day, mainlandCalendar.isWorkingDay(Day.parse(day))])
  }
  expect(pageCalendar.lastDay).toBe('2026-12-31')
})
