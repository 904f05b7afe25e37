import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { disputePageTexts } from '../../../shared/text/dispute-page.ts'
import { assistantOf, bringOnPost, useBank } from '../../support/bank-client.ts'
import { hasBrowser } from '../../support/browser.ts'
import { focusedId, languages, look, tabTo, usePages } from '../../support/pages.ts'

const decided = {
  approvalId: '7k3m9q2d002',
  stage: 'hq',
  applicationId: '7k3m9q2d-1',
  assistant: { id: '7k3m9q2d', name: '李晓明' },
  decision: 'reject',
  decidedBy: 'X.1',
  onBehalfOf: 'Q1',
  decidedAt: '2024-01-02T01:00:00.000Z',
  channel: 'reply',
  reason: '本期不予同意',
  disputableUntil: '2024-01-09T10:00:00.000Z',
  names: { 'X.1': '周兰' },
  dispute: null,
}
const dispute = { disputedBy: 'X.1', disputedAt: '2024-01-03T01:00:00.000Z', effect: 'held-back', status: 'open' }

const problem = (status: number, detail: string) => ({ status, body: { detail, code: 'x', status } })

describe.skipIf(!hasBrowser)('someone in whose name was decided, in a real browser', () => {
  const bank = useBank()
  const { open, errors } = usePages()

  /** The page, with answers in the place of the system's; what it sent is kept. */
  const opened = async (
    language: (typeof languages)[number],
    answers: Readonly<Record<string, { readonly status: number; readonly body: object }>>,
    fragment = '#X.1.secret',
  ) => {
    const page = await open('about:blank', language)
    const sent: unknown[] = []
    await page.route('**/dispute/7k3m9q2d002**', async (route) => {
      const request = route.request()
      if (request.method() === 'GET') return route.continue()
      const path = new URL(request.url()).pathname
      sent.push([path, request.postDataJSON()])
      const { status, body } = answers[path.split('/').at(3) ?? 'dispute'] ?? problem(404, 'no')
      return route.fulfill({ status, json: body })
    })
    await page.goto(`${bank.url}/dispute/7k3m9q2d002${fragment}`)
    return { page, sent }
  }
  const told = (page: Page) => page.locator('main').innerText()

  describe.each(languages)('in %s', (language) => {
    const texts = disputePageTexts[language]

    test('reads what was decided, and disputes it by the keyboard alone', async () => {
      const after = { ...decided, dispute }
      const { page, sent } = await opened(language, {
        decision: { status: 200, body: decided },
        dispute: { status: 200, body: after },
      })
      await page.getByText(texts.consequence).waitFor()
      for (const word of [decided.reason, 'Q1', '周兰', 'X.1', texts.channels.reply, texts.decisions.reject, '18:00']) {
        expect(await told(page)).toContain(word)
      }
      await look(page, `dispute-1-decided-${language}`)
      expect(sent).toEqual([['/dispute/7k3m9q2d002/decision', { employeeNo: 'X.1', secret: 'secret' }]])

      await tabTo(page, texts.yourReason)
      await page.keyboard.type('我当时在休假')
      await tabTo(page, texts.submit)
      await page.keyboard.press('Enter')
      await page.getByText(texts.disputed).waitFor()
      expect(sent.at(-1)).toEqual([
        '/dispute/7k3m9q2d002',
        { employeeNo: 'X.1', secret: 'secret', reason: '我当时在休假' },
      ])
      expect(await focusedId(page)).toBe('receipt-heading')
      expect(await page.locator('form').isVisible()).toBe(false)
      expect(await told(page)).toContain(texts.effects['held-back'])
      await look(page, `dispute-2-disputed-${language}`)
      expect(errors).toEqual([])
    })

    test.each(['upheld', 'annulled'] as const)('reads how a dispute was settled: %s', async (status) => {
      const settled = { ...decided, dispute: { ...dispute, effect: 'begun', status } }
      const { page } = await opened(language, { decision: { status: 200, body: settled } })
      await page.getByText(texts.states[status]).waitFor()
      expect(await page.locator('form').isVisible()).toBe(false)
      await look(page, `dispute-3-${status}-${language}`)
    })

    test('is told that it is too late, or that the link is dead', async () => {
      const { page } = await opened(language, {
        decision: { status: 200, body: decided },
        dispute: problem(409, 'It is too late.'),
      })
      await page.getByRole('button', { name: texts.submit }).click()
      await page.locator('#status').getByText('It is too late.').waitFor()
      expect(await page.locator('form').isVisible()).toBe(false)
      await look(page, `dispute-4-too-late-${language}`)
      for (const fragment of ['', '#X.1.wrong']) {
        const dead = await opened(language, { decision: problem(404, 'Dead.') }, fragment)
        await dead.page.locator('#status.trouble').waitFor()
        expect(await dead.page.locator('form').isVisible()).toBe(false)
      }
    })
  })

  test('follows the link of a real receipt, and the case is frozen', async () => {
    const { id } = await bringOnPost(bank, 'PD1')
    const receipt = (await bank.mails()).findLast(
      ({ to, text }) => to.includes('q1@bank.example') && text.includes('/dispute/'),
    )
    const link = receipt?.text.match(/https?:\/\/\S+\/dispute\/\S+/)?.[0] ?? ''
    const texts = disputePageTexts['zh-CN']
    const page = await open(link, 'zh-CN')
    await page.getByText(texts.consequence).waitFor()
    await tabTo(page, texts.submit)
    expect(await assistantOf(bank, id)).toMatchObject({ disputed: false })
    await page.keyboard.press('Enter')
    await page.getByText(texts.disputed).waitFor()
    expect(await assistantOf(bank, id)).toMatchObject({ disputed: true })
    expect(errors).toEqual([])
  })

  test('changes the language without losing the link or what was typed', async () => {
    const { page } = await opened('en', { decision: { status: 200, body: decided } })
    await page.locator('#reason').fill('a&b')
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByText(disputePageTexts['zh-CN'].consequence).waitFor()
    expect(await page.locator('#reason').inputValue()).toBe('a&b')
    expect(new URL(page.url()).hash).toMatch(/^#X\.1\.secret&/)
  })
})
