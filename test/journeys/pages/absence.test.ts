import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { absencePageTexts } from '../../../shared/text/absence-page.ts'
import { file, linkTo, useBank } from '../../support/bank-client.ts'
import { hasBrowser } from '../../support/browser.ts'
import { focusedId, languages, look, newestCode, tabTo, usePages } from '../../support/pages.ts'

const delegation = { delegate: 'B2', delegateName: '王芳', from: '2024-02-05', until: '2024-02-16', reason: '休假' }
const view = { employeeNo: 'B1', name: '陈立', delegation }
const nobodyAway = { ...view, delegation: null }
const code = { status: 200, body: { validUntil: '2024-01-02T01:10:00.000Z' } }

const refused = (pointer: string, detail: string) => ({
  status: 400,
  body: { status: 400, code: 'x', detail, errors: [{ pointer, detail }] },
})

type Answers = Readonly<Record<string, { readonly status: number; readonly body: object }>>

describe.skipIf(!hasBrowser)('an approver who will be away, in a real browser', () => {
  const bank = useBank()
  const { open, errors } = usePages()

  /** The page, with answers in the place of the system's; what it sent is kept. */
  const opened = async (language: (typeof languages)[number], first: Answers, fragment = '#secret') => {
    const page = await open('about:blank', language)
    const sent: unknown[] = []
    let answers = first
    await page.route('**/absence/B1**', async (route) => {
      const request = route.request()
      if (request.method() === 'GET') return route.continue()
      const name = new URL(request.url()).pathname.split('/').at(3) ?? 'absence'
      sent.push([name, request.postDataJSON()])
      const { status, body } = answers[name] ?? { status: 404, body: { detail: 'no' } }
      return route.fulfill({ status, json: body })
    })
    await page.goto(`${bank.url}/absence/B1${fragment}`)
    const answer = (next: Answers) => {
      answers = { ...answers, ...next }
    }
    return { page, sent, answer }
  }

  const press = async (page: Page, ...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }

  /** Types a day into the date field that has the focus. */
  const typeDay = (page: Page, day: string) => page.keyboard.type(day.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$2$3$1'))

  test('follows the link of a real mail, names a delegate with the code of another, and the delegate is asked', async () => {
    const { id } = await file(bank, 'PA1')
    const request = (await bank.mails()).findLast(
      ({ to, subject }) => to.includes('b1@bank.example') && subject.includes(`[${id}]`),
    )
    const texts = absencePageTexts['zh-CN']
    const page = await open(request?.text.match(/https?:\/\/\S+\/absence\/\S+/)?.[0] ?? '', 'zh-CN')
    await page.getByText(texts.none).waitFor()
    await tabTo(page, texts.aPerson)
    await press(page, 'Space')
    await tabTo(page, texts.aPersonNo)
    await page.keyboard.type('X1')
    await tabTo(page, texts.from)
    await typeDay(page, '2024-01-02')
    await tabTo(page, texts.until)
    await typeDay(page, '2024-01-12')
    await tabTo(page, texts.reason)
    await page.keyboard.type('休假')
    await tabTo(page, texts.code.next)
    await press(page, 'Enter')
    await page.locator('#code:focus').waitFor()
    await page.keyboard.type(await newestCode(bank.mails, 'absence-B1'))
    await press(page, 'Enter')
    await page.getByText(texts.saved).waitFor()
    await linkTo(bank, 'X1', id)
    expect(errors).toEqual([])
  })

  describe.each(languages)('in %s', (language) => {
    const texts = absencePageTexts[language]

    test('names a delegate by the keyboard alone', async () => {
      const { page, sent, answer } = await opened(language, { delegation: { status: 200, body: nobodyAway }, code })
      await page.getByText(texts.none).waitFor()
      await look(page, `absence-1-nobody-away-${language}`)
      expect(await page.getByRole('button', { name: texts.end }).isVisible()).toBe(false)

      await tabTo(page, texts.code.next)
      await press(page, 'Enter')
      expect(await focusedId(page)).toBe('mistakes')
      await look(page, `absence-2-mistakes-${language}`)
      await tabTo(page, texts.wrong.who)
      await press(page, 'Enter', 'Space')
      await tabTo(page, texts.aPersonNo)
      await page.keyboard.type('B2')
      await tabTo(page, texts.from)
      await typeDay(page, '2024-02-05')
      await tabTo(page, texts.until)
      await typeDay(page, '2024-02-01')
      await tabTo(page, texts.reason)
      await page.keyboard.type('休假')
      await press(page, 'Enter')
      await page.getByRole('button', { name: texts.wrong.order }).waitFor()
      await tabTo(page, texts.wrong.order)
      await press(page, 'Enter')
      await typeDay(page, '2024-02-16')
      expect(sent).toHaveLength(1)
      await tabTo(page, texts.code.next)
      await press(page, 'Enter')
      await page.getByText(texts.confirmHeading).waitFor()
      await page.locator('#code:focus').waitFor()
      await look(page, `absence-3-confirm-${language}`)

      await page.keyboard.type('000000')
      answer({ absence: refused('/code', 'Wrong code.') })
      await press(page, 'Enter')
      await page.getByText('Wrong code.').waitFor()
      expect(await focusedId(page)).toBe('code')
      await page.keyboard.type('123456')
      answer({ absence: { status: 200, body: view } })
      await press(page, 'Enter')
      await page.getByText(texts.saved).waitFor()
      const { delegateName, ...asked } = delegation
      expect(sent.at(-1)).toEqual(['absence', { secret: 'secret', code: '123456', delegation: asked }])
      expect(await page.locator('#present').innerText()).toContain(delegateName)
      expect(await page.locator('form:visible, button:visible').count()).toBe(1)
      await look(page, `absence-4-saved-${language}`)
      expect(errors).toEqual([])
    })

    test('ends the delegation', async () => {
      const { page, sent, answer } = await opened(language, { delegation: { status: 200, body: view }, code })
      await page.getByText('王芳').waitFor()
      await look(page, `absence-5-away-${language}`)
      await page.getByRole('button', { name: texts.end }).click()
      await page.getByText(texts.confirmEnd).waitFor()
      await look(page, `absence-6-ending-${language}`)
      await page.locator('#code').fill('123456')
      answer({ absence: { status: 200, body: nobodyAway } })
      await page.getByRole('button', { name: texts.submit }).click()
      await page.getByText(texts.ended).waitFor()
      expect(sent.at(-1)).toEqual(['absence', { secret: 'secret', code: '123456', delegation: null }])
      await look(page, `absence-7-ended-${language}`)
    })

    test('is away without a delegate, goes back to change it, and is told what is wrong', async () => {
      const answers = { delegation: { status: 200, body: view }, code }
      const { page, sent, answer } = await opened(language, answers, '#secret&who=nobody&from=2024-03-01&reason=x')
      await page.locator('#until').fill('2024-03-08')
      expect(await page.locator('#delegate').isVisible()).toBe(false)
      await page.getByRole('button', { name: texts.code.next }).click()
      await page.locator('#confirm-facts').getByText(texts.nobody).waitFor()
      await page.getByRole('button', { name: texts.back }).click()
      await page.getByRole('radio', { name: texts.aPerson }).check()
      await page.locator('#delegate').fill('Z9')
      await page.getByRole('button', { name: texts.code.next }).click()
      await page.locator('#code:focus').fill('123456')
      answer({ absence: refused('/delegation/delegate', 'Nobody has that number.') })
      await page.getByRole('button', { name: texts.submit }).click()
      await page.locator('#delegate-wrong').getByText('Nobody has that number.').waitFor()
      expect(await focusedId(page)).toBe('mistakes')
      await look(page, `absence-8-unknown-delegate-${language}`)
      const asked = { delegate: 'Z9', from: '2024-03-01', until: '2024-03-08', reason: 'x' }
      expect(sent.at(-1)).toEqual(['absence', { secret: 'secret', code: '123456', delegation: asked }])
    })
  })
})
