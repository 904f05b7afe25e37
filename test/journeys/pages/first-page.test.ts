import { describe, expect, test } from 'vitest'
import { useBank } from '../../support/bank-client.ts'
import { hasBrowser } from '../../support/browser.ts'
import { languages, look, usePages } from '../../support/pages.ts'

describe.skipIf(!hasBrowser)('the first page, in a real browser', () => {
  const bank = useBank()
  const { open, errors } = usePages()

  test.each(languages)('in %s leads a newcomer through a whole case, a button a step', async (language) => {
    const page = await open(bank.url, language, { viewport: { width: 1280, height: 900 } })
    const step = async (name: string, action: string) => {
      await page.locator(`[data-step=${name}] [data-action=${action}]`).click()
      await page
        .getByRole('status')
        .getByText(language === 'en' ? 'Done.' : '完成。')
        .waitFor()
    }
    const status = (said: string) => page.locator('#case').getByText(said, { exact: true }).waitFor()
    await page.locator('[data-step=organisation] [data-action=organisation]:enabled').waitFor()
    await look(page, `first-1-empty-${language}`)
    await step('organisation', 'organisation')
    await step('file', 'file')
    await look(page, `first-2-filed-${language}`)
    await step('branch', 'approve')
    await step('hq', 'approve')
    await status(language === 'en' ? 'on the post' : '在岗')
    await page.locator('#mailbox summary').first().click()
    await page.locator('#mailbox iframe').waitFor()
    await look(page, `first-3-mail-${language}`)
    await step('training', 'plan')
    await step('training', 'pass')
    await step('clients', 'clients')
    await step('year', 'year')
    await step('review', 'qualified')
    await step('transferBranch', 'approve')
    await step('transferHq', 'approve')
    await status(language === 'en' ? 'transferred' : '已转岗')
    await page.reload()
    await status(language === 'en' ? 'transferred' : '已转岗')
    await look(page, `first-4-transferred-${language}`)
    expect(errors).toEqual([])
  })

  test('leads from a mail to every page that it has a link to', async () => {
    const links = [
      'decide/00000001001#s&code=1&decision=approve',
      'dispute/00000001001#B1.s',
      'absence/B1#s',
      'hand-over/00000001001#s',
    ]
    const text = links.map((link) => `→ ${bank.url}/${link}\n`).join('')
    const mail = {
      id: '1',
      at: '2024-01-02T01:00:00.000Z',
      to: ['b1@bank.example'],
      subject: 'x',
      text,
      html: '',
      headers: {},
    }
    const page = await open('about:blank', 'en')
    await page.route('**/local/mail', (route) => route.fulfill({ json: { messages: [mail] } }))
    await page.goto(bank.url)
    await page.locator('#mailbox summary').first().click()
    const shown = page.locator('#mailbox a')
    expect(await shown.allInnerTexts()).toEqual([
      'Open the page to decide',
      "That wasn't me",
      'Absence and delegate',
      'Name who takes the clients',
    ])
    expect(await Promise.all((await shown.all()).map((one) => one.getAttribute('href')))).toEqual(
      links.map((link) => `${bank.url}/${link}`),
    )
  })
})
