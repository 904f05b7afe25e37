import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Debian's; another one can be named. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Whether this machine has a browser; tests that need one say loudly that they were skipped. */
export const hasBrowser = existsSync(executablePath)

if (!hasBrowser) {
  process.stderr.write(
    `\nNO BROWSER at ${executablePath}: the browser tests are skipped. Install chromium to run them.\n\n`,
  )
}

/** A headless browser that asks nobody but the pages it is sent to. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    // In which order a date field takes month, day and year follows the browser's own language, not the page's.
    env: { ...process.env, LANGUAGE: 'en_US' },
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
