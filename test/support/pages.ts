import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { AxeResults } from 'axe-core'
import { codeIn, type Message } from './bank-client.ts'
import { startBrowser } from './browser.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.2, levels A and AA, all of it. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Where pictures of the pages' states are kept; none are taken where it is not set. */
const screenshots = process.env['SCREENSHOTS']

/** How long the browser waits for what should be there, in milliseconds: less than a test may take, to say what it was. */
const patience = 30_000

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

interface Pages {
  /** Opens an address in a context of its own, with the reader's language. */
  readonly open: (url: string, locale: Language, options?: BrowserContextOptions) => Promise<Page>
  /** What scripts on any of the pages threw, and what their policies stopped. */
  readonly errors: readonly string[]
}

/** A browser for the tests of one file. */
export const usePages = (): Pages => {
  let browser: Browser | undefined
  const errors: string[] = []
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser?.close())
  return {
    errors,
    open: async (url, locale, options = {}) => {
      if (browser === undefined) throw new Error('The browser is started before the first test.')
      const context = await browser.newContext({ locale, viewport: { width: 1024, height: 768 }, ...options })
      context.setDefaultTimeout(patience)
      const page = await context.newPage()
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) errors.push(message.text())
      })
      await page.goto(url)
      return page
    },
  }
}

/** Whether the page must be scrolled sideways. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')

const zoomText = (page: Page, percent: number): Promise<unknown> =>
  page.evaluate(`document.documentElement.style.fontSize = '${percent}%'`)

/** What axe finds wrong with the page as it stands. Frames are left aside: what they show is no part of the page. */
export const accessibilityMistakes = async (page: Page): Promise<readonly string[]> => {
  // The browser's tools may run what the page's policy forbids the page itself.
  await page.evaluate(`${axe};0`)
  const options = JSON.stringify({ runOnly: rules, iframes: false, resultTypes: ['violations'] })
  const { violations, passes } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`)
  if (passes.length < 10) throw new Error('axe looked at next to nothing.')
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
}

/**
 * Looks at a state of a page as its readers may have it: on a screen and on a phone, with letters twice as large. Keeps
 * a picture of each; nothing may be inaccessible or need to be scrolled sideways.
 */
export const look = async (page: Page, name: string): Promise<void> => {
  const picture = async (of: string): Promise<void> => {
    if (screenshots === undefined) return
    mkdirSync(screenshots, { recursive: true })
    await page.screenshot({ path: join(screenshots, `${name}-${of}.png`), fullPage: true, caret: 'initial' })
  }
  expect(await accessibilityMistakes(page), name).toEqual([])
  await picture('screen')
  const usual = page.viewportSize() ?? { width: 1024, height: 768 }
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await isTooWide(page), `${name} at 320 px`).toBe(false)
  await picture('phone')
  await zoomText(page, 200)
  expect(await isTooWide(page), `${name} at 320 px with large letters`).toBe(false)
  await picture('phone-large')
  await page.setViewportSize(usual)
  expect(await isTooWide(page), `${name} with large letters`).toBe(false)
  await zoomText(page, 100)
}

/** What has the focus: its label or text, and its role. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const { activeElement: at } = document
    return at.labels?.[0]?.textContent.trim() ?? at.textContent.trim()
  })()`)

/** Whether a person sees where the focus is: a line around the control, or around the label that it stands in. */
const isFocusSeen = (page: Page): Promise<boolean> =>
  page.evaluate(`[document.activeElement, document.activeElement.closest('label')].some(
    (one) => one && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2,
  )`)

/** Presses Tab until the control of that name has the focus, as far as a person would, who sees where it is. */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  const passed: string[] = []
  for (let presses = 0; presses < 30; presses += 1) {
    if (presses > 0) expect(await isFocusSeen(page), `the focus on ${await focused(page)}`).toBe(true)
    if ((await focused(page)) === name) return
    passed.push(await focused(page))
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${name}, but to ${passed.join(' | ')}.`)
}

/** The id of what has the focus. */
export const focusedId = (page: Page): Promise<string> => page.evaluate('document.activeElement.id')

/** The newest code that was mailed for a subject: an approval or a person. */
export const newestCode = async (mails: () => Promise<readonly Message[]>, subject: string): Promise<string> =>
  codeIn((await mails()).findLast(({ headers }) => headers['x-zhuli-duty']?.startsWith(`${subject}-c`)))
