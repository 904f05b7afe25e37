import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  applicationOf,
  type Bank,
  file,
  linkTo,
  registerOrganisation,
  startBank,
  trailOf,
} from '../support/bank-client.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'

describe.skipIf(!hasBrowser)('in a real browser', () => {
  let bank: Bank
  let browser: Browser
  const errors: string[] = []

  beforeAll(async () => {
    bank = await startBank()
    await registerOrganisation(bank)
    browser = await startBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await bank?.stop()
  })

  const open = async (url: string, locale: string, width = 320): Promise<Page> => {
    const context = await browser.newContext({ locale, viewport: { width, height: 700 } })
    const page = await context.newPage()
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(url)
    return page
  }

  const isTooWide = (page: Page): Promise<boolean> =>
    page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')

  test.each([
    ['zh-CN', '同意', '已记录您的决定', '提交决定'],
    ['en', 'approve', 'Your decision is on record', 'Send the decision'],
  ])(
    '%s: an approver reads on a phone, which changes nothing, and decides by the keyboard alone',
    async (locale, choice, said, submit) => {
      const { id, assistantId } = await file(bank, `P-${locale}`)
      const before = (await trailOf(bank, assistantId)).length
      const { href } = await linkTo(bank, 'B1', id)
      const page = await open(href, locale)
      await page.getByText(id, { exact: true }).waitFor()
      expect(await isTooWide(page)).toBe(false)
      expect(await trailOf(bank, assistantId)).toHaveLength(before)

      await page.getByRole('radio', { name: choice, exact: true }).focus()
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: submit }).focus()
      await page.keyboard.press('Enter')
      await page.getByText(said).waitFor()
      expect(await applicationOf(bank, id)).toMatchObject({ stages: [{ decidedBy: 'B1', channel: 'page' }, {}] })

      await page.reload()
      await page.getByText('B1').waitFor()
      expect(await page.getByRole('radio').count()).toBe(0)
      expect(errors).toEqual([])
    },
  )

  test('a rejection without a reason is held back by the page', async () => {
    const { id } = await file(bank, 'P-reason')
    const page = await open((await linkTo(bank, 'B1', id)).href, 'en')
    await page.getByRole('radio', { name: 'reject', exact: true }).check()
    await page.getByRole('button', { name: 'Send the decision' }).click()
    expect(await page.evaluate(`document.querySelector('#reason').matches(':invalid')`)).toBe(true)
    expect(await applicationOf(bank, id)).toMatchObject({ status: 'open', stage: 'branch' })
  })

  test('what HR typed is shown as text, never as markup', async () => {
    const markup = '<img src=x onerror=document.title=1>'
    const { body } = await bank.call<{ id: string }>(
      'POST',
      '/v1/applications',
      {
        procedure: 'onboarding',
        assistant: {
          employeeNo: 'P-x',
          name: markup,
          email: 'x@bank.example',
          track: 'diamond',
          source: 'external-hire',
          centreId: 'SH-1',
        },
        purpose: '培养',
        filedBy: 'F1',
      },
      { 'idempotency-key': 'markup' },
    )
    const page = await open((await linkTo(bank, 'B1', body.id)).href, 'en')
    await page.getByText(markup).waitFor()
    expect(await page.locator('img').count()).toBe(0)
  })

  test('the first page leads a newcomer through a whole case, a button a step', async () => {
    const page = await open(bank.url, 'en', 1280)
    const step = async (name: string, action: string) => {
      await page.locator(`[data-step=${name}] [data-action=${action}]`).click()
      await page.getByRole('status').getByText('Done.').waitFor()
    }
    await step('organisation', 'organisation')
    await step('file', 'file')
    await step('branch', 'approve')
    await step('hq', 'approve')
    await page.locator('#case').getByText('on the post', { exact: true }).waitFor()
    await step('year', 'year')
    await step('review', 'qualified')
    await step('transferBranch', 'approve')
    await step('transferHq', 'approve')
    await page.locator('#case').getByText('transferred', { exact: true }).waitFor()
    await page.reload()
    await page.locator('#case').getByText('transferred', { exact: true }).waitFor()
    expect(errors).toEqual([])
    expect(await isTooWide(await open(bank.url, 'zh-CN', 320))).toBe(false)
  })
})
