import { describe, expect, test } from 'vitest'
import { commonPageTexts } from '../../../shared/text/common-page.ts'
import { decidePageTexts } from '../../../shared/text/decide-page.ts'
import { applicationOf, file, linkTo, useBank } from '../../support/bank-client.ts'
import { hasBrowser } from '../../support/browser.ts'
import { languages, look, newestCode, usePages } from '../../support/pages.ts'

describe.skipIf(!hasBrowser)('an approver whose calls are held back, in a real browser', () => {
  const bank = useBank()
  const { open, errors } = usePages()

  test.each(languages)('is told so, and goes on later with what was filled in: %s', async (language) => {
    const texts = decidePageTexts[language]
    const { id } = await file(bank, `P-${language}`)
    const link = await linkTo(bank, 'B1', id)
    const page = await open(link.href, language)
    const codeField = page.locator('#code:visible')
    const statusOf = async () => (await applicationOf(bank, id)).stages[0]?.status
    const press = (name: string) => page.getByRole('button', { name }).click()
    /** Does what API Gateway holds back, with 429, or its firewall, with 403. */
    const heldBack = async (status: 403 | 429, doing: () => Promise<unknown>) => {
      const json = { status, code: 'too-many-calls', detail: '请求过于频繁。 / Calls come too often.' }
      await page.route(`**${link.pathname}{,/*}`, (route) =>
        route.request().method() === 'POST' ? route.fulfill({ status, json }) : route.continue(),
      )
      await doing()
      const told = page.locator('#status.trouble')
      await told.getByText(commonPageTexts[language].tooManyCalls, { exact: true }).waitFor()
      await page.unrouteAll()
    }

    await heldBack(429, () => page.reload())
    await page.reload()
    await page.getByRole('radio', { name: texts.decisions.approve, exact: true }).check()
    for (const status of [429, 403] as const) {
      await heldBack(status, () => press(texts.code.next))
      expect(await codeField.count()).toBe(0)
    }
    await look(page, `too-many-calls-${language}`)
    await press(texts.code.next)
    await codeField.waitFor()
    await codeField.fill(await newestCode(bank.mails, link.pathname.split('/').at(-1) ?? ''))
    await heldBack(403, () => press(texts.submit))
    expect(await statusOf()).toBe('open')
    await press(texts.submit)
    await page.getByText(texts.decided).waitFor()
    expect(await statusOf()).toBe('approved')
    expect(errors).toEqual([])
  })
})
