import { Hono } from 'hono'
import { html } from 'hono/html'
import { localeOf } from '../../../shared/text/locale.ts'
import { decidePageTexts } from '../../../shared/text/decide-page.ts'
import { inlineAssets, inlineData } from './inline.ts'

const assets = inlineAssets(import.meta.url, { scripts: ['decide.js'], style: 'decide.css' })

/**
 * The page behind the link in an approver's mail. It is the same for every approval and holds no secret: its script
 * reads that from the fragment, which browsers do not send, and asks for the dossier. Getting the page changes nothing.
 */
export const pageRoutes = () => {
  const app = new Hono()
  app.get('/decide/:approvalId', (c) => {
    const asked = c.req.query('lang')
    const locale = localeOf(asked ?? c.req.header('accept-language'))
    const texts = decidePageTexts[locale]
    c.header('content-security-policy', assets.contentSecurityPolicy)
    c.header('x-robots-tag', 'noindex')
    c.header('x-frame-options', 'DENY')
    return c.html(
      html`<!doctype html>
        <html lang="${locale}">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>${texts.title}</title>
            ${assets.style}
          </head>
          <body>
            <header>
              <p class="brand">${texts.brand}</p>
              <p><button type="button" id="language" lang="${texts.otherLocale}">${texts.otherLanguage}</button></p>
            </header>
            <main>
              <h1 id="heading">${texts.title}</h1>
              <p id="status" role="status" aria-live="polite" tabindex="-1">${texts.loading}</p>
              <noscript><p>${texts.needsScript}</p></noscript>
              <section id="dossier" hidden>
                <dl id="facts"></dl>
                <form id="form">
                  <fieldset>
                    <legend>${texts.yourDecision}</legend>
                    <div id="choices"></div>
                  </fieldset>
                  <label for="reason" id="reason-label">${texts.reason}</label>
                  <textarea id="reason" rows="4" maxlength="4000"></textarea>
                  <button type="submit" id="submit">${texts.submit}</button>
                </form>
              </section>
            </main>
            <footer><p>${texts.footer}</p></footer>
            ${inlineData('texts', texts)} ${assets.script}
          </body>
        </html>`,
    )
  })
  return app
}
