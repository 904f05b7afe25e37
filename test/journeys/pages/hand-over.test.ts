import { describe, expect, test } from 'vitest'
import { commonPageTexts } from '../../../shared/text/common-page.ts'
import { handOverPageTexts } from '../../../shared/text/hand-over-page.ts'
import { assistantOf, bringTrained, useBank } from '../../support/bank-client.ts'
import { hasBrowser } from '../../support/browser.ts'
import { focusedId, languages, look, newestCode, tabTo, usePages } from '../../support/pages.ts'

describe.skipIf(!hasBrowser)('whoever names who takes the clients, in a real browser', () => {
  const bank = useBank()
  const { open, errors } = usePages()

  /** Someone who leaves with three clients, and the link that the centre head was mailed. */
  const leaving = async (employeeNo: string) => {
    const { id } = await bringTrained(bank, employeeNo)
    const clientIds = ['1', '2', '3'].map((number) => `${employeeNo}-K${number}`)
    const key = (name: string) => ({ 'idempotency-key': `${employeeNo}-${name}` })
    await bank.call('POST', `/v1/assistants/${id}/clients`, { clientIds }, key('clients'))
    const exit = {
      ground: 'unfit',
      decidedBy: { body: 'branch', employeeNo: 'B1' },
      decidedOn: '2024-01-02',
      reasons: '不再具备履职资格',
    }
    await bank.call('POST', `/v1/assistants/${id}/exits`, exit, key('exit'))
    const mail = (await bank.mails()).findLast(
      ({ subject, text }) => subject.includes(`助理${employeeNo}`) && text.includes('/hand-over/'),
    )
    return { id, clientIds, link: /http\S+\/hand-over\/\S+/.exec(mail?.text ?? '')?.[0] ?? '' }
  }

  test.each(languages)(
    'in %s by the keyboard alone: one for all, another for one, a mistake put right',
    async (language) => {
      const texts = handOverPageTexts[language]
      const { id, clientIds, link } = await leaving(`W${languages.indexOf(language)}`)
      const page = await open(link, language)
      const labelOf = (clientId: string) => texts.forOne.replace('{client}', clientId)
      await page.getByText(labelOf(clientIds[0]!)).waitFor()
      await look(page, `hand-over-1-asked-${language}`)
      expect(await assistantOf(bank, id)).toMatchObject({ status: 'exiting', clientCount: 3 })

      await tabTo(page, texts.code.next)
      await page.keyboard.press('Enter')
      await page.getByText(texts.nameSome).first().waitFor()
      await look(page, `hand-over-2-nobody-${language}`)

      await page.locator('#for-all').focus()
      await page.keyboard.type('RM1')
      await tabTo(page, labelOf(clientIds[1]!))
      await page.keyboard.type('NOBODY')
      await tabTo(page, texts.code.next)
      await page.keyboard.press('Enter')
      await page.locator('#code-step').waitFor()
      const approvalId = new URL(link).pathname.split('/').at(-1) ?? ''
      await page.keyboard.type(await newestCode(bank.mails, approvalId))
      await tabTo(page, texts.submit)
      await page.keyboard.press('Enter')
      await page.locator('#client-1-wrong:not([hidden])').waitFor()
      await look(page, `hand-over-3-refused-${language}`)
      expect(await assistantOf(bank, id)).toMatchObject({ clientCount: 3 })

      await page.locator('#client-1').fill('RM2')
      await page.locator('#submit').focus()
      await page.keyboard.press('Enter')
      await page.getByText(texts.noneLeft).waitFor()
      expect(await focusedId(page)).toBe('receipt-heading')
      expect(await page.locator('#facts').innerText()).toMatch(new RegExp(`${texts.clients}\\s+0\\s`))
      await look(page, `hand-over-4-done-${language}`)
      expect(await assistantOf(bank, id)).toMatchObject({ status: 'exited', clientCount: 0 })
      const holders = await Promise.all(
        clientIds.map(async (clientId) => {
          const { body } = await bank.call<{ responsible: { employeeNo: string } }>('GET', `/v1/clients/${clientId}`)
          return body.responsible.employeeNo
        }),
      )
      expect(holders).toEqual(['RM1', 'RM2', 'RM1'])
      expect(errors).toEqual([])
    },
  )

  test('a code is asked for where the bank has begun to since, and what was not answered is pressed again', async () => {
    const { id, link } = await leaving('W8')
    const path = new URL(link).pathname
    const texts = handOverPageTexts.en
    const page = await open(link, 'en')
    // As the page read it while the bank asked for none.
    await page.route(`**${path}/clients`, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), codeNeeded: false } })
    })
    await page.reload()
    await page.locator('#for-all').fill('RM1')
    await page.getByRole('button', { name: texts.submit }).click()
    await page.locator('#code').waitFor()
    expect(await assistantOf(bank, id)).toMatchObject({ clientCount: 3 })
    await page.locator('#code').fill(await newestCode(bank.mails, path.split('/').at(-1) ?? ''))
    // The call arrives; its answer gets lost.
    await page.route(`**${path}`, async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.getByRole('button', { name: texts.submit }).click()
    await page.getByText(commonPageTexts.en.unanswered).waitFor()
    await page.unrouteAll()
    await page.getByRole('button', { name: texts.submit }).click()
    await page.getByText(texts.noneLeft).waitFor()
    expect(await assistantOf(bank, id)).toMatchObject({ status: 'exited' })
  })

  test('a link that is over, or cut off, says so and leaves nothing to send', async () => {
    const { link } = await leaving('W9')
    const page = await open(link.replace(/#.*/, '#wrong'), 'en')
    await page.getByRole('status').getByText('not valid').waitFor()
    expect(await page.locator('form').isVisible()).toBe(false)
  })
})
