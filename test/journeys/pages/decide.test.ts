import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { commonPageTexts } from '../../../shared/text/common-page.ts'
import { decidePageTexts } from '../../../shared/text/decide-page.ts'
import { applicationOf, decide, file, linkTo, onboardingOf, trailOf, useBank } from '../../support/bank-client.ts'
import { hasBrowser } from '../../support/browser.ts'
import { focusedId, languages, look, newestCode, tabTo, usePages } from '../../support/pages.ts'

describe.skipIf(!hasBrowser)('an approver, in a real browser', () => {
  const bank = useBank()
  const { open, errors } = usePages()

  /** A case that waits for the branch, and the page behind its first approver's link. */
  const asked = async (employeeNo: string, language: (typeof languages)[number], filledIn = '') => {
    const { id, assistantId } = await file(bank, employeeNo)
    const link = await linkTo(bank, 'B1', id)
    const approvalId = link.pathname.split('/').at(-1) ?? ''
    const page = await open(link.href + filledIn, language)
    await page.getByText(id, { exact: true }).waitFor()
    return { id, assistantId, link, approvalId, page, code: () => newestCode(bank.mails, approvalId) }
  }

  const press = async (page: Page, keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const codeField = (page: Page) => page.locator('#code:visible')
  const stageOf = async (id: string) => (await applicationOf(bank, id)).stages[0]

  describe.each(languages)('in %s', (language) => {
    const texts = decidePageTexts[language]

    test('reads what is asked, which changes nothing', async () => {
      const { page, assistantId } = await asked(`P-read-${language}`, language)
      const told = await page.locator('main').innerText()
      for (const word of ['助理P-read', '员工B2（B2）', '2024', texts.articles[7]]) {
        expect(told).toContain(language === 'en' ? word?.replace('（', ' (').replace('）', ')') : word)
      }
      expect(told).toMatch(language === 'en' ? /\d+ working days left/ : /还剩 \d+ 个工作日/)
      expect(await trailOf(bank, assistantId)).toHaveLength(2)
      await look(page, `decide-1-dossier-${language}`)
      expect(errors).toEqual([])
    })

    test('approves by the keyboard alone: a wrong code first, then another one', async () => {
      const { page, id, code } = await asked(`P-approve-${language}`, language)
      await tabTo(page, texts.decisions.approve)
      await press(page, ['Space'])
      await tabTo(page, texts.code.next)
      await press(page, ['Enter'])
      await codeField(page).waitFor()
      expect(await focusedId(page)).toBe('code')
      await look(page, `decide-3-code-${language}`)

      const right = await code()
      await page.keyboard.type(right === '123456' ? '654321' : '123456')
      await tabTo(page, texts.submit)
      await press(page, ['Enter'])
      await page.locator('#code-wrong:not(:empty)').waitFor()
      expect([await focusedId(page), await codeField(page).getAttribute('aria-invalid')]).toEqual(['code', 'true'])
      await look(page, `decide-4-wrong-code-${language}`)

      await tabTo(page, texts.code.again)
      await press(page, ['Enter'])
      await page.locator('#code-wrong').waitFor({ state: 'hidden' })
      expect(await focusedId(page)).toBe('code')
      expect(await code()).not.toBe(right)
      expect((await stageOf(id))?.status).toBe('open')

      // With blanks, as copied from a mail.
      await page.keyboard.type((await code()).replace(/(?<=^...)/, ' '))
      await tabTo(page, texts.submit)
      await press(page, ['Enter'])
      await page.getByText(texts.decided).waitFor()
      expect(await page.locator('#receipt').innerText()).toContain('员工B1')
      expect(await page.locator('form').isVisible()).toBe(false)
      expect(await focusedId(page)).toBe('receipt-heading')
      await look(page, `decide-5-receipt-${language}`)
      expect(await stageOf(id)).toMatchObject({ status: 'approved', decidedBy: 'B1', channel: 'page' })

      await page.reload()
      await page.locator('#status').getByText('B1').waitFor()
      expect(await page.getByRole('radio').count()).toBe(0)
      await look(page, `decide-6-decided-before-${language}`)
      expect(errors).toEqual([])
    })

    test('rejects by the keyboard alone, once a reason is given', async () => {
      const { page, id, code } = await asked(`P-reject-${language}`, language)
      await tabTo(page, texts.code.next)
      await press(page, ['Enter'])
      expect(await focusedId(page)).toBe('mistakes')
      await tabTo(page, texts.choose)
      await press(page, ['Enter', 'ArrowDown'])
      expect(await page.getByRole('radio', { name: texts.decisions.reject, exact: true }).isChecked()).toBe(true)
      await tabTo(page, texts.code.next)
      await press(page, ['Enter'])
      await look(page, `decide-2-mistakes-${language}`)
      await tabTo(page, texts.giveReason)
      await press(page, ['Enter'])
      expect(await focusedId(page)).toBe('reason')
      await page.keyboard.type('本期不予同意')
      await tabTo(page, texts.code.next)
      await press(page, ['Enter'])
      await codeField(page).waitFor()
      await page.keyboard.type(await code())
      await press(page, ['Enter'])
      await page.getByText(texts.decided).waitFor()
      expect(await stageOf(id)).toMatchObject({ status: 'rejected', reason: '本期不予同意', channel: 'page' })
    })

    test('checks and sends what the mail has filled in', async () => {
      const first = await asked(`P-filled-${language}`, language)
      await bank.call('POST', `${first.link.pathname}/code`, { secret: first.link.hash.slice(1) })
      const filledIn = new URLSearchParams({ code: await first.code(), decision: 'return', reason: '请补 充&材料' })
      const before = await trailOf(bank, first.assistantId)
      const page = await open(`${first.link.href}&${filledIn.toString()}`, language)
      await page.getByText(texts.filledIn).waitFor()
      expect(await page.locator('#reason').inputValue()).toBe('请补 充&材料')
      expect(await page.getByRole('radio', { name: texts.decisions.return }).isChecked()).toBe(true)
      await look(page, `decide-7-filled-in-${language}`)
      expect(await trailOf(bank, first.assistantId)).toEqual(before)

      await tabTo(page, texts.submit)
      await press(page, ['Enter'])
      await page.getByText(texts.decided).waitFor()
      expect(await stageOf(first.id)).toMatchObject({ status: 'returned', reason: '请补 充&材料' })
    })

    test('is told that there were too many codes, and that a link is dead or incomplete', async () => {
      const { page, link } = await asked(`P-many-${language}`, language)
      for (let codes = 0; codes < 5; codes += 1) {
        await bank.call('POST', `${link.pathname}/code`, { secret: link.hash.slice(1) })
      }
      await page.getByRole('radio').first().check()
      await page.getByRole('button', { name: texts.code.next }).click()
      await page.locator('#code-wrong:not(:empty)').waitFor()
      expect(await page.locator('#code-wrong').innerText()).toMatch(/五次|five/)
      await look(page, `decide-8-too-many-codes-${language}`)

      const dead = await open(`${link.origin}${link.pathname}#${'x'.repeat(43)}`, language)
      await dead.locator('#status.trouble').waitFor()
      await look(dead, `decide-9-dead-link-${language}`)
      const incomplete = await open(`${link.origin}${link.pathname}`, language)
      await incomplete.getByText(commonPageTexts[language].noSecret).waitFor()
      expect(await dead.getByRole('radio').count()).toBe(0)
    })
  })

  test('is asked as a delegate, and the receipt names both', async () => {
    await bank.call('PUT', '/v1/people/B1/delegation', {
      delegate: 'X1',
      from: '2024-01-01',
      until: '2024-12-31',
      reason: '休假',
    })
    const { id } = await file(bank, 'P-delegate')
    const link = await linkTo(bank, 'X1', id)
    const page = await open(link.href, 'zh-CN')
    await page.getByText('审批人', { exact: true }).waitFor()
    expect(await page.locator('#facts').innerText()).toContain('员工X1（X1），代理 员工B1（B1）')
    await page.getByRole('radio', { name: '同意', exact: true }).check()
    await page.getByRole('button', { name: '下一步' }).click()
    await codeField(page).waitFor()
    await codeField(page).fill(await newestCode(bank.mails, link.pathname.split('/').at(-1) ?? ''))
    await page.getByRole('button', { name: '提交决定' }).click()
    await page.getByText('已记录您的决定').waitFor()
    expect(await page.locator('#receipt').innerText()).toContain('员工X1（X1），代理 员工B1（B1）')
    await look(page, 'decide-delegate-zh-CN')
    await bank.call('DELETE', '/v1/people/B1/delegation')
  })

  test('is asked for a code where the bank asks for one only since the page was opened', async () => {
    const { page, id, code } = await asked('P-since', 'en')
    await page.route('**/dossier', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), codeNeeded: false } })
    })
    await page.reload()
    await page.getByRole('radio', { name: 'approve', exact: true }).check()
    await page.getByRole('button', { name: 'Send the decision' }).click()
    await codeField(page).waitFor()
    expect((await stageOf(id))?.status).toBe('open')
    await codeField(page).fill(await code())
    await page.getByRole('button', { name: 'Send the decision' }).click()
    await page.getByText('Your decision is on record').waitFor()
    expect((await stageOf(id))?.status).toBe('approved')
  })

  test('presses again what was not answered', async () => {
    const { page, id, approvalId, code } = await asked('P-again', 'en')
    await page.getByRole('radio', { name: 'approve', exact: true }).check()
    await page.getByRole('button', { name: 'Next' }).click()
    await codeField(page).waitFor()
    await codeField(page).fill(await code())
    // The call arrives; its answer gets lost.
    await page.route(`**/decide/${approvalId}`, async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.getByRole('button', { name: 'Send the decision' }).click()
    await page.getByText(commonPageTexts.en.unanswered).waitFor()
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Send the decision' }).click()
    await page.getByText('Your decision is on record').waitFor()
    expect((await stageOf(id))?.status).toBe('approved')
  })

  test('changes the language without losing the link or what was typed', async () => {
    const { page, link } = await asked('P-language', 'zh-CN')
    await page.getByRole('radio', { name: '退回补正' }).check()
    await page.locator('#reason').fill('请补 充&材料')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: '中文' }).waitFor()
    await page.getByText('Your decision', { exact: true }).waitFor()
    expect(await page.locator('#reason').inputValue()).toBe('请补 充&材料')
    expect(await page.getByRole('radio', { name: 'return for amendment' }).isChecked()).toBe(true)
    expect(new URL(page.url()).hash).toContain(link.hash)
    expect(new URL(page.url()).search).toBe('?lang=en')
  })

  test('finds what HR typed shown as text, never as markup', async () => {
    const markup = '<img src=x onerror=document.title=1>'
    const { assistant, ...filing } = onboardingOf('P-x')
    const { body } = await bank.call<{ id: string }>(
      'POST',
      '/v1/applications',
      { ...filing, assistant: { ...assistant, name: markup } },
      { 'idempotency-key': 'markup' },
    )
    const page = await open((await linkTo(bank, 'B1', body.id)).href, 'en')
    await page.getByRole('heading', { name: markup }).waitFor()
    expect(await page.locator('img').count()).toBe(0)
  })

  test('who comes after somebody else decided is told who, what and when', async () => {
    const { page, id } = await asked('P-late', 'en')
    await decide(bank, 'B2', id, 'approve')
    await page.getByRole('radio', { name: 'reject', exact: true }).check()
    await page.locator('#reason').fill('no')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.locator('#status').getByText('B2').waitFor()
    expect(await page.locator('form').isVisible()).toBe(false)
  })
})
